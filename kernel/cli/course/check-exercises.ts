// A notebook that shows whether its exercises are right: each released start is judged, then its solution, by
// the same check. It holds the released notebook and the solutions, and nothing else. Pure.
import type { Cell, Notebook } from '../notebook-runner/notebook-file';
import { sourceOf } from '../notebook-runner/notebook-file';
import { holds, type Mark } from '../notebook-runner/verdicts';
import { type CheckedExercise, exercisesIn } from './exercises';

export interface Trial {
  exercise: CheckedExercise;
  /** The check below what the student finds. */
  startCheck: Cell;
  /** The check below the solution; undefined where no solution is known. */
  solutionCheck: Cell | undefined;
}

export interface ExerciseReport {
  name: string;
  start: Mark;
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
    const { solution } = exercise;
    if (solution === undefined) {
      trials.push({ exercise, startCheck: cell, solutionCheck: undefined });
      return [cell];
    }
    const again = checkedAgain(cell, exercise, solution);
    trials.push({ exercise, startCheck: cell, solutionCheck: again.at(-1) });
    return [cell, ...again];
  });
  return { notebook: { ...student, cells }, trials };
}

/** The solution, then the check; one cell where the answer stands in the check itself. */
function checkedAgain(check: Cell, { exercise }: CheckedExercise, solution: string): Cell[] {
  const added = (source: string, tags: string[]): Cell => ({
    cell_type: 'code',
    source,
    metadata: { tags },
    outputs: [],
    execution_count: null,
  });
  if (exercise === undefined) return [added(solution, ['check'])];
  return [added(solution, []), added(sourceOf(check), ['check'])];
}

export function reportOn(
  { exercise, startCheck, solutionCheck }: Trial,
  marks: Map<Cell, Mark>,
): ExerciseReport {
  const unmarked: Mark = { verdict: 'not run', sentence: 'the check was not run.' };
  const start = marks.get(startCheck) ?? unmarked;
  const solution = solutionCheck && (marks.get(solutionCheck) ?? unmarked);
  return { name: exercise.name, start, solution, fault: faultOf(exercise, start, solution) };
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
