// Runs a notebook in the real kernel, and tells what each cell showed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from './notebook-file';

/** For a machine that many tests share; a single cell has its own, shorter time-out. */
const PATIENCE_MS = 600_000;

/** A code cell to be run. */
export interface CodeCell {
  id: string;
  source: string;
  tags?: string[];
}

interface Output {
  text?: string | string[];
  data?: { 'text/plain'?: string | string[] };
  traceback?: string[];
}

export function codeCell({ id, source, tags = [] }: CodeCell): object {
  return { cell_type: 'code', id, metadata: { tags }, source, outputs: [], execution_count: null };
}

/** What each cell showed as text, by its id. The notebook has to hold. */
export function runNotebook(content: object, name = 'tried.ipynb'): Map<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'nb-'));
  try {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    const main = path.join(projectRoot, 'kernel/dist/main.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'check', '--write', file], {
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    });
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    const written = JSON.parse(readFileSync(file, 'utf8')) as { cells: { id: string; outputs?: Output[] }[] };
    return new Map(written.cells.map(({ id, outputs = [] }) => [id, outputs.map(textOf).join('')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function textOf({ text, data, traceback = [] }: Output): string {
  return [text ?? data?.['text/plain'] ?? traceback.join('\n')].flat().join('');
}
