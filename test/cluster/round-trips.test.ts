// How often a call of a pool asks the broker something and waits for the answer: each costs what a network makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { openRoom } from './room';

const room = openRoom({ hosts: ['anna'], each: { slots: 1, isNear: true } });

/** What is asked while `body` runs, by whoever listens to everything. */
async function askedDuring(body: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const nc = await connect({ servers: `127.0.0.1:${room.broker.port}`, token: room.broker.token });
  nc.subscribe('>', {
    callback: (error, { subject, reply = '' }) => {
      // Not what the broker itself sends on, nor answers, nor what hosts say of themselves from time to time.
      const isSent = reply.startsWith('$JS.ACK.') || /^(_INBOX|\$KV)\b/.test(subject);
      if (error === null && reply !== '' && !isSent)
        asked.push(subject.replace(/^pl\.room1\.|\.[0-9a-f]{18}\b|\.\d+$/g, ''));
    },
  });
  await nc.flush();
  await body();
  // What follows the answer.
  await sleep(300);
  await nc.close();
  return asked.sort();
}

/** The next chunk is asked for by who is free, the chunk is given, and its answer is confirmed. */
const ALWAYS = ['$JS.API.CONSUMER.MSG.NEXT.PL_room1_work.hosts', 'pool.answer', 'work'];

test('a call asks the broker three times, and once more for a function that the host does not know', async () => {
  const { pool } = room;
  const double = (n: number) => 2 * n;
  for (let n = 0; n < 5; n++) await pool.apply(double, [n]);
  assert.deepEqual(await askedDuring(() => pool.apply(double, [21])), ALWAYS);
  const half = (n: number) => n / 2;
  assert.deepEqual(await askedDuring(() => pool.apply(half, [84])), [...ALWAYS, 'pool.program'].sort());
});
