// The pages of docs/parity/ say what the tests say.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { everyTest } from '../support/python/cpython-tests';
import { answersPage, answersText, holds, overview, overviewText, readRows, tableRows } from './parity-pages';

const root = path.resolve(__dirname, '../../..');
const BEHIND = 'docs/parity/ is behind: npm run build, then node dist/test/docs/parity-pages.js';

test('the table of all tests is what the pages say', () => {
  assert.equal(everyTest.length, 197);
  assert.equal(readFileSync(overview, 'utf8'), overviewText(), BEHIND);
});

test('the table of answers is what is asked', () => {
  assert.equal(readFileSync(answersPage, 'utf8'), answersText(), BEHIND);
});

test('the pages name no class that CPython does not have', () => {
  const groups = new Set(everyTest.map((name) => name.split('.')[0]));
  assert.deepEqual(
    [...readRows().keys()].filter((name) => !groups.has(name.split('.')[0])),
    [],
  );
});

test('where Python fails, each row is a test', () => {
  const source = readFileSync(path.join(root, 'test/contract/where-python-fails.test.ts'), 'utf8');
  const section = readFileSync(answersPage, 'utf8').split('## Where Python')[1] ?? '';
  const rows = [...tableRows(section)].slice(1);
  assert.equal(rows.length, 8);
  for (const [situation, , here] of rows) {
    if (here !== 'as above') assert.ok(source.includes(`'${situation}: ${here}'`), situation);
  }
});

test("a test that holds by a page of processes or start methods has CPython's name in a title", () => {
  const titles = readdirSync(path.join(root, 'test/contract'))
    .map((file) => readFileSync(path.join(root, 'test/contract', file), 'utf8'))
    .join('\n');
  for (const [name, row] of readRows()) {
    if (!/^(processes|start-methods)\.md$/.test(row.page) || !holds(row)) continue;
    const title = name.slice(name.indexOf('.') + 1).replace(/^test_forkserver_\w+$/, 'test_forkserver_');
    assert.ok(titles.includes(title), name);
  }
});

test('the files that the pages name are there', () => {
  for (const page of ['processes.md', 'start-methods.md']) {
    const text = readFileSync(path.join(root, 'docs/parity', page), 'utf8');
    for (const [, file = ''] of text.matchAll(/`([\w-]+\.test\.ts)`/g)) {
      assert.ok(existsSync(path.join(root, 'test/contract', file)), file);
    }
  }
});
