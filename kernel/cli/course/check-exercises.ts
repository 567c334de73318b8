// A notebook that shows whether its exercises are right: each released start is judged, then its wrong
// answers and its solution, by the same check. It holds the released notebook and these, and nothing else.
// Pure.
import type { Cell, Notebook } from '../notebook-runner/notebook-file';
import { sourceOf } from '../notebook-runner/notebook-file';
import { holds, type Mark } from '../notebook-runner/verdicts';
import { type CheckedExercise, exercisesIn } from './exercises';

export interface Trial {
  exercise: CheckedExercise;
  /** The check below what the student finds. */
  startCheck: Cell;
  wrong: readonly Answered[];
  /** The check below the solution; undefined where no solution is known. */
  solutionCheck: Cell | undefined;
}

/** An answer, and the check below it; one cell where the answer stands in the check itself. */
interface Answered {
  answer: Cell;
  check: Cell;
}

export interface ExerciseReport {
  name: string;
  start: Mark;
  /** How many wrong answers there are. */
  wrong: number;
  solution: Mark | undefined;
  /** What is wrong with the exercise, in a sentence; undefined when it is right. */
  fault: string | undefined;
}

/** `student` is what `released()` made of `original`. */
export function trialsOf(original: Notebook, student: Notebook): { notebook: Notebook; trials: Trial[] } {
  const known = new Map(exercisesIn(original).map((each) => [each.name, each]));
  const judged = new Map(exercisesIn(student).map((each) => [each.check, known.get(each.name)]));
  const trials: Trial[] = [];
  const cells = student.cells.flatMap((cell) => {
    const exercise = judged.get(cell);
    if (exercise === undefined) return [cell];
    const wrong = exercise.wrong.map((answer) => answered(cell, exercise, answer));
    // The solution comes last: cells below may use it.
    const solved = exercise.solution === undefined ? [] : [answered(cell, exercise, exercise.solution)];
    trials.push({ exercise, startCheck: cell, wrong, solutionCheck: solved[0]?.check });
    return [cell, ...[...wrong, ...solved].flatMap(({ answer, check }) => [...new Set([answer, check])])];
  });
  return { notebook: { ...student, cells }, trials };
}

function answered(check: Cell, { exercise }: CheckedExercise, source: string): Answered {
  const added = (text: string, tags: string[]): Cell => ({
    cell_type: 'code',
    source: text,
    metadata: { tags },
    outputs: [],
    execution_count: null,
  });
  if (exercise === undefined) {
    const whole = added(source, ['check']);
    return { answer: whole, check: whole };
  }
  return { answer: added(source, []), check: added(sourceOf(check), ['check']) };
}

export function reportOn(
  { exercise, startCheck, wrong, solutionCheck }: Trial,
  marks: Map<Cell, Mark>,
): ExerciseReport {
  const markOf = (check: Cell): Mark => marks.get(check) ?? UNMARKED;
  const start = markOf(startCheck);
  const solution = solutionCheck && markOf(solutionCheck);
  const fault = faultOf(exercise, start, solution) ?? acceptedIn(wrong, markOf);
  return { name: exercise.name, start, wrong: wrong.length, solution, fault };
}

const UNMARKED: Mark = { verdict: 'not run', sentence: 'the check was not run.' };

/** A wrong answer that does not even run shows nothing. */
function acceptedIn(wrong: readonly Answered[], markOf: (check: Cell) => Mark): string | undefined {
  for (const [index, { answer, check }] of wrong.entries()) {
    const error = answer.outputs?.find(({ output_type }) => output_type === 'error');
    if (error !== undefined) return `its wrong answer ${index + 1} does not run: ${String(error.evalue)}`;
    const mark = markOf(check);
    if (holds(mark)) return `its wrong answer ${index + 1} passes: ${mark.sentence}`;
    if (mark.verdict !== 'not yet') return `its wrong answer ${index + 1} gets no verdict: ${mark.sentence}`;
  }
  return undefined;
}

function faultOf({ exercise }: CheckedExercise, start: Mark, solution: Mark | undefined): string | undefined {
  if (start.verdict === 'unclear') return 'its check shows no verdict: let one be the last line.';
  if (start.verdict === 'time-out' || start.verdict === 'not run') return start.sentence;
  if (holds(start)) return `what the student finds passes already: ${start.sentence}`;
  if (solution === undefined) {
    return exercise && 'it has no solution: a cell tagged solution, or // BEGIN SOLUTION … // END SOLUTION.';
  }
  return holds(solution) ? undefined : `its solution does not pass: ${solution.sentence}`;
}
