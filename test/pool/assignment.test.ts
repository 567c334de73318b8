// Who gets which work next.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { type Demand, demandOf, nextOf } from '../../src/pool/assignment';
import { Rounds } from '../../src/pool/rounds';
import { nothingLeft } from '../support/processes/nothing-left';

const worker = (given: number, inHand: number, isLeaving = false) => ({
  given,
  inHand: Array(inHand).fill('chunk'),
  isLeaving,
});
const most = Number.POSITIVE_INFINITY;

describe('a worker', () => {
  const idle = worker(0, 0);
  const busy = worker(5, 1);
  const leaving = worker(5, 0, true);
  type Row = [what: string, worker: typeof idle, maxTasksPerChild: number | undefined, demand: unknown];
  const rows: Row[] = [
    ['that has nothing gets anything', idle, undefined, { most, idle: 1, mustBeQuick: false }],
    ['that has something gets only what is quick', busy, undefined, { most, idle: 1, mustBeQuick: true }],
    ['that is leaving gets nothing', leaving, undefined, undefined],
    ['gets as many as it may have in its life', idle, 7, { most: 7, idle: 1, mustBeQuick: false }],
    ['gets as many as are left of them', busy, 7, { most: 2, idle: 1, mustBeQuick: true }],
    ['that has had them all gets nothing', busy, 5, undefined],
  ];
  for (const [what, who, maxTasksPerChild, expected] of rows) {
    test(what, () => {
      const demand = demandOf(who, [idle, busy, leaving], { processes: 3, maxTasksPerChild });
      const { takers, ...rest } = demand ?? {};
      assert.deepEqual(demand && { ...rest, idle: takers?.idle }, expected);
      if (takers !== undefined) assert.equal(takers.processes, 3);
    });
  }
});

describe('of the calls', () => {
  const call = (given: string | undefined, isQuick: boolean) => ({ isQuick, next: () => given });
  const none = call(undefined, true);
  const slow = call('slow', false);
  const quick = call('quick', true);
  const rows: [what: string, calls: (typeof none)[], mustBeQuick: boolean, given: string | undefined][] = [
    ['none gives where there is none', [], false, undefined],
    ['the first one gives', [slow, quick], false, 'slow'],
    ['one that has nothing now is passed over', [none, slow], false, 'slow'],
    ['a slow one is passed over where its items would wait', [slow, quick], true, 'quick'],
    ['none gives where all are slow and their items would wait', [slow], true, undefined],
  ];
  for (const [what, calls, mustBeQuick, expected] of rows) {
    test(what, () => {
      const demand: Demand = { most, takers: { processes: 1, idle: 1 }, mustBeQuick };
      assert.equal(nextOf(calls, demand), expected);
    });
  }
});

describe('a round of giving out', () => {
  test('that asks for another one is followed by it, and not interrupted', () => {
    const seen: string[] = [];
    const rounds = new Rounds(() => {
      seen.push('begins');
      if (seen.length === 1) seen.push(`asked: ${rounds.run()}`);
      seen.push('ends');
    });
    assert.equal(rounds.run(), true);
    assert.deepEqual(seen, ['begins', 'asked: false', 'ends', 'begins', 'ends']);
  });

  test('that throws does not stand in the way of the next one', () => {
    let count = 0;
    const rounds = new Rounds(() => {
      if (++count === 1) throw new Error('of a source');
    });
    assert.throws(() => rounds.run(), /of a source/);
    assert.equal(rounds.run(), true);
    assert.equal(count, 2);
  });
});

after(nothingLeft);
