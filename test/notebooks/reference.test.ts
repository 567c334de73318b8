// The notebook for looking things up: a cell for each primitive, which says what it does and throws if it does not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import * as parlab from '../../src/index';
import { readPackage } from '../support/docs/examples';
import { notebooksFolder, projectRoot } from '../support/notebooks/notebook-file';
import { nothingLeft } from '../support/processes/nothing-left';

const file = path.join(notebooksFolder, 'reference', 'primitives.ipynb');
const { cells } = JSON.parse(readFileSync(file, 'utf8')) as {
  cells: { id: string; cell_type: string; source: string[]; outputs?: unknown[] }[];
};
const code = cells
  .filter((cell) => cell.cell_type === 'code' && cell.id !== 'imports')
  .map(({ id, source, outputs }) => ({ id, text: source.join(''), outputs }));

/** What the others are made of, or are a special case of. */
const NO_CELL = [
  'AsyncResult',
  'BaseManager',
  'BaseProxy',
  'Connection',
  'SharedMemoryManager',
  'SyncManager',
  'ThreadPool',
];

test('each primitive has a cell', () => {
  const all = code.map(({ text }) => text).join('\n');
  const primitives = readPackage().names.values.filter(
    (name) => name in parlab && /^[A-Z]/.test(name) && !NO_CELL.includes(name),
  );
  assert.deepEqual(
    primitives.filter((name) => !new RegExp(`\\b${name}\\b`).test(all)),
    [],
  );
});

test('each cell prints something and makes sure of it, and none is saved with outputs', () => {
  for (const { id, text, outputs } of code) {
    assert.match(text, /console\.log\(/, id);
    assert.match(text, /\bassert\b/, id);
    assert.deepEqual(outputs, [], id);
  }
});

test('parlab check finds that all of it holds', () => {
  const main = path.join(projectRoot, 'kernel/dist/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'check', file], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
});

after(nothingLeft);
