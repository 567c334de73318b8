// Queue: first in, first out, across processes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Queue } from '../../src/channel/queue';
import { InvalidArgumentError, QueueClosedError, QueueEmptyError, QueueFullError } from '../../src/errors';
import { setAmbientSignal } from '../../src/waiting/wake';
import { startChild } from '../support/processes/children';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

for (const maxsize of [0, 3]) {
  for (const how of ['awaited', 'blocking']) {
    const kind = maxsize === 0 ? 'an unbounded' : 'a bounded';
    test(`three producers and two consumers: ${kind} queue keeps each producer's order (${how})`, async () => {
      const count = 3000;
      const queue = new Queue<[number, number] | null>(maxsize);
      const producers = [0, 1, 2].map((number) =>
        startChild('channel/produce.js', [queue], number, count, how),
      );
      const consumers = [0, 1].map(() => startChild('channel/consume.js', [queue], how));
      await Promise.all(producers.map((producer) => producer.exited));
      for (const _ of consumers) await queue.put(null);
      const outputs = await Promise.all(consumers.map((consumer) => consumer.output));
      const lists = outputs.map((output) => JSON.parse(output) as [number, number][]);
      for (const list of lists) {
        const last = [-1, -1, -1];
        for (const [producer, number] of list) {
          assert.ok(number > (last[producer] ?? 0), `${number} came after ${last[producer]}`);
          last[producer] = number;
        }
      }
      assert.equal(new Set(lists.flat().map(String)).size, 3 * count);
      assert.equal(lists.flat().length, 3 * count);
    });
  }
}

test('an unbounded queue takes everything at once and gives it back in order', () => {
  const queue = new Queue<number>();
  for (let i = 0; i < 100_000; i++) queue.putNowait(i);
  assert.equal(queue.qsize(), 100_000);
  for (let i = 0; i < 100_000; i++) assert.equal(queue.getNowait(), i);
  assert.equal(queue.empty(), true);
});

test('a message may be larger than a segment', async () => {
  const queue = new Queue<unknown>();
  const large = [
    new Uint8Array(3_000_000).fill(7),
    'z'.repeat(300_000),
    Array.from({ length: 20_000 }, (_, i) => ({ i })),
  ];
  for (const item of large) queue.putSync(item);
  for (const item of large) assert.deepEqual(await queue.get(), item);
});

test('undefined is an item like any other', async () => {
  const queue = new Queue<undefined>();
  await queue.put(undefined);
  assert.equal(queue.qsize(), 1);
  assert.equal(await queue.get({ timeout: 1000 }), undefined);
});

test('get ends with QueueEmptyError when nothing came in time', async () => {
  const queue = new Queue<number>();
  assert.throws(() => queue.getNowait(), QueueEmptyError);
  assert.throws(() => queue.getSync({ timeout: 10 }), QueueEmptyError);
  await assert.rejects(queue.get({ timeout: 10 }), QueueEmptyError);
  await assert.rejects(queue.get({ block: false }), QueueEmptyError);
});

test('put ends with QueueFullError when no room came in time', async () => {
  const queue = new Queue<number>(1);
  queue.putNowait(1);
  assert.equal(queue.full(), true);
  assert.throws(() => queue.putNowait(2), { message: 'The queue is full: it holds its 1 item.' });
  assert.throws(() => queue.putSync(2, { timeout: 10 }), QueueFullError);
  await assert.rejects(queue.put(2, { timeout: 10 }), QueueFullError);
  assert.equal(queue.getNowait(), 1);
  assert.equal(queue.empty(), true, 'what was given up was not put');
});

test('put waits for room and then goes on, in the order of asking', async () => {
  const queue = new Queue<number>(1);
  const order: number[] = [];
  const puts = [1, 2, 3].map((item) => queue.put(item).then(() => order.push(item)));
  for (const item of [1, 2, 3]) assert.equal(await queue.get(), item);
  await Promise.all(puts);
  assert.deepEqual(order, [1, 2, 3]);
});

test('an item that waits for room is the item as it was when it was put', async () => {
  const queue = new Queue<{ n: number }>(1);
  queue.putNowait({ n: 0 });
  const item = { n: 1 };
  const put = queue.put(item);
  item.n = 2;
  queue.getNowait();
  await put;
  assert.deepEqual(queue.getNowait(), { n: 1 });
});

test('a cancelled get loses no item', async () => {
  const queue = new Queue<number>();
  const cancel = new AbortController();
  const first = queue.get({ signal: cancel.signal });
  const second = queue.get();
  cancel.abort();
  queue.putNowait(7);
  await assert.rejects(first, { name: 'AbortError' });
  assert.equal(await second, 7);
});

test('an item and a cancellation in the same turn: the item is either received or still there', async () => {
  for (let round = 0; round < 50; round++) {
    const queue = new Queue<number>();
    const cancel = new AbortController();
    const waiting = queue.get({ signal: cancel.signal });
    queue.putNowait(round);
    if (round % 2 === 0) await null;
    cancel.abort();
    const received = await waiting.then(
      () => 1,
      () => 0,
    );
    assert.equal(received + queue.qsize(), 1);
  }
});

test('the signal of the surrounding cell ends get and put', async () => {
  const empty = new Queue<number>();
  const full = new Queue<number>(1);
  full.putNowait(1);
  const cell = new AbortController();
  setAmbientSignal(() => cell.signal);
  try {
    const waits = Promise.allSettled([empty.get(), full.put(2)]);
    cell.abort();
    for (const outcome of await waits) assert.equal(outcome.status, 'rejected');
    assert.throws(() => empty.getSync(), { name: 'AbortError' });
  } finally {
    setAmbientSignal(() => undefined);
  }
  assert.equal(full.qsize(), 1);
});

test('a thousand tasks of one process wait for items, and each gets one', async () => {
  const queue = new Queue<number>();
  const gets = Array.from({ length: 1000 }, () => queue.get());
  for (let i = 0; i < 1000; i++) queue.putNowait(i);
  assert.deepEqual(
    await Promise.all(gets),
    Array.from({ length: 1000 }, (_, i) => i),
  );
});

test('a question goes to another process and its answer comes back', async () => {
  const questions = new Queue<unknown>();
  const answers = new Queue<unknown>();
  const child = startChild('channel/answer.js', [questions, answers]);
  for (const item of [1, 'zwei', { three: [3] }, null]) {
    await questions.put(item);
    assert.deepEqual(await answers.get({ timeout: 20_000 }), item);
  }
  assert.equal(await child.exited, 0);
});

test('after close this process neither puts nor gets, and its waits and iterations end', async () => {
  const queue = new Queue<number>();
  const waiting = queue.get();
  const seen: number[] = [];
  const iteration = (async () => {
    for await (const item of queue) seen.push(item);
  })();
  queue.close();
  await assert.rejects(waiting, QueueClosedError);
  await iteration;
  assert.deepEqual(seen, []);
  await assert.rejects(queue.put(1), QueueClosedError);
  assert.throws(() => queue.getSync(), QueueClosedError);
});

test('a maxsize beyond all that fits is no limit', () => {
  for (const maxsize of [2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE]) {
    const queue = new Queue<number>(maxsize);
    for (const item of [1, 2, 3]) queue.putNowait(item);
    assert.deepEqual([queue.full(), queue.qsize()], [false, 3], String(maxsize));
  }
});

test('maxsize must be a whole number', () => {
  assert.throws(() => new Queue(1.5), InvalidArgumentError);
  assert.equal(new Queue(-1).full(), false);
});
