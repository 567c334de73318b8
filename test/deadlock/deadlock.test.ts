// The rule that says who is in a deadlock, as tables.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Edge, findDeadlock } from '../../src/deadlock/deadlock';
import { nothingLeft } from '../support/processes/nothing-left';

let lastId = 0;
function edge(helpers: number[] | undefined, owner?: number, sinceMs = 0, canBeTold = true): Edge {
  return { id: ++lastId, helpers, owner, sinceMs, canBeTold, isIdle: false };
}

function lock(owner: number, sinceMs: number, helpers = [owner]): Edge {
  return edge(helpers, owner, sinceMs);
}

function victims(threads: Record<number, Edge[]>): (number | undefined)[] {
  return Object.keys(threads).map((thread) => findDeadlock((each) => threads[each], Number(thread))?.thread);
}

test('of a ring, each member knows the same one to tell: the last to wait', () => {
  assert.deepEqual(victims({ 1: [lock(2, 10)], 2: [lock(3, 30)], 3: [lock(1, 20)] }), [2, 2, 2]);
  assert.deepEqual(victims({ 1: [lock(2, 10)], 2: [lock(1, 10)] }), [2, 2]);
});

test('the way round begins with the one to tell', () => {
  const threads: Record<number, Edge[]> = { 1: [lock(2, 10)], 2: [lock(3, 30)], 3: [lock(1, 20)] };
  const found = findDeadlock((thread) => threads[thread], 1);
  assert.deepEqual(
    found?.circle.map(({ thread }) => thread),
    [2, 3, 1],
  );
});

test('one who waits for a deadlock of others is not told, however late it came', () => {
  assert.deepEqual(victims({ 1: [lock(2, 10)], 2: [lock(1, 20)], 3: [lock(1, 99)] }), [2, 2, undefined]);
});

test('a member that goes on, or something unknown, makes it no deadlock', () => {
  assert.deepEqual(victims({ 1: [lock(2, 1)], 2: [lock(3, 2)] }), [undefined, undefined]);
  assert.deepEqual(victims({ 1: [lock(2, 1)], 2: [edge(undefined)] }), [undefined, undefined]);
  assert.deepEqual(victims({ 1: [lock(2, 1)], 2: [] }), [undefined, undefined]);
});

test('a thread with several waits goes on when one of them ends', () => {
  assert.deepEqual(victims({ 1: [lock(2, 1), edge([3])], 2: [lock(1, 2)] }), [undefined, undefined]);
  assert.deepEqual(victims({ 1: [lock(2, 1), edge([1])], 2: [lock(1, 2)] }), [2, 2]);
});

test('anybody who has the thing and goes on may be the one who ends the wait', () => {
  assert.deepEqual(victims({ 1: [lock(2, 1, [1, 2, 9])], 2: [lock(1, 2, [1, 2, 9])] }), [
    undefined,
    undefined,
  ]);
});

test('the end of a child is waited for, but whoever waits for it is never the one to tell', () => {
  const end = (child: number, sinceMs: number) => edge([child], child, sinceMs, false);
  assert.deepEqual(victims({ 1: [end(2, 99)], 2: [lock(1, 5)] }), [2, 2]);
  assert.deepEqual(victims({ 1: [end(2, 99)], 2: [edge([1, 2], undefined, 5)] }), [2, 2]);
});

test('a ring is broken before those are told who only hang on it', () => {
  const all = [1, 2, 3];
  assert.deepEqual(victims({ 1: [lock(2, 1, all)], 2: [lock(1, 2, all)], 3: [edge(all, undefined, 99)] }), [
    2,
    2,
    undefined,
  ]);
});

test('where nobody has what is waited for, the last to wait is told', () => {
  assert.deepEqual(victims({ 1: [edge([1, 2], undefined, 5)], 2: [edge([1, 2], undefined, 6)] }), [2, 2]);
});

test('who waits for work is told only if all do', () => {
  const both = [1, 2];
  const idle = (sinceMs: number) => ({ ...edge(both, undefined, sinceMs), isIdle: true });
  assert.deepEqual(victims({ 1: [edge(both, undefined, 5)], 2: [idle(6)] }), [1, 1]);
  assert.deepEqual(victims({ 1: [idle(5)], 2: [idle(6)] }), [2, 2]);
});

test('who has it itself is told so', () => {
  const threads: Record<number, Edge[]> = { 1: [lock(1, 1)] };
  assert.deepEqual(
    findDeadlock((thread) => threads[thread], 1)?.circle.map(({ thread }) => thread),
    [1],
  );
});

after(nothingLeft);
