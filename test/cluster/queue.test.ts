// What a queue of a room promises beyond the contract: deaths, brokers that go away, large items.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { Lock, NotSerializableError, Process, Queue } from '../../src/index';
import { openRoom } from './room';

const room = openRoom();

test('what a dead consumer had not finished comes back, and only that', async () => {
  const jobs = new room.mp.JoinableQueue<string>();
  const has = new room.mp.Event();
  for (const job of ['finished', 'begun', 'not begun']) await jobs.put(job);
  const child = new Process({
    target: async () => {
      await jobs.get();
      await jobs.taskDone();
      await jobs.get();
      await has.set();
      await new Promise(() => setTimeout(() => {}, 60_000));
    },
  });
  child.start();
  await has.wait();
  child.kill();
  await child.join();
  const seen = [await jobs.get(), await jobs.get()];
  assert.deepEqual(seen.toSorted(), ['begun', 'not begun']);
  await jobs.taskDone();
  await jobs.taskDone();
  assert.equal(await jobs.join(), true);
  assert.equal(jobs.empty(), true);
});

test('an item in work is its consumer’s for as long as it works, also while it computes', async () => {
  const jobs = new room.mp.JoinableQueue<number>();
  await jobs.put(1);
  const child = new Process({
    target: async () => {
      await jobs.get();
      const end = Date.now() + 7000;
      while (Date.now() < end);
      await jobs.taskDone();
    },
  });
  child.start();
  assert.equal(await jobs.join(), true);
  await assert.rejects(jobs.get({ timeout: 100 }), { name: 'QueueEmptyError' });
  await child.join();
});

test('nothing is lost and nothing comes twice while the broker goes away and comes back', async () => {
  const { mp, broker } = room;
  const queue = new mp.Queue<number>();
  const count = 400;
  const got = new Queue<number>();
  const children = [1, 2].map(
    () =>
      new Process({
        target: async () => {
          for (let n = await queue.get(); n >= 0; n = await queue.get()) got.putSync(n);
        },
      }),
  );
  for (const child of children) child.start();
  const put = async () => {
    for (let n = 0; n < count; n++) await queue.put(n);
  };
  const putting = put();
  await queue.put(count);
  await broker.restart();
  await putting;
  for (const _ of children) await queue.put(-1);
  for (const child of children) await child.join();
  const seen: number[] = [];
  while (!got.empty()) seen.push(await got.get());
  assert.deepEqual(
    [...new Set(seen)].toSorted((a, b) => a - b),
    Array.from({ length: count + 1 }, (_, n) => n),
  );
  // Of what was taken in the very moment that the broker went away it cannot know it.
  assert.ok(seen.length - new Set(seen).size <= children.length, `${seen.length - count - 1} came twice`);
});

test('a stream that is deleted behind its back is made anew', async () => {
  const { mp, broker } = room;
  const queue = new mp.Queue<string>();
  await queue.put('gone');
  const other = await openBroker(placeOf(broker.url()), 'a vandal');
  await other.jsm.streams.delete(other.names.queues(0));
  await other.close();
  const getting = queue.get();
  await queue.put('here');
  assert.equal(await getting, 'here');
});

test('what is larger than a message goes through as well, and is not left there', async () => {
  const { mp, broker } = room;
  const queue = new mp.Queue<Uint8Array>();
  const large = new Uint8Array(3_000_000).map((_, i) => i);
  await queue.put(large);
  assert.deepEqual(await queue.get(), large);
  const other = await openBroker(placeOf(broker.url()), 'a look');
  try {
    const deadline = Date.now() + 10_000;
    let left = 1;
    while (left > 0 && Date.now() < deadline) {
      const { state } = await other.jsm.streams.info(`OBJ_${other.names.blobs}`);
      left = state.bytes > 100_000 ? 1 : 0;
    }
    assert.equal(left, 0);
  } finally {
    await other.close();
  }
});

test('what lives in the memory of one computer does not travel in it, and a sentence says what to use', async () => {
  const queue = new room.mp.Queue<unknown>();
  await assert.rejects(queue.put({ lock: new Lock() }), (error: Error) => {
    assert.ok(error instanceof NotSerializableError);
    assert.match(error.message, /memory of one computer.*mp\.Lock/);
    return true;
  });
});
