// The cells of a notebook as somebody would run them who has solved everything, and what a check says.
import { exercisesOf, type Notebook } from '../support/notebooks/notebook-file';

export interface StormCell {
  id: string;
  source: string;
  isCheck: boolean;
  mayFail: boolean;
}

/** Code cells, with the folded solutions in place of what the exercises begin with. */
export function solvedCells(notebook: Notebook): StormCell[] {
  const solutions = new Map(
    exercisesOf(notebook).map(({ exercise, solution }) => [exercise.id, solution] as const),
  );
  return notebook.cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ id, source, tags }) => ({
      id,
      source: solutions.get(id) ?? source,
      isCheck: tags.includes('check'),
      mayFail: tags.includes('raises-exception'),
    }));
}

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
/** What a question may want: a letter, several of them, or, in one case, lines in their order. */
const ANSWERS = [
  ...LETTERS,
  ...LETTERS.flatMap(withLater),
  ...LETTERS.flatMap(withLater).flatMap(withLater),
  'eacdb',
];

function withLater(letters: string): string[] {
  return LETTERS.filter((letter) => letter > (letters.at(-1) as string)).map((letter) => letters + letter);
}

/** The source with each of the answers in it; the source itself where it asks for none. */
export function answered({ source }: StormCell): string[] {
  return source.includes("'?'") ? ANSWERS.map((letters) => source.replace("'?'", `'${letters}'`)) : [source];
}

/** Without the numbers of cells and processes, which are others after each run. */
export function verdictIn(shown: string): string {
  return shown.replaceAll(/\b(Cell|process|processes) \d+(, \d+)*/g, '$1 …');
}
