// The code that a student wrote, by the exercise it belongs to. Pure.
import { type Cell, hasTag, type Notebook, sourceOf } from '../notebook-runner/notebook-file';
import { isCheck } from '../notebook-runner/verdicts';
import { hasRegion } from './regions';

/** Whether a cell of the instructor's notebook is there for the student to change. */
export function isToBeWritten(cell: Cell): boolean {
  return hasTag(cell, 'exercise') || (hasRegion(sourceOf(cell)) && !isCheck(cell));
}

/**
 * Returns, by the id of the exercise, its cell, and the code cells that the student has added above it, or
 * between it and the next check. None for an exercise whose cell is gone, or empty. The text of an exercise
 * counts, whatever the student has made of the cell's type.
 */
export function answersIn(submitted: Notebook, origin: Notebook): Map<string, Cell[]> {
  const known = new Map(origin.cells.map((cell) => [cell.id, cell]));
  const answers = new Map<string, Cell[]>();
  let waiting: Cell[] = [];
  let open: Cell[] | undefined;
  for (const cell of submitted.cells) {
    const { id } = cell;
    const original = id === undefined ? undefined : known.get(id);
    if (id !== undefined && original && isToBeWritten(original)) {
      if (sourceOf(cell).trim() === '') continue;
      // An id that stands twice: both run, and the later one holds, as in the student's own notebook.
      open = [...(answers.get(id) ?? []), ...waiting, { ...fresh(original), source: cell.source }];
      waiting = [];
      answers.set(id, open);
    } else if (original) {
      if (isCheck(original)) open = undefined;
    } else if (cell.cell_type === 'code') (open ?? waiting).push({ ...fresh(cell), metadata: {} });
  }
  return answers;
}

/** Returns the cell as it was before it ran. */
export function fresh(cell: Cell): Cell {
  return cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : { ...cell };
}
