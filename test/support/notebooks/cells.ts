// Notebooks of a few cells.
import type { Cell, Notebook } from '../../../kernel/cli/notebook-runner/notebook-file';

export function notebook(...cells: Cell[]): Notebook {
  return { nbformat: 4, cells };
}

export function code(id: string, source: string, ...tags: string[]): Cell {
  return { cell_type: 'code', id, source, metadata: { tags }, outputs: [], execution_count: null };
}

export function text(id: string, source: string, ...tags: string[]): Cell {
  return { cell_type: 'markdown', id, source, metadata: { tags } };
}
