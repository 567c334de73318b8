// Many of one program that wait for the same thing, and are woken again and again: nothing gathers meanwhile.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openRoom } from './room';

const room = openRoom();
const run = promisify(execFile);
const MANY = 25;

test(`${MANY} waits for a barrier, a semaphore, an event and a lock end, and Node warns of nothing`, async () => {
  const text = `
    const { getContext } = require(${JSON.stringify(require.resolve('../../src/index'))});
    const mp = getContext(${JSON.stringify(room.broker.url())});
    const all = (wait) => Promise.all(Array.from({ length: ${MANY} }, wait));
    (async () => {
      const [barrier, semaphore, event, lock] = [new mp.Barrier(${MANY}), new mp.Semaphore(0), new mp.Event(), new mp.Lock()];
      await all(() => barrier.wait());
      const permits = all(() => semaphore.acquire());
      for (let i = 0; i < ${MANY}; i++) await semaphore.release();
      await permits;
      const seen = all(() => event.wait());
      for (let i = 0; i < ${MANY}; i++) { await event.set(); if (i + 1 < ${MANY}) await event.clear(); }
      await seen;
      await all(() => lock.with(() => {}));
      console.log('done');
    })();`;
  const { stdout, stderr } = await run(process.execPath, ['-e', text], { timeout: 60_000 });
  assert.equal(stdout, 'done\n');
  assert.equal(stderr, '');
});
