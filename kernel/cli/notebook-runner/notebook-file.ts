// A notebook as it lies on the disk: only the fields that running it needs, everything else kept as it was.
import { readFileSync, writeFileSync } from 'node:fs';
import { CliError } from '../../cli-error';

export type Output = { output_type: string } & Record<string, unknown>;

export interface Cell {
  /** Since format 4.5. */
  id?: string;
  cell_type: string;
  source: string | string[];
  metadata: { tags?: string[] } & Record<string, unknown>;
  outputs?: Output[];
  execution_count?: number | null;
}

export interface Notebook {
  nbformat: number;
  metadata?: Record<string, unknown>;
  cells: Cell[];
}

export function readNotebook(file: string): Notebook {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}.`);
  }
  let notebook: Partial<Notebook> | null = null;
  try {
    notebook = JSON.parse(content) as Partial<Notebook> | null;
  } catch {
    // Told below, like JSON that is no notebook.
  }
  if (!Array.isArray(notebook?.cells)) throw new CliError(`${file} is no Jupyter notebook.`);
  if (notebook.nbformat !== 4) {
    throw new CliError(
      `${file} has notebook format ${notebook.nbformat}; only 4 can be run: open and save it in JupyterLab once.`,
    );
  }
  return notebook as Notebook;
}

/**
 * Writes a notebook in Jupyter's own layout, so that it differs from the stored one only where its content
 * does.
 */
export function writeNotebook(file: string, notebook: Notebook): void {
  writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
}

export function sourceOf(cell: Cell): string {
  return Array.isArray(cell.source) ? cell.source.join('') : cell.source;
}

export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata?.tags?.includes(tag) ?? false;
}

/** The cells that a kernel is asked to run: nbclient's and Jupyter Book's tag leaves one out. */
export function runnableCells(notebook: Notebook): Cell[] {
  return notebook.cells.filter(
    (cell) => cell.cell_type === 'code' && sourceOf(cell).trim() !== '' && !hasTag(cell, 'skip-execution'),
  );
}

/** The notebook format splits text into its lines, each with its end. */
export function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
