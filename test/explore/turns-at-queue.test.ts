// Waits of one process for one queue take turns: what is explored comes in the order in which it really comes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { explore, Lock, Process, Queue } from '../../src';
import { nothingLeft } from '../support/processes/nothing-left';

const programs: { readonly [what: string]: () => Promise<unknown> } = {
  'puts into a full queue that nobody awaits': async () => {
    const queue = new Queue<number>(1);
    const puts = [1, 2, 3].map((item) => queue.put(item));
    const out = [await queue.get(), await queue.get(), await queue.get()];
    await Promise.all(puts);
    return out;
  },
  'puts of a child into a full queue': async () => {
    const queue = new Queue<number>(1);
    const child = new Process({ target: () => void [1, 2, 3].map((item) => queue.put(item)) });
    child.start();
    const out = [await queue.get(), await queue.get(), await queue.get()];
    await child.join();
    return out;
  },
  'gets that wait': async () => {
    const queue = new Queue<number>();
    const gets = [queue.get(), queue.get(), queue.get()];
    const child = new Process({
      target: async () => {
        for (const item of [1, 2, 3]) await queue.put(item);
      },
    });
    child.start();
    const out = await Promise.all(gets);
    await child.join();
    return out;
  },
  'a lock that one process wants twice': async () => {
    const lock = new Lock();
    const said: number[] = [];
    await lock.acquire();
    const both = [1, 2].map((turn) => lock.with(() => void said.push(turn)));
    lock.release();
    await Promise.all(both);
    return said;
  },
};

test('a join() that nobody awaits is not over yet, in some order', async () => {
  const { outcomes } = await explore(async () => {
    const child = new Process({ target: () => {} });
    child.start();
    const joined = child.join();
    const { exitcode } = child;
    await joined;
    return exitcode;
  });
  assert.deepEqual(new Set(outcomes.map(({ outcome }) => outcome.returned)), new Set([null, 0]));
});

for (const [what, program] of Object.entries(programs)) {
  test(`${what}: in every order as in reality`, async () => {
    const real = await program();
    const { outcomes, isComplete } = await explore(program);
    assert.ok(isComplete);
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome.returned),
      [real],
    );
  });
}

after(nothingLeft);
