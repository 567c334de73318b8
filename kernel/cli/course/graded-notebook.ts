// The notebook that is graded: the instructor's, from top to bottom, with the student's answers in it. What a
// student did to a check, or to what a check is made of, does not count. Pure.
import { type Cell, hasTag, type Notebook, sourceOf } from '../notebook-runner/notebook-file';
import { answersIn, fresh, isToBeWritten } from './answers';
import { choiceIn, exercisesIn } from './exercises';
import { givenAgain, type StatementsOf } from './given-again';
import { hasRegion, regionPattern, withoutRegions } from './regions';

export interface NamedNotebook {
  name: string;
  notebook: Notebook;
}

export interface GradedNotebook {
  notebook: Notebook;
  /** The checks by the name of the exercise; undefined where nothing was handed in for it. */
  checks: Map<string, Cell | undefined>;
  /** The names of the exercises of which one is enough. */
  choice: readonly string[];
  /** What the instructor may want to look at, in sentences. */
  notes: string[];
}

/** The notebook that a submission was made of: the one with which it shares most cells. */
export function originOf(submitted: Notebook, known: readonly NamedNotebook[]): NamedNotebook | undefined {
  const ids = new Set(submitted.cells.map(({ id }) => id));
  const shared = ({ notebook }: NamedNotebook): number =>
    notebook.cells.filter(({ id }) => id !== undefined && ids.has(id)).length;
  const best = [...known].sort((a, b) => shared(b) - shared(a))[0];
  return best !== undefined && shared(best) > 0 ? best : undefined;
}

/** What reads code; it comes with the compiler. */
interface CodeReader {
  readonly statementsOf: StatementsOf;
  isSameButForTexts(given: string, written: string): boolean;
}

export function gradedNotebook(
  origin: Notebook,
  submitted: Notebook,
  { statementsOf, isSameButForTexts }: CodeReader,
): GradedNotebook {
  const found = exercisesIn(origin);
  const exercises = new Map(found.map((each) => [each.check, each]));
  const solutions = new Map(found.map(({ exercise, solution }) => [exercise, solution]));
  const answers = answersIn(submitted, origin);
  const cells: Cell[] = [];
  /** The instructor's code so far. */
  const above: Cell[] = [];
  const checks = new Map<string, Cell | undefined>();
  const notes: string[] = [];
  for (const cell of origin.cells) {
    if (hasTag(cell, 'solution') || hasTag(cell, 'wrong')) continue;
    if (isToBeWritten(cell)) {
      const answer = answers.get(String(cell.id)) ?? [];
      const own = [sourceOf(cell), solutions.get(cell) ?? ''];
      const again = givenAgain({ above, own, answer }, statementsOf);
      cells.push(...answer);
      if (again === undefined) continue;
      cells.push({ ...fresh(cell), cell_type: 'code', source: again.source, metadata: {} });
      notes.push(noteOn(String(cell.id), again.names));
      continue;
    }
    const exercise = exercises.get(cell);
    const isAnswer = exercise !== undefined && exercise.exercise === undefined;
    const given = {
      ...fresh(cell),
      source: isAnswer ? answeredCheck(cell, submitted, isSameButForTexts) : cell.source,
    };
    if (exercise !== undefined) {
      const isThere = isAnswer || answers.has(exercise.name);
      checks.set(exercise.name, isThere ? given : undefined);
    }
    if (cell.cell_type === 'code') above.push(given);
    cells.push(given);
  }
  return { notebook: { ...origin, cells }, checks, choice: choiceIn(origin), notes };
}

function noteOn(exercise: string, names: readonly string[]): string {
  const all = names.map((name) => `\`${name}\``).join(', ');
  return `The answer to ${exercise} makes anew what the notebook gives (${all}); its check used the notebook's own.`;
}

/**
 * Where the answer stands within the check, such as `answer('cores', 'b')`, its text may differ, or what
 * stands in place of a solution, and nothing else.
 */
function answeredCheck(
  check: Cell,
  submitted: Notebook,
  isSameButForTexts: CodeReader['isSameButForTexts'],
): string {
  const source = sourceOf(check);
  const answered = submitted.cells.find(({ id }) => id !== undefined && id === check.id);
  const written = answered === undefined ? '' : sourceOf(answered);
  const isAllowed = hasRegion(source)
    ? regionPattern(source).test(written)
    : isSameButForTexts(source, written);
  if (isAllowed) return written;
  return hasRegion(source) ? withoutRegions(source) : source;
}
