// wait(), JoinableQueue and SimpleQueue, as CPython's TestWait, _TestQueue and TestSimpleQueue ask, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  type Connection,
  getAllStartMethods,
  JoinableQueue,
  Pipe,
  Process,
  Queue,
  QueueClosedError,
  SimpleQueue,
  TooManyDoneError,
  wait,
  waitSync,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`children started by '${method}'`, () => {
    test('are heard by wait(), whichever speaks, to the last word of each', async () => {
      const readers: Connection<[number, number]>[] = [];
      const children: Process<never[]>[] = [];
      for (let child = 0; child < 3; child++) {
        const [reader, writer] = Pipe<[number, number]>(false);
        const speaker = new Process({
          target: (end: Connection<[number, number]>) => {
            for (let i = 0; i < 10; i++) end.sendSync([child, i]);
          },
          args: [writer],
          method,
        });
        speaker.start();
        writer.close();
        readers.push(reader);
        children.push(speaker as Process<never[]>);
      }
      const heard: string[] = [];
      while (readers.length > 0) {
        for (const reader of await wait(readers)) {
          try {
            heard.push((await reader.recv()).join());
          } catch {
            readers.splice(readers.indexOf(reader), 1);
          }
        }
      }
      assert.equal(new Set(heard).size, 30);
      for (const child of children) await child.join();
    });

    test('end, and wait() says which', async () => {
      const queue = new Queue<number>();
      const child = new Process({ target: () => {}, method });
      child.start();
      assert.deepEqual(await wait([queue, child], { timeout: 20_000 }), [child]);
      queue.putNowait(1);
      assert.deepEqual(waitSync([queue, child]), [queue, child]);
      await child.join();
    });

    test('work off a JoinableQueue, and join() waits for the last', async () => {
      const queue = new JoinableQueue<number | null>();
      const sums = new SimpleQueue<number>();
      const work = async () => {
        for (let sum = 0; ; ) {
          const item = await queue.get();
          if (item === null) {
            await sums.put(sum);
            queue.taskDone();
            return;
          }
          sum += item;
          queue.taskDone();
        }
      };
      const children = [1, 2, 3].map(() => new Process({ target: work, method }));
      for (const child of children) child.start();
      for (let i = 0; i < 30; i++) await queue.put(i);
      assert.equal(await queue.join(), true);
      for (const _ of children) await queue.put(null);
      assert.equal(queue.joinSync({ timeout: 20_000 }), true);
      let total = 0;
      for (const _ of children) total += await sums.get();
      assert.equal(total, 435);
      assert.equal(sums.empty(), true);
      for (const child of children) await child.join();
    });
  });
}

test('wait() ends empty when the time is up, and a negative time only looks', async () => {
  const [a, b] = Pipe();
  for (const timeout of [20, 0, -1]) {
    assert.deepEqual(await wait([a, b], { timeout }), []);
    assert.deepEqual(waitSync([a, b], { timeout }), []);
  }
  assert.deepEqual(await wait([]), []);
  b.sendSync('x');
  assert.deepEqual(await wait([a, b], { timeout: -1 }), [a]);
  assert.equal(await a.recv(), 'x', 'nothing was taken');
});

test('a signal ends wait(), and what comes afterwards is for the next', async () => {
  const queue = new Queue<number>();
  const cancel = new AbortController();
  const waiting = wait([queue], { signal: cancel.signal });
  cancel.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  const [one, two] = [wait([queue]), wait([queue])];
  queue.putNowait(1);
  assert.deepEqual([await one, await two], [[queue], [queue]]);
  assert.equal(queue.getNowait(), 1);
});

test('taskDone() more often than items is an error, and join() without items returns at once', async () => {
  const queue = new JoinableQueue<number>();
  assert.equal(await queue.join(), true);
  assert.throws(() => queue.taskDone(), TooManyDoneError);
  queue.putNowait(1);
  assert.equal(await queue.join({ timeout: 10 }), false);
  assert.equal(queue.joinSync({ timeout: 10 }), false);
  queue.getNowait();
  assert.equal(await queue.join({ timeout: 10 }), false);
  queue.taskDone();
  assert.equal(await queue.join(), true);
  assert.throws(() => queue.taskDone(), TooManyDoneError);
});

test('a SimpleQueue says whether it is empty, and closes', async () => {
  const queue = new SimpleQueue<number>();
  assert.equal(queue.empty(), true);
  queue.putSync(1);
  assert.equal(queue.empty(), false);
  assert.equal(queue.getSync(), 1);
  queue.close();
  queue.close();
  assert.equal(queue.closed, true);
  await assert.rejects(queue.put(1), QueueClosedError);
  await assert.rejects(queue.get(), QueueClosedError);
});

after(nothingLeft);
