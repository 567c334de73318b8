// Deadlocks are told in words, to one of those in it; and nobody is accused who merely waits long.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { getAllStartMethods } from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { compiled, runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

const methods = getAllStartMethods();
// Where there are only threads, who asks for them is told nothing.
const environment = methods.includes('process') ? {} : { PARLAB_START_METHOD: 'thread' };

async function linesOf(program: string, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await runProgram([compiled(program), ...args], environment);
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}

// Its programs wait most of the time.
const together = { concurrency: 4 };

describe('a ring of locks', together, () => {
  for (const [count, method, how, parent, kind] of [
    [2, 'process', 'blocks', 'joins', 'Lock'],
    [2, 'thread', 'awaits', 'joins', 'Lock'],
    [2, 'process', 'awaits', 'ends', 'Lock'],
    [3, 'process', 'mixed', 'blocks', 'RLock'],
    [3, 'thread', 'mixed', 'blocks', 'Lock'],
    [5, 'process', 'awaits', 'joins', 'RLock'],
    [5, 'thread', 'blocks', 'joins', 'Lock'],
  ] as const) {
    if (!methods.includes(method)) continue;
    const title = `of ${count} ${kind}s (${method}, who waits ${how}, while the parent ${parent}) is told to one, and all others eat`;
    test(title, async () => {
      const lines = await linesOf('forks', String(count), method, how, parent, kind);
      const told = lines.filter((line) => line.startsWith('deadlock: '));
      assert.equal(told.length, 1, lines.join('\n'));
      assert.equal(lines.filter((line) => line === 'ate').length, count - 1);
      for (let fork = 1; fork <= count; fork++) {
        assert.match(told[0]!, new RegExp(`Process-\\d holds fork ${fork} \\(forks\\.[jt]s, line \\d+\\)`));
        assert.match(told[0]!, new RegExp(`waits for fork ${fork} \\(forks\\.[jt]s, line \\d+\\)`));
      }
      assert.match(
        told[0]!,
        /wait for each other for ever\. .* Take the (two )?locks in the same order everywhere\.$/,
      );
    });
  }

  test('is found in ten of ten runs', async () => {
    for (let run = 0; run < 10; run++) {
      const lines = await linesOf('forks', '2', 'thread', 'mixed');
      assert.equal(lines.filter((line) => line.startsWith('deadlock: ')).length, 1, lines.join('\n'));
    }
  });
});

describe('a wait that nobody can end', together, () => {
  for (const [name, expected] of [
    [
      'get',
      /^MainProcess waits in Queue\.get\(\) for an item of Queue-1 \(hopeless\.[jt]s, line \d+\) for ever\. Nobody else has Queue-1\./,
    ],
    [
      'getSync',
      /^MainProcess waits in Queue\.getSync\(\) for an item of Queue-1 .* Nobody else has Queue-1\./,
    ],
    ['put', /^MainProcess waits in Queue\.put\(\) for room in Queue-1 .* Nobody else has Queue-1\./],
    [
      'event',
      /^MainProcess waits in Event\.wait\(\) for the set\(\) of Event-1 .* Nobody else has Event-1\./,
    ],
    [
      'barrier',
      /^MainProcess waits in Barrier\.wait\(\) for the others at Barrier-1 .* for ever: only 1 of 2 has come\./,
    ],
    ['condition', /^MainProcess waits in Condition\.wait\(\) for a notification of Condition-1 /],
    ['semaphore', /^MainProcess waits in Semaphore\.acquire\(\) for a permit of Semaphore-1 /],
    ['recv', /^MainProcess waits in Connection\.recv\(\) for a message from Pipe-1 /],
    [
      'lockTwice',
      /^MainProcess waits for Lock-1 .* It holds Lock-1 \(hopeless\.[jt]s, line \d+\) itself.* use an RLock/,
    ],
    ['lockTwiceSync', /^MainProcess waits for Lock-1 .* use an RLock/],
    [
      'tasks',
      /^Tasks of MainProcess wait for each other for ever\. They hold (a|b) \(.*\) and (a|b) \(.*\) and wait for (a|b) .* and (a|b) \(.*\)\. Let every task take the locks in the same order\.$/,
    ],
    [
      'join',
      /Process-1 waits for Lock-1 .*; MainProcess holds Lock-1 .* and waits for the end of Process-1 \(hopeless\.[jt]s, line \d+\)\./,
    ],
    [
      'named',
      /^an event, a semaphore, a bounded semaphore, a condition, a barrier, a queue, a simple queue, a joinable queue, a pipe$/,
    ],
    [
      'consumers',
      /Nobody is left who could put one: .*MainProcess waits for the end of Process-1 \(hopeless\.[jt]s, line \d+\)/,
    ],
  ] as const) {
    test(`is told: ${name}`, async () => {
      const lines = await linesOf('hopeless', name);
      assert.ok(
        lines.some((line) => expected.test(line.replace(/^DeadlockError: /, ''))),
        lines.join('\n'),
      );
    });
  }
});

describe('a long wait is no deadlock', together, () => {
  for (const name of [
    'timer',
    'thread pool',
    'signal',
    'socket',
    'other task',
    'computation',
    'producer',
    'permits as room',
    'idle pool',
    'timeout',
    'signal of the wait',
    'signal of a join',
    'system call',
    'Atomics.wait',
    'a process that was stopped',
    'death of a member',
    'message of a parent',
    'line of the input',
    "listener for 'beforeExit'",
    'another worker of the pool',
  ]) {
    // A thread cannot be stopped by a signal.
    const options = name === 'a process that was stopped' ? needsProcesses : {};
    test(`when it is ended by: ${name}`, options, async () => {
      assert.deepEqual([...new Set(await linesOf('helped', name))], ['helped']);
    });
  }
});

// PARLAB_HOPS=5000 makes it long.
test('nobody is accused in rings where one works while all others wait', async () => {
  const rings = ['process', 'process', 'thread'].filter((each) => methods.some((method) => method === each));
  const hops = process.env.PARLAB_HOPS ?? '333';
  assert.deepEqual(await linesOf('baton', hops, ...rings), [rings.map(() => '0 0 0').join(' ')]);
});

after(nothingLeft);
