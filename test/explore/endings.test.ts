// Processes that are ended from outside, and exit codes: what explore() finds is what really comes.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { explore, Process, sleep } from '../../src';
import { nothingLeft } from '../support/processes/nothing-left';
import { endedBy, exitcodes, exits, moments, signals } from './primitives/endings';

const numbers = { terminate: -15, kill: -9, interrupt: -2 } as const;
/** How a child ends that was quicker. */
const byItself: { readonly [moment: string]: number } = {
  asleep: 0,
  'asleep, and blocking': 0,
  'waiting for an item, and blocking': 1,
  'waiting for the end of its own child': 0,
  'at its end': 0,
  printing: 0,
  failing: 1,
  exiting: 3,
};

async function codesOf(program: () => Promise<unknown>): Promise<unknown[]> {
  const { outcomes, isComplete } = await explore(program);
  assert.ok(isComplete);
  return [...new Set(outcomes.map(({ outcome }) => outcome.returned))].sort();
}

describe('a child is ended at any moment', () => {
  for (const [moment, target] of Object.entries(moments)) {
    // Nobody has that lock in there, so it is another moment than the one of the name.
    if (moment === 'waiting for a lock') continue;
    for (const signal of signals) {
      test(`${signal}() while it is ${moment}`, async () => {
        const own = byItself[moment];
        const expected = own === undefined ? [numbers[signal]] : [numbers[signal], own];
        assert.deepEqual(await codesOf(() => endedBy(signal, target)), expected.sort());
      });
    }
  }

  test('by the first of two signals', async () => {
    const program = async () => {
      const child = new Process({ target: () => sleep(1000) });
      child.start();
      child.terminate();
      child.kill();
      await child.join();
      return child.exitcode;
    };
    assert.deepEqual(await codesOf(program), [-15, 0]);
  });
});

describe('who goes on for ever is accused only where that keeps the program from its end', () => {
  const endless = () => {
    for (;;);
  };
  for (const [what, isFine, program] of [
    ['a daemon', true, async () => new Process({ target: endless, daemon: true }).start()],
    ['one that is ended', true, () => endedBy('terminate', endless)],
    [
      'a daemon that sleeps now and then',
      true,
      async () => {
        const target = async () => {
          for (;;) await sleep(10);
        };
        new Process({ target, daemon: true }).start();
        console.log('done');
      },
    ],
    [
      'one that is ended after a while',
      true,
      async () => {
        const child = new Process({ target: endless });
        child.start();
        await sleep(100);
        child.kill();
      },
    ],
    ['a child', false, async () => new Process({ target: endless }).start()],
    [
      'one that is joined',
      false,
      async () => {
        const child = new Process({ target: endless, daemon: true });
        child.start();
        await child.join();
      },
    ],
    ['the main process', false, async () => endless()],
  ] as const) {
    test(`${what}: ${isFine ? 'fine' : 'told'}`, async () => {
      const { outcomes } = await explore(program as () => Promise<unknown>);
      const hangs = outcomes.map(({ outcome }) => outcome.hang);
      assert.deepEqual([...new Set(hangs.map((hang) => hang === undefined))], [isFine], String(hangs));
      if (!isFine) assert.match(String(hangs[0]), / goes on for ever/);
    });
  }
});

test('exit codes are those of real processes', async () => {
  const real = await exitcodes(exits);
  const { outcomes } = await explore(() => exitcodes(exits));
  const names = Object.keys(exits);
  const named = (codes: unknown) =>
    Object.fromEntries(names.map((name, at) => [name, (codes as number[])[at]]));
  // What is printed may differ.
  const explored = new Set(outcomes.map(({ outcome }) => JSON.stringify(outcome.returned)));
  assert.equal(explored.size, 1);
  assert.deepEqual(named(outcomes[0]?.outcome.returned), named(real));
});

after(nothingLeft);
