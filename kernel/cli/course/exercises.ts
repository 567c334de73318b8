// The exercises of a notebook: by the tags `exercise`, `check`, `choice`, `solution` and `wrong`, or by the
// lines `// BEGIN SOLUTION` and `// END SOLUTION` inside a cell.
import { type Cell, hasTag, type Notebook, sourceOf } from '../notebook-runner/notebook-file';
import { isCheck } from '../notebook-runner/verdicts';
import { hasRegion, withoutRegions } from './regions';

/** A check, and what it judges: an exercise, or nothing but an answer within the check itself. */
export interface CheckedExercise {
  /** The id of the exercise's cell, or of the check's where there is no exercise before it. */
  name: string;
  check: Cell;
  exercise: Cell | undefined;
  /** What the student finds. */
  start: string | undefined;
  /** Undefined where none stands in the notebook. */
  solution: string | undefined;
  /** Answers that the check must refuse. */
  wrong: readonly string[];
}

const FENCE = /^```(?:(ts|typescript)$)?/;

/**
 * Returns the exercises in the order of their checks. A check belongs to the exercise before it, if no other
 * stands between.
 */
export function exercisesIn({ cells }: Notebook): CheckedExercise[] {
  let open: Cell | undefined;
  return cells.flatMap((cell, at) => {
    if (hasTag(cell, 'exercise')) open = cell;
    if (!isCheck(cell)) return [];
    const exercise = open;
    open = undefined;
    const judged = exercise ?? cell;
    const source = sourceOf(judged);
    const start = hasRegion(source) ? withoutRegions(source) : exercise && source;
    const solution = hasRegion(source) ? source : exercise && solutionAfter(cells.slice(at + 1));
    const wrong = wrongAfter(cells.slice(at + 1));
    return [{ name: String(judged.id ?? `check ${at + 1}`), check: cell, exercise, start, solution, wrong }];
  });
}

/** The exercises whose checks are tagged `choice`: one of them is enough. */
export function choiceIn(notebook: Notebook): string[] {
  return exercisesIn(notebook)
    .filter(({ check }) => hasTag(check, 'choice'))
    .map(({ name }) => name);
}

/** The ids of exercises that no check judges. */
export function uncheckedIn(notebook: Notebook): string[] {
  const judged = new Set(exercisesIn(notebook).map(({ exercise }) => exercise));
  return notebook.cells
    .filter((cell) => hasTag(cell, 'exercise') && !judged.has(cell))
    .map(({ id }) => String(id));
}

/** The last code in the next cell that is tagged so, unless the next exercise or check comes first. */
function solutionAfter(cells: readonly Cell[]): string | undefined {
  return ownPart(cells)
    .filter((cell) => hasTag(cell, 'solution'))
    .map((cell) => codeIn(cell).at(-1))[0];
}

/** Each code in the cells that are tagged so. */
function wrongAfter(cells: readonly Cell[]): string[] {
  return ownPart(cells)
    .filter((cell) => hasTag(cell, 'wrong'))
    .flatMap(codeIn);
}

/** What stands before the next exercise or check. */
function ownPart(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findIndex((cell) => isCheck(cell) || hasTag(cell, 'exercise'));
  return end < 0 ? cells : cells.slice(0, end);
}

function codeIn(cell: Cell): string[] {
  if (cell.cell_type === 'code') return [sourceOf(cell)];
  const found: string[] = [];
  let lines: string[] | undefined;
  for (const line of sourceOf(cell).split('\n')) {
    const [fence, language] = FENCE.exec(line) ?? [];
    if (!fence) lines?.push(line);
    else if (lines) {
      found.push(lines.join('\n'));
      lines = undefined;
    } else if (language) lines = [];
  }
  return found;
}
