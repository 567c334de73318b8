// The key of a room is changed while a program works in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRoom } from './room';

const opened = openRoom();

test('the calls of a pool end, and say that its connection has ended', async () => {
  const { broker, pool } = opened;
  const refused = /RoomError: .*has ended for ever, as when the key of the room was changed/;
  const before = pool.map((n) => n, [1, 2]);
  const ends = assert.rejects(before, refused);
  await sleep(500);
  await broker.restart({ key: 'another' });
  await ends;
  await assert.rejects(
    pool.map((n) => n, [3], { timeout: 20_000 }),
    refused,
  );
  await broker.restart();
});
