// CPython's `TestCloseFds` and `TestStdinBadfiledescriptor`: what a child has, and has not, of its parent's descriptors.
import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { after, describe, test } from 'node:test';
import { getAllStartMethods, Pool, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const SOON = { timeout: 30_000 };

for (const method of getAllStartMethods()) {
  test(`test_closefd: a descriptor of the parent is ${method === 'thread' ? 'its threads’ too' : 'not open in a child'} (${method})`, async () => {
    const opened = [];
    do opened.push(openSync(devNull, 'r'));
    while ((opened.at(-1) ?? 0) < 50);
    const fd = opened.pop() ?? 0;
    for (const other of opened) closeSync(other);
    const queue = new Queue<string>();
    const child = new Process({
      target: (number: number) => {
        try {
          fstatSync(number);
          queue.putSync('open');
        } catch (error) {
          queue.putSync((error as NodeJS.ErrnoException).code ?? '');
        }
      },
      args: [fd],
      method,
    });
    child.start();
    assert.equal(await queue.get(SOON), method === 'thread' ? 'open' : 'EBADF');
    await child.join();
    closeSync(fd);
  });

  describe(`a child by the method '${method}', whose standard input is closed`, () => {
    test('test_queue_in_process: has processes of its own that put into its queue', async () => {
      const result = new Queue<number>();
      const child = new Process({
        target: () => {
          const queue = new Queue<number>();
          const nested = new Process({
            target: () => queue.putSync(process.stdin.fd ?? 0),
            daemon: true,
            method,
          });
          nested.start();
          nested.joinSync();
          result.putSync(nested.exitcode ?? 99);
        },
        method,
      });
      child.start();
      assert.equal(await result.get(SOON), 0);
      await child.join();
    });

    test('test_pool_in_process: has a pool of its own', async () => {
      const result = new Queue<number[]>();
      const child = new Process({
        target: async () => {
          const pool = new Pool({ processes: 4, method });
          await result.put(await pool.map((x: number) => x * x, [1, 2, 3, 4, 5, 6, 7]));
          pool.close();
          await pool.join();
        },
        method,
      });
      child.start();
      assert.deepEqual(await result.get(SOON), [1, 4, 9, 16, 25, 36, 49]);
      await child.join();
      assert.equal(child.exitcode, 0);
    });
  });
}

after(nothingLeft);
