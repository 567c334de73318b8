// What a student does in a notebook, from its first cell to its last. Pure.
import { answer } from '../../../src/tutorial';
import { answersTo } from '../../notebooks/answers/answers';
import { type Cell, exercisesOf, type Notebook } from '../../support/notebooks/notebook-file';

export type Deed =
  | { type: 'run'; cell: Cell }
  /** Types a guess, and runs it. */
  | { type: 'guess'; cell: Cell; code: string }
  /** Types one answer after the other, until one of them holds. */
  | { type: 'choose'; cell: Cell; codes: string[] }
  /** Runs it as it stands, types a wrong answer, hears why, and types a right one. */
  | { type: 'solve'; exercise: Cell; check: Cell; wrong: [code: string, sentence: RegExp]; right: string }
  /** Runs the game, and wins it if anybody can. */
  | { type: 'play'; cell: Cell; canBeWon: boolean };

/** Games without a goal that the computer knows, and of a program that holds. */
const NOT_WON = ['play-three', 'play-own'];

export function isGame(source: string): boolean {
  return source.startsWith('await play(');
}

/** In the order of the cells. */
export function deedsIn(notebook: Notebook): Deed[] {
  const answers = answersTo(notebook);
  const solved = new Map(exercisesOf(notebook).map((each) => [each.exercise.id, each]));
  return notebook.cells.flatMap((cell, at): Deed[] => {
    const found = solved.get(cell.id);
    const known = answers[cell.id];
    if (found && known) {
      const [wrong] = known.wrong;
      if (!wrong) throw new Error(`No wrong answer to ${cell.id} is known.`);
      return [{ type: 'solve', exercise: cell, check: found.check, wrong, right: found.solution }];
    }
    const isSeenWithExercise = solved.has(notebook.cells[at - 1]?.id ?? '');
    return isSeenWithExercise ? [] : [deedAt(cell)];
  });
}

function deedAt(cell: Cell): Deed {
  const { source, cell_type, tags } = cell;
  if (cell_type === 'markdown') return { type: 'run', cell };
  if (tags.includes('check')) return { type: 'choose', cell, codes: choicesFor(source) };
  if (isGame(source)) return { type: 'play', cell, canBeWon: !NOT_WON.includes(cell.id) };
  const guess = source.replace(/'\?';(.*)/g, (_, comment: string) => `${guessFrom(comment)};${comment}`);
  return guess === source ? { type: 'run', cell } : { type: 'guess', cell, code: guess };
}

function choicesFor(source: string): string[] {
  // A riddle is told all letters that can be.
  const letters = source.startsWith('riddle.') ? ['d', 'ab', 'abc'] : ['a', 'b', 'c', 'd'];
  const name = /^answer\('([^']+)'/.exec(source)?.[1] as Parameters<typeof answer>[0] | undefined;
  const holds = (given: string) => name !== undefined && answer(name, given).passed;
  // Lines to be put into an order.
  if (name !== undefined && !letters.some(holds)) letters.push(...arrangements('abcdef').filter(holds));
  return letters.map((letter) => source.replace("'?'", `'${letter}'`));
}

/** Of some of these letters or of all of them. */
function arrangements(letters: string): string[] {
  return [...letters].flatMap((first) => [
    first,
    ...arrangements(letters.replace(first, '')).map((others) => first + others),
  ]);
}

/** The first of the answers that the comment names. */
function guessFrom(comment: string): string {
  return /'[^']+'|\btrue\b|\d+/.exec(comment)?.[0] ?? '3';
}
