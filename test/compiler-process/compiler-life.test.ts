// The life of a compiler as a table: what each event makes of each phase.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idleTime } from '../../kernel/conversations/idle-time';
import {
  hasProcess,
  type LifeEvent,
  nextPhase,
  type Phase,
} from '../../kernel/kernel-process/compiler/compiler-life';

const EVENTS: readonly LifeEvent[] = ['asked', 'ready', 'idle', 'remembered', 'ended', 'closed'];

/** In the order of EVENTS. */
const LIFE: { readonly [P in Phase]: readonly Phase[] } = {
  unborn: ['thawing', 'unborn', 'unborn', 'unborn', 'unborn', 'closed'],
  thawing: ['thawing', 'awake', 'thawing', 'thawing', 'dead', 'closed'],
  awake: ['awake', 'awake', 'drowsy', 'awake', 'dead', 'closed'],
  drowsy: ['awake', 'drowsy', 'drowsy', 'asleep', 'dead', 'closed'],
  asleep: ['thawing', 'asleep', 'asleep', 'asleep', 'asleep', 'closed'],
  dead: ['thawing', 'dead', 'dead', 'dead', 'dead', 'closed'],
  closed: ['closed', 'closed', 'closed', 'closed', 'closed', 'closed'],
};

for (const [phase, after] of Object.entries(LIFE) as [Phase, Phase[]][]) {
  test(`A compiler that is ${phase} becomes ${[...new Set(after)].join(', ')}`, () => {
    assert.deepEqual(
      EVENTS.map((event) => nextPhase(phase, event)),
      after,
    );
  });
}

test('A question makes every compiler that has no process start one, except where the kernel ends', () => {
  for (const phase of Object.keys(LIFE) as Phase[]) {
    assert.equal(hasProcess(nextPhase(phase, 'asked')), phase !== 'closed', phase);
  }
});

test('PARLAB_COMPILER_IDLE is a number of seconds; what is none is told, and two minutes are taken', () => {
  const cases: [asked: string | undefined, ms: number | undefined, isFault?: true][] = [
    [undefined, 120_000],
    ['', 120_000],
    ['30', 30_000],
    [' 0.05 ', 50],
    ['.5', 500],
    ['0', undefined],
    ['0.0', undefined],
    ['-0', undefined],
    ['-1', 120_000, true],
    ['two minutes', 120_000, true],
    ['Infinity', 120_000, true],
    ['NaN', 120_000, true],
    ['99999999999', 2 ** 31 - 1],
  ];
  for (const [asked, ms, isFault] of cases) {
    const found = idleTime(asked);
    assert.equal(found.ms, ms, `${asked}`);
    assert.equal(found.fault !== undefined, isFault === true, `${asked}`);
    if (isFault)
      assert.match(found.fault ?? '', /^PARLAB_COMPILER_IDLE is ".*", which is no number of seconds/);
  }
});
