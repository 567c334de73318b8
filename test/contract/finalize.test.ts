// CPython's `_TestFinalize`, by Node's own means: what a child does at its end, and when it does not.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getAllStartMethods, Process, Queue } from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { nothingLeft } from '../support/processes/nothing-left';

const ends: [string, () => unknown, exitcode: number][] = [
  ['returns', () => {}, 0],
  ['has awaited', () => sleep(20), 0],
  ['calls process.exit(7)', () => process.exit(7), 7],
  [
    'throws',
    () => {
      process.stderr.write = () => true;
      throw new Error('thrown');
    },
    1,
  ],
];

for (const method of getAllStartMethods()) {
  describe(`a child by the method '${method}'`, () => {
    for (const [what, end, exitcode] of ends) {
      test(`test_finalize: runs its exit handlers once each, in their order, when it ${what}`, async () => {
        const queue = new Queue<unknown>();
        const child = new Process({
          target: () => {
            process.on('exit', (code) => queue.putSync(['first', code]));
            process.once('exit', () => queue.putSync('second'));
            const removed = () => queue.putSync('removed');
            process.on('exit', removed);
            process.off('exit', removed);
            return end();
          },
          method,
        });
        child.start();
        await child.join();
        const told = [];
        while (!queue.empty()) told.push(queue.getNowait());
        assert.deepEqual(told, [['first', exitcode], 'second']);
        assert.equal(child.exitcode, exitcode);
      });
    }

    test('an exit handler may change the exit code', async () => {
      const child = new Process({
        target: () => {
          process.on('exit', () => {
            process.exitCode = 9;
          });
        },
        method,
      });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 9);
    });

    test('runs none when it is killed', async () => {
      const queue = new Queue<string>();
      const child = new Process({
        target: () => {
          process.on('exit', () => queue.putSync('exit'));
          queue.putSync('ready');
          for (;;);
        },
        method,
      });
      child.start();
      assert.equal(await queue.get({ timeout: 30_000 }), 'ready');
      child.kill();
      await child.join();
      assert.ok(queue.empty());
    });
  });
}

test(
  'a process that listens for signals decides itself what an interrupt or a termination means',
  needsProcesses,
  async () => {
    for (const [signal, send] of [
      ['SIGINT', (child: Process) => child.interrupt()],
      ['SIGTERM', (child: Process) => child.terminate()],
    ] as const) {
      const queue = new Queue<string>();
      const child = new Process({
        target: () => {
          const timer = setInterval(() => {}, 1000);
          process.on('exit', () => queue.putSync('exit'));
          process.once(signal, () => {
            queue.putSync(signal);
            clearInterval(timer);
          });
          queue.putSync('ready');
        },
        method: 'process',
      });
      child.start();
      assert.equal(await queue.get({ timeout: 30_000 }), 'ready');
      send(child);
      await child.join();
      assert.deepEqual([queue.getNowait(), queue.getNowait(), child.exitcode], [signal, 'exit', 0]);
    }
  },
);

after(nothingLeft);
