// How far some work is: as a line, on a terminal, and on a host's display.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgressBar, setProgressDisplay } from '../../src/host/progress';
import { progressLine, type ShownProgress } from '../../src/host/progress-line';
import { terminalDisplay } from '../../src/host/terminal-progress';
import { nothingLeft } from '../support/processes/nothing-left';

const half: ShownProgress = {
  id: 'a',
  label: 'Primes',
  done: 500,
  total: 1000,
  elapsedMs: 1500,
  state: 'running',
};

const lines: [what: string, shown: Partial<ShownProgress>, line: string][] = [
  ['names, draws and counts', {}, 'Primes  ████████████░░░░░░░░░░░░  500 of 1,000 (50 %)  1.5 s'],
  ['only counts what has no known end', { total: undefined }, 'Primes  500  1.5 s'],
  ['does without a label', { label: '', done: 0 }, '░░░░░░░░░░░░░░░░░░░░░░░░  0 of 1,000 (0 %)  1.5 s'],
  ['of nothing is full', { label: '', done: 0, total: 0 }, '████████████████████████  0 of 0 (100 %)  1.5 s'],
  [
    'says that it was stopped',
    { state: 'failed' },
    'Primes  ████████████░░░░░░░░░░░░  500 of 1,000 (50 %)  1.5 s  stopped',
  ],
];
describe('a line of progress', () => {
  for (const [what, shown, line] of lines) {
    test(what, () => assert.equal(progressLine({ ...half, ...shown }), line));
  }
});

describe('on a terminal', () => {
  /** What is to be seen in the end: enough of a terminal for '\r', '\n', up and clear. */
  function screenOf(written: string): string[] {
    const rows: string[] = [''];
    let [row, column] = [0, 0];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const [piece, lines] of written.matchAll(/\x1b\[(\d+)A|\x1b\[J|[^\x1b]/gu)) {
      if (lines !== undefined) row -= Number(lines);
      else if (piece === '\x1b[J')
        rows.splice(row, Number.POSITIVE_INFINITY, rows[row]?.slice(0, column) ?? '');
      else if (piece === '\r') column = 0;
      else if (piece === '\n') [row, column] = [row + 1, 0];
      else {
        const before = (rows[row] ?? '').padEnd(column);
        rows[row] = before.slice(0, column) + piece + before.slice(++column);
      }
      while (rows.length <= row) rows.push('');
    }
    return rows;
  }

  function terminal(columns = 100) {
    const written: string[] = [];
    const show = terminalDisplay({ isTTY: true, columns, write: (text: string) => written.push(text) });
    assert.ok(show);
    return { show, screen: () => screenOf(written.join('')) };
  }

  test('several bars are redrawn in place, and a finished one stays above the others', () => {
    const { show, screen } = terminal();
    const a = { ...half, total: undefined };
    const b = { ...a, id: 'b', label: 'Sums' };
    show(a);
    show(b);
    show({ ...a, done: 600 });
    assert.deepEqual(screen(), ['Primes  600  1.5 s', 'Sums  500  1.5 s']);
    show({ ...b, done: 700, state: 'finished' });
    assert.deepEqual(screen(), ['Sums  700  1.5 s', 'Primes  600  1.5 s']);
    show({ ...a, done: 800, state: 'failed' });
    assert.deepEqual(screen(), ['Sums  700  1.5 s', 'Primes  800  1.5 s  stopped', '']);
  });

  test('a label neither wraps nor moves the cursor', () => {
    const { show, screen } = terminal(20);
    show({ ...half, label: 'long\n\x1b[2J'.repeat(10), state: 'finished' });
    assert.deepEqual(screen(), ['long long long long', '']);
  });

  test('where there is none, nothing is written', () => {
    assert.equal(terminalDisplay({ write: () => assert.fail() }), undefined);
    const program = `
      const { Pool } = require(${JSON.stringify(require.resolve('../../src/index'))});
      const pool = new Pool({ processes: 1 });
      pool.map(Number, ['1', '2'], { progress: 'Numbers' }).then(() => pool.terminate());`;
    const { stderr, stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    assert.deepEqual([stderr, stdout], ['', '']);
  });
});

test('a bar shows the beginning and the end, ten times a second at most between them, and nothing later', async () => {
  const shown: ShownProgress[] = [];
  setProgressDisplay((each) => shown.push(each));
  const bar = new ProgressBar('Sums', 1000);
  for (let done = 1; done < 1000; done++) bar.progressed(done);
  assert.deepEqual(
    shown.map(({ done }) => done),
    [0],
  );
  await sleep(150);
  assert.equal(shown.at(-1)?.done, 999, 'the newest is shown without another call');
  bar.progressed(1000);
  bar.ended('finished');
  bar.progressed(1001);
  bar.ended('failed');
  await sleep(150);
  assert.deepEqual(
    shown.map(({ done, state }) => [done, state]),
    [
      [0, 'running'],
      [999, 'running'],
      [1000, 'finished'],
    ],
  );
});

after(nothingLeft);
