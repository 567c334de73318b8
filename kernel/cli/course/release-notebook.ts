// A notebook as students get it: without solutions and wrong answers, and without what it printed. Pure.
import { type Cell, hasTag, type Notebook, sourceOf, toLines } from '../notebook-runner/notebook-file';
import { fresh } from './answers';
import { hasRegion, withoutRegions } from './regions';

/** A folded part of a text cell whose title begins with Solution; hints beside it stay. */
const FOLDED_SOLUTION = /<details>\s*<summary>\s*Solution\b(?:(?!<details>)[\s\S])*?<\/details>[^\S\n]*\n?/gi;

export function released(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.flatMap((cell) => releasedCell(cell) ?? []) };
}

function releasedCell(cell: Cell): Cell | undefined {
  const emptied = fresh(cell);
  const source = sourceOf(cell);
  if (hasTag(cell, 'wrong')) return undefined;
  if (hasTag(cell, 'solution')) {
    const left = source.replace(FOLDED_SOLUTION, '').trimEnd();
    if (cell.cell_type === 'code' || left === '' || left === source.trimEnd()) return undefined;
    const tags = (cell.metadata.tags ?? []).map((tag) => (tag === 'solution' ? 'hints' : tag));
    return { ...emptied, source: toLines(left), metadata: { ...cell.metadata, tags } };
  }
  return hasRegion(source) ? { ...emptied, source: toLines(withoutRegions(source)) } : emptied;
}
