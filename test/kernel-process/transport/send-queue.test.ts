// One message after the other, each awaited; who produces too fast waits.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendQueue } from '../../../kernel/kernel-process/transport/send-queue';

test('Messages leave in order, never two at a time.', async () => {
  const sent: string[] = [];
  let sending = 0;
  const queue = new SendQueue(async ([frame]) => {
    assert.equal(++sending, 1);
    await sleep(Number(frame) % 2);
    sending--;
    sent.push(String(frame));
  }, assert.ifError);
  for (let i = 0; i < 20; i++) queue.add([String(i)]);
  await queue.whenEmpty();
  assert.deepEqual(
    sent,
    Array.from({ length: 20 }, (_, i) => String(i)),
  );
});

test('A message that cannot be sent is told, and the next leaves.', async () => {
  const told: unknown[] = [];
  const sent: unknown[] = [];
  const queue = new SendQueue(
    async ([frame]) => {
      if (frame === 'bad') throw new Error('no');
      sent.push(frame);
    },
    (error) => told.push((error as Error).message),
  );
  for (const frame of ['a', 'bad', 'b']) queue.add([frame]);
  await queue.whenEmpty();
  assert.deepEqual([sent, told, queue.waitingBytes], [['a', 'b'], ['no'], 0]);
});

test('A producer is released when little enough waits.', async () => {
  const releases: (() => void)[] = [];
  const queue = new SendQueue(() => new Promise((resolve) => releases.push(resolve)), assert.ifError);
  for (let i = 0; i < 3; i++) queue.add(['12345']);
  let released = false;
  void queue.whenShorterThan(5).then(() => {
    released = true;
  });
  const sendOne = async () => {
    releases.shift()?.();
    await sleep(1);
  };
  await sendOne();
  assert.deepEqual([released, queue.waitingBytes], [false, 10]);
  await sendOne();
  assert.deepEqual([released, queue.waitingBytes], [true, 5]);
});
