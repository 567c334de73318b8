// What a SIGKILL at any instruction leaves behind: a queue that works, without a broken or a missing message.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from '../../src/channel/queue';
import { type Child, hears, startChild } from '../memory/children';
import { nothingLeft } from '../nothing-left';

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
