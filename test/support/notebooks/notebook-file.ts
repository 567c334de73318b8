// Notebooks as the tests read them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Compiled tests lie in dist/test/support/notebooks. */
export const projectRoot = path.resolve(__dirname, '../../../..');
export const notebooksFolder = path.join(projectRoot, 'notebooks');

export interface Cell {
  id: string;
  cell_type: 'code' | 'markdown';
  source: string;
  tags: string[];
  outputs: unknown[];
}

export interface Notebook {
  name: string;
  nbformat: number;
  nbformat_minor: number;
  metadata: {
    kernelspec: { name: string; display_name: string; language: string };
    language_info: object;
  };
  cells: Cell[];
}

interface RawCell {
  id: string;
  cell_type: 'code' | 'markdown';
  source: string | string[];
  metadata: { tags?: string[] };
  outputs?: unknown[];
}

export function readNotebooks(): Notebook[] {
  return readdirSync(notebooksFolder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => {
      const raw = JSON.parse(readFileSync(path.join(notebooksFolder, name), 'utf8')) as Notebook & {
        cells: RawCell[];
      };
      return { ...raw, name, cells: raw.cells.map(cell) };
    });
}

function cell({ id, cell_type, source, metadata, outputs }: RawCell): Cell {
  return {
    id,
    cell_type,
    source: typeof source === 'string' ? source : source.join(''),
    tags: metadata.tags ?? [],
    outputs: outputs ?? [],
  };
}

export interface Exercise {
  notebook: Notebook;
  exercise: Cell;
  check: Cell;
  /** The code of the folded solution. */
  solution: string;
}

/** Each exercise with the check and the solution that follow it. */
export function exercisesOf(notebook: Notebook): Exercise[] {
  return notebook.cells.flatMap((exercise, at) => {
    if (!exercise.tags.includes('exercise')) return [];
    const check = notebook.cells[at + 1];
    const help = notebook.cells[at + 2];
    if (!check?.tags.includes('check') || !help?.tags.includes('solution')) {
      throw new Error(`${notebook.name}: after the exercise ${exercise.id} come its check and its solution`);
    }
    const solution = help.source.match(/```ts\n([\s\S]*?)\n```/)?.[1];
    if (solution === undefined) throw new Error(`${notebook.name}: ${help.id} has no solution in it`);
    return [{ notebook, exercise, check, solution }];
  });
}
