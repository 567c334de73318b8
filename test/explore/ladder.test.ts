// Where there are too many orders for all: fewer are walked, step by step, and the result says which were
// not.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { explore } from '../../src/index';
import { evaluate } from '../support/explore/trials';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const { increments, flags, peterson, lockedFlags } = evaluate(`
  const { Lock, Process, RawValue } = require('parlab');
  const counter = new RawValue('int32', 0), turn = new RawValue('int32', 0), lock = new Lock();
  const x = new RawValue('int32', 0), y = new RawValue('int32', 0), a = new RawValue('int32', 9), b = new RawValue('int32', 9);
  const run = (targets, result) => async () => {
    const all = targets.map((target) => new Process({ target }));
    for (const each of all) each.start();
    for (const each of all) await each.join();
    return result();
  };
  const increment = () => { for (let i = 0; i < 8; i++) counter.value = counter.value + 1; };
  exports.increments = run([increment, increment], () => counter.value);
  exports.flags = run([() => { x.value = 1; a.value = y.value; }, () => { y.value = 1; b.value = x.value; }], () => '' + a.value + b.value);
  const locked = (act) => () => { lock.acquireSync(); act(); lock.release(); };
  exports.lockedFlags = run([() => { locked(() => { x.value = 1; })(); locked(() => { a.value = y.value; })(); },
    () => { locked(() => { y.value = 1; })(); locked(() => { b.value = x.value; })(); }], () => '' + a.value + b.value);
  const enter = (mine, other, me) => () => {
    mine.value = 1; turn.value = 1 - me;
    while (other.value === 1 && turn.value === 1 - me);
    counter.value = counter.value + 1;
    mine.value = 0;
  };
  exports.peterson = run([enter(x, y, 0), enter(y, x, 1)], () => counter.value);
`) as Record<string, () => unknown>;

test('with too many states for all, every order with at most two forced switches is walked', async () => {
  // Of two processes A and B, an order with f forced switches cuts the 16 operations of each into pieces.
  // None: 2 orders. One: one of them is cut in 15 places, 2 × 15. Two: A|B|A|B with one cut in each, 2 × 15 ×
  // 15, of which the last pieces … are 2 × 225 = 450.
  const found = await explore(increments!, { states: 12_000 });
  assert.deepEqual(
    found.rungs.map(({ name, isWalked, orders }) => ({ name, isWalked, orders })),
    [
      { name: 'every order', isWalked: false, orders: 0n },
      { name: 'every order with at most 2 forced switches', isWalked: true, orders: 482n },
    ],
  );
  assert.equal(found.isComplete, false);
  assert.match(String(found), /Not walked: every order, for there are more than 12,000 states\./);
  // Each from 8, where one process wrote over all that the other did, to 16.
  const returned = found.outcomes.map(({ outcome }) => Number(outcome.returned)).sort((p, q) => p - q);
  assert.deepEqual(returned, [8, 9, 10, 11, 12, 13, 14, 15, 16]);
});

test('with too many states for those as well, one forced switch, and then orders by chance', async () => {
  const one = await explore(increments!, { states: 1_000 });
  assert.deepEqual(
    one.rungs.map(({ isWalked, orders }) => ({ isWalked, orders })),
    [
      { isWalked: false, orders: 0n },
      { isWalked: false, orders: 0n },
      { isWalked: true, orders: 32n },
    ],
  );
  const chance = await explore(increments!, { states: 20, orders: 200 });
  assert.deepEqual(
    chance.rungs.map(({ name, isWalked }) => `${name}: ${isWalked}`),
    [
      'every order: false',
      'every order with at most 2 forced switches: false',
      'every order with at most 1 forced switch: false',
      '200 seeded orders, seed 1: true',
    ],
  );
  assert.equal(chance.orders, 200n);
  const again = await explore(increments!, { states: 20, orders: 200 });
  assert.equal(String(again), String(chance));
  const other = await explore(increments!, { states: 20, orders: 200, seed: 2 });
  assert.notEqual(String(other), String(chance));
});

test('what only a real processor does is told apart', async () => {
  // 00: both write, and both read before what the other wrote has come out. No interleaving gives it: whoever
  // reads last sees a 1.
  const found = await explore(flags!);
  assert.deepEqual(found.outcomes.map(({ outcome }) => outcome.returned).sort(), ['01', '10', '11']);
  assert.equal(found.lateWrites.state, 'walked');
  assert.deepEqual(
    found.lateWrites.outcomes.map(({ outcome }) => outcome.returned),
    ['00'],
  );
  assert.match(
    String(found),
    /On a real processor, where what is written may come out late, also: '00'\. Use a lock\./,
  );
});

test("Peterson's lock holds in every interleaving, and not on a real processor", async () => {
  const found = await explore(peterson!, { expect: 2 });
  assert.ok(found.outcomes.every(({ isRight }) => isRight));
  assert.equal(found.failing, found.lateWrites.outcomes[0]);
  assert.deepEqual(
    found.lateWrites.outcomes.map(({ outcome, isRight }) => [outcome.returned, isRight]),
    [[1, false]],
  );
});

test('with a lock nothing comes out late', async () => {
  const found = await explore(lockedFlags!);
  assert.deepEqual(found.lateWrites.outcomes, []);
});
