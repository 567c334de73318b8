// Requests that wait for each other: each has its turn, whatever the one before it did.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turns } from '../../../kernel/kernel-process/queue/turns';

test('Turns come one after the other, also behind one that throws or rejects', async () => {
  const turns = new Turns();
  const ran: string[] = [];
  const turn = (name: string, then: () => void = () => {}) => ({
    run: async () => {
      await nextTurn();
      ran.push(name);
      then();
    },
  });
  const fail = () => {
    throw new Error('a fault');
  };
  turns.add(turn('rejects', fail));
  turns.add({ run: fail });
  turns.add(turn('behind'));
  for (let looks = 0; ran.length < 2 && looks < 100; looks++) await nextTurn();
  assert.deepEqual(ran, ['rejects', 'behind']);
  turns.add(turn('later'));
  for (let looks = 0; ran.length < 3 && looks < 100; looks++) await nextTurn();
  assert.deepEqual(ran, ['rejects', 'behind', 'later']);
});
