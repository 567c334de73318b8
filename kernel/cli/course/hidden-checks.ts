// The instructor's checks in place of those in a submission: an edited or deleted check does not count. Pure.
import { type Cell, type Notebook, sourceOf } from '../notebook-runner/notebook-file';
import { isCheck } from '../notebook-runner/verdicts';
import { exercisesIn } from './exercises';

export interface NamedNotebook {
  name: string;
  notebook: Notebook;
}

/** The notebook that a submission was made of: the one with which it shares most cells. */
export function originOf(submitted: Notebook, known: readonly NamedNotebook[]): NamedNotebook | undefined {
  const ids = new Set(submitted.cells.map(({ id }) => id));
  const shared = ({ notebook }: NamedNotebook): number =>
    notebook.cells.filter(({ id }) => id !== undefined && ids.has(id)).length;
  const best = [...known].sort((a, b) => shared(b) - shared(a))[0];
  return best !== undefined && shared(best) > 0 ? best : undefined;
}

export function withChecksOf(origin: Notebook, submitted: Notebook): Notebook {
  const wanted = exercisesIn(origin);
  const missing = new Map(wanted.map((each) => [each.check.id, each]));
  const cells = submitted.cells.map((cell): Cell => {
    const known = missing.get(cell.id);
    missing.delete(cell.id);
    if (known === undefined) return isCheck(cell) ? withoutTag(cell, 'check') : cell;
    const isAnswered = known.exercise === undefined && shapeOf(cell) === shapeOf(known.check);
    return fresh(known.check, sourceOf(isAnswered ? cell : known.check));
  });
  for (const { check, exercise } of missing.values()) {
    const above = cells.findIndex(({ id }) => id !== undefined && id === exercise?.id);
    cells.splice(above < 0 ? cells.length : above + 1, 0, fresh(check, sourceOf(check)));
  }
  return { ...submitted, cells };
}

/**
 * Where the answer stands within the check, such as `answer('cores', 'b')`, its text may differ, and nothing
 * else.
 */
function shapeOf(cell: Cell): string {
  return sourceOf(cell)
    .replace(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g, "''")
    .trim();
}

function fresh(check: Cell, source: string): Cell {
  return { ...check, source, outputs: [], execution_count: null };
}

function withoutTag(cell: Cell, tag: string): Cell {
  const tags = (cell.metadata.tags ?? []).filter((each) => each !== tag);
  return { ...cell, metadata: { ...cell.metadata, tags } };
}
