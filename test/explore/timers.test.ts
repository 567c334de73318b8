// Timers of an explored program are those of Node: what they keep going, and in whose name their callbacks run.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setInterval as ticks, setTimeout as wait } from 'node:timers/promises';
import { explore, Process, RLock } from '../../src';
import { nothingLeft } from '../support/processes/nothing-left';

/** No machine is so busy that it would pass before the end. */
const LONG_MS = 60_000;

/** In a child, whose end shows what keeps it going: what it printed, and its exit code. */
const unneeded: { readonly [what: string]: readonly [() => unknown, printed: string, code: number] } = {
  'an interval with unref()': [() => void setInterval(() => console.log('tick'), LONG_MS).unref(), '', 0],
  'a timeout with unref()': [() => void setTimeout(() => console.log('late'), LONG_MS).unref(), '', 0],
  'an immediate with unref()': [() => void setImmediate(() => {}).unref(), '', 0],
  'a timeout with unref() and ref()': [
    () =>
      void setTimeout(() => console.log('late'), 5)
        .unref()
        .ref(),
    'late\n',
    0,
  ],
  'hasRef()': [
    () => {
      const timer = setTimeout(() => {}, 5);
      console.log(timer.hasRef(), timer.unref().hasRef(), timer.ref().hasRef());
    },
    'true false true\n',
    0,
  ],
  'an interval with unref(), while another timer goes': [
    () => {
      let count = 0;
      setInterval(() => count++, 5).unref();
      setTimeout(() => console.log(count > 0), 50);
    },
    'true\n',
    0,
  ],
  'an awaited timeout with unref()': [
    () => new Promise((resolve) => setTimeout(resolve, LONG_MS).unref()),
    '',
    13,
  ],
  'an awaited timeout with { ref: false }': [() => wait(LONG_MS, undefined, { ref: false }), '', 13],
  'an awaited interval with { ref: false }': [
    async () => {
      for await (const _ of ticks(LONG_MS, undefined, { ref: false })) console.log('tick');
    },
    '',
    13,
  ],
  'AbortSignal.timeout()': [() => void AbortSignal.timeout(LONG_MS), '', 0],
};

describe('only what needs the process keeps it going', () => {
  for (const [what, [target, printed, code]] of Object.entries(unneeded)) {
    test(what, async () => {
      const program = async () => {
        const child = new Process({ target });
        child.start();
        await child.join();
        return child.exitcode;
      };
      const { outcomes } = await explore(program);
      const told = outcomes.map(({ outcome }) => [outcome.printed.join(''), outcome.returned]);
      assert.deepEqual(told, [[printed, code]]);
      assert.equal(await program(), code, 'really');
    });
  }
});

const soon: { readonly [what: string]: (callback: () => void) => void } = {
  setTimeout: (callback) => void setTimeout(callback, 1),
  setImmediate: (callback) => void setImmediate(callback),
  queueMicrotask,
  nextTick: (callback) => process.nextTick(callback),
  setInterval: (callback) => {
    const timer = setInterval(() => {
      clearInterval(timer);
      callback();
    }, 1);
  },
};

const work: { readonly [what: string]: (lock: RLock) => unknown } = {
  'takes it twice': async (lock) => {
    await lock.acquire();
    await lock.acquire();
    lock.release();
    lock.release();
    return lock.locked();
  },
  'takes it twice, blocking': (lock) => {
    lock.acquireSync();
    lock.acquireSync();
    lock.release();
    lock.release();
    return lock.locked();
  },
  'takes it with(), within with()': async (lock) => await lock.with(() => lock.with(() => lock.locked())),
  'releases what it has not': (lock) => lock.release(),
};

/** What it comes to, set by one who has the lock or not. */
async function comesTo(
  later: (callback: () => void) => void,
  does: (lock: RLock) => unknown,
  isHeld: boolean,
) {
  const lock = new RLock({ name: 'door' });
  const found = new Promise<unknown>((resolve) => {
    const run = () =>
      later(async () => {
        try {
          resolve(await does(lock));
        } catch (error) {
          resolve(`${(error as Error).name}: ${(error as Error).message}`);
        }
      });
    if (!isHeld) run();
    else
      void (async () => {
        const held = await lock.acquire();
        run();
        await wait(20);
        held.release();
      })();
  });
  return await found;
}

describe('an RLock in a callback', () => {
  for (const [when, later] of Object.entries(soon)) {
    for (const [what, does] of Object.entries(work)) {
      for (const isHeld of [false, true]) {
        // It would block the one who has it.
        if (isHeld && what === 'takes it twice, blocking') continue;
        test(`of ${when} ${what}${isHeld ? ', set by a task that has it' : ''}`, async () => {
          const real = await comesTo(later, does, isHeld);
          const { outcomes } = await explore(() => comesTo(later, does, isHeld));
          const told = outcomes.map(
            ({ outcome }) => outcome.hang ?? outcome.failures[0]?.error ?? outcome.returned,
          );
          assert.deepEqual(told, [real]);
        });
      }
    }
  }
});

after(nothingLeft);
