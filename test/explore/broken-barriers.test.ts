// A barrier that was broken before explore() began, or at which one has died, goes on as the real one.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Barrier, explore, Process, sleep } from '../../src';
import { nothingLeft } from '../support/processes/nothing-left';

const befores: { readonly [what: string]: (start: Barrier) => Promise<void> } = {
  'one has died at it': async (start) => {
    const ada = new Process({ name: 'Ada', target: async () => void (await start.wait()) });
    ada.start();
    while (start.nWaiting < 1) await sleep(5);
    ada.kill();
    await ada.join();
  },
  'it was aborted': async (start) => start.abort(),
  'one has waited too long': async (start) => void (await start.wait({ timeout: 1 }).catch(() => {})),
};

const said = (error: Error) => error.message.replace(/pid \d+/, 'pid …');
const uses: { readonly [what: string]: (start: Barrier) => Promise<unknown> } = {
  looks: async () => undefined,
  waits: (start) => start.wait().catch(said),
  'waits with a timeout': (start) => start.wait({ timeout: 20 }).catch(said),
  'waits, blocking': async (start) => {
    try {
      return start.waitSync();
    } catch (error) {
      return said(error as Error);
    }
  },
  'waits in a child': async (start) => {
    const target = async () => console.log(await start.wait().catch(said));
    const bob = new Process({ name: 'Bob', target });
    bob.start();
    await bob.join();
  },
  'resets it': async (start) => start.reset(),
  'aborts it': async (start) => start.abort(),
};

for (const [before, spoil] of Object.entries(befores)) {
  describe(before, () => {
    for (const [what, use] of Object.entries(uses)) {
      test(`and the program ${what}`, async () => {
        const [explored, real] = [new Barrier(3), new Barrier(3)];
        await spoil(explored);
        await spoil(real);
        const tell = async (start: Barrier) => [await use(start), start.nWaiting, start.broken];
        const { outcomes } = await explore(() => tell(explored));
        assert.deepEqual(
          outcomes.map(({ outcome }) => outcome.hang ?? outcome.failures[0]?.error ?? outcome.returned),
          [await tell(real)],
        );
      });
    }
  });
}

test('a barrier at which somebody waits who lives is refused', async () => {
  const start = new Barrier(2);
  const ada = new Process({ target: async () => void (await start.wait()) });
  ada.start();
  while (start.nWaiting < 1) await sleep(5);
  await assert.rejects(
    explore(() => start.wait()),
    /explore\(\) does not know a barrier at which somebody waits yet/,
  );
  await start.wait();
  await ada.join();
});

after(nothingLeft);
