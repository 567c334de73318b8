// docs/original.md leaves out nothing of the original, and every cell that it names is there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

/** Compiled tests lie in dist/test/docs. */
const root = path.resolve(__dirname, '../../..');
const page = readFileSync(path.join(root, 'docs', 'original.md'), 'utf8');

/** How many sections each page of the original has, and what its examples and tasks are called. */
const SECTIONS: readonly [string, number][] = [
  ['Basics of Processes with Python', 4],
  ['Creating multiple child processes', 3],
  ['Creating multiple child processes, part 2', 3],
  ['Execution order and resource contention', 9],
  ['Solution to exercise', 2],
  ['Communication', 3],
  ['Queue exercise hint', 1],
  ['Queue exercise solution', 1],
  ['Coordination of processes', 3],
  ['Process coordination, part 2', 3],
];
const EXAMPLES =
  'procEx procEx2 manyGreetings manyGreetings2 grade manyGreetings3 outputs manyGreetings4 assignDiggers index sendName ' +
  'sendName2 haveToWait addTwoPar completed addManyPar';
const TASKS = 'T1 E1 T2 E2 T3 T4 E3 T5 E4 T6 E5 Q T7';

/** The rows of the table below a heading, each as its columns. */
function tableOf(heading: string): string[][] {
  const [, below = ''] = page.split(`## ${heading}\n`);
  const rows = (below.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((column) => column.trim()),
  );
}

describe('docs/original.md', () => {
  test('has every section of every page', () => {
    const counted: [string, number][] = [];
    for (const [title = ''] of tableOf('Sections')) {
      const last = counted.at(-1);
      if (title === '' && last) last[1] += 1;
      else counted.push([title, 1]);
    }
    assert.deepEqual(counted, SECTIONS);
  });

  test('has every example', () => {
    const names = tableOf('Examples').map(([name]) => name ?? '');
    assert.equal(names.length, EXAMPLES.split(' ').length);
    for (const name of EXAMPLES.split(' '))
      assert.ok(
        names.some((each) => each.includes(name)),
        name,
      );
  });

  test('has every task, in the order of the original', () => {
    assert.deepEqual(
      tableOf('Exercises').map(([name]) => name),
      TASKS.split(' '),
    );
  });

  test('names a cell of ours in each row', () => {
    for (const row of ['Sections', 'Examples', 'Exercises'].flatMap(tableOf))
      assert.match(row.at(-1) ?? '', /^`[\w-]+#[\w-]+`(, `[\w-]+#[\w-]+`)*$/, row.join(' | '));
  });

  test('names cells that are there', () => {
    const missing = [...page.matchAll(/`(\d\d-[\w-]+)#([\w-]+)`/g)].filter(([, notebook = '', id]) => {
      const file = path.join(root, 'notebooks', `${notebook}.ipynb`);
      const { cells } = JSON.parse(readFileSync(file, 'utf8')) as { cells: { id: string }[] };
      return !cells.some((cell) => cell.id === id);
    });
    assert.deepEqual(
      missing.map(([name]) => name),
      [],
    );
  });
});
