// What a SIGKILL at any instruction leaves behind: a queue that works, without a broken or a missing message.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from '../../src/channel/queue';
import { QueueEmptyError, QueueFullError } from '../../src/errors';
import { type Child, hears, startChild } from '../support/processes/children';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

type Numbered = { producer: number; number: number; body: string };

function check(item: Uint8Array | Numbered): [producer: number, number: number] {
  if (!(item instanceof Uint8Array)) {
    assert.match(item.body, /^x{200,}$/);
    return [item.producer, item.number];
  }
  const [producer, number] = Buffer.from(item).toString('latin1', 0, 24).split(':').map(Number);
  assert.ok(producer !== undefined && number !== undefined);
  assert.ok(item.subarray(24).every((byte) => byte === (number & 255)));
  return [producer, number];
}

for (const maxsize of [0, 20]) {
  test(`producers are killed again and again: nothing is broken, nothing is missing (maxsize ${maxsize})`, async () => {
    const queue = new Queue<Uint8Array | Numbered>(maxsize);
    const last = new Map<number, number>();
    let started = 0;
    const begin = (): Child => startChild('channel/put-forever.js', [queue], started++);
    const producers = [begin(), begin()];
    let received = 0;
    for (let kill = 0; kill < 8; kill++) {
      while (queue.empty()) await sleep(5);
      const until = Date.now() + 200 + Math.random() * 100;
      const before = received;
      // On a busy machine a producer may need longer than that to put its first.
      while (Date.now() < until || received === before) {
        for (let i = 0; i < 200 && !queue.empty(); i++) {
          const [producer, number] = check(queue.getNowait());
          assert.equal(number, (last.get(producer) ?? -1) + 1);
          last.set(producer, number);
          received++;
        }
        await sleep(1);
      }
      const victim = producers.shift();
      victim?.process.kill('SIGKILL');
      producers.push(begin());
      await victim?.exited;
    }
    for (const producer of producers) producer.process.kill('SIGKILL');
    await Promise.all(producers.map((producer) => producer.exited));
    assert.ok(received > 100, `only ${received} messages came`);
    for (let left = queue.qsize(); left > 0; left--) check(queue.getNowait());
    assert.equal(queue.empty(), true);
    queue.putNowait(new Uint8Array(Buffer.from('0:0:')));
    assert.equal(queue.qsize(), 1);
  });
}

test('consumers are killed again and again: the others go on, and the count stays right', async () => {
  const queue = new Queue<number>();
  let put = 0;
  for (let kill = 0; kill < 5; kill++) {
    const consumer = startChild('channel/get-forever.js', [queue]);
    await hears(consumer, 'taking');
    const until = Date.now() + 100;
    while (Date.now() < until) for (let i = 0; i < 1000; i++) queue.putNowait(put++);
    consumer.process.kill('SIGKILL');
    await consumer.exited;
  }
  queue.putNowait(put);
  let taken = -1;
  for (let left = queue.qsize(); left > 0; left--) {
    const item = queue.getNowait();
    assert.ok(item > taken);
    taken = item;
  }
  assert.equal(taken, put);
  assert.equal(queue.qsize(), 0);
});

test('killed by any store of get(): what is left is counted, and comes', async () => {
  await killedByEachStoreOf('get', async (kill) => {
    const queue = new Queue<string>();
    for (const item of ['a', 'b', 'c']) queue.putNowait(item);
    await kill(queue);
    const size = queue.qsize();
    for (let left = size; left > 0; left--) queue.getNowait();
    assert.throws(() => queue.getNowait(), QueueEmptyError);
    assert.ok(size === 1 || size === 2, `${size} were left`);
  });
});

test('killed by any store of get(): there is room for as many as were taken', async () => {
  await killedByEachStoreOf('get', async (kill) => {
    const queue = new Queue<string>(3);
    for (const item of ['a', 'b', 'c']) queue.putNowait(item);
    await kill(queue);
    const fill = () => {
      for (;;) queue.putNowait('mine');
    };
    assert.throws(fill, QueueFullError);
    for (let left = 3; left > 0; left--) queue.getNowait();
    assert.throws(() => queue.getNowait(), QueueEmptyError);
  });
});

test('killed by any store of put(): what came into the queue is counted, and who waits gets it', async () => {
  await killedByEachStoreOf('put', async (kill) => {
    const queue = new Queue<string>();
    const came: string[] = [];
    const taker = (async () => {
      for await (const item of queue) came.push(item);
    })();
    await kill(queue);
    for (const deadline = Date.now() + 5000; queue.qsize() > 0 && Date.now() < deadline; ) await sleep(5);
    assert.equal(queue.qsize(), 0);
    await sleep(1);
    assert.equal(came.shift(), 'first of mine');
    assert.ok(came.every((item) => item === 'last of mine'));
    queue.close();
    await taker;
  });
});

/** Calls `scene` with a child that is killed by the first store of `action`, then by the second, until one survives. */
async function killedByEachStoreOf(
  action: string,
  scene: (kill: (queue: Queue<string>) => Promise<void>) => Promise<void>,
): Promise<void> {
  let hasSurvived = false;
  let fatal = 0;
  for (; !hasSurvived; fatal++) {
    await scene(async (queue) => {
      const ending = await startChild('channel/die-at-store.js', [queue], action, fatal).exited;
      assert.ok(ending === 'SIGKILL' || ending === 0);
      hasSurvived = ending === 0;
    });
  }
  assert.ok(fatal > 3, `${action}() stores more often than ${fatal - 1} times`);
}
