// Whatever a program has loaded, set, frozen or replaced: an interrupt ends what it does next, its cells end, and it is heard.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordinary } from '../programs/broken';
import { nothingLeft } from '../support/processes/nothing-left';
import { stopwatch } from '../support/processes/stopwatch';
import { SessionDriver } from '../support/session/session-driver';

const BEFORE_MS = 60;
/** Half a second, and much more for a slow machine. */
const SOON_MS = 3000;

const loops: { what: string; code: string; isAsync?: boolean }[] = [
  { what: 'a loop', code: 'for (;;);' },
  { what: 'a loop after an await', code: 'await __interruptible(0); for (;;);', isAsync: true },
  {
    what: 'a promise that never settles',
    code: 'await __interruptible((async () => { for await (const _ of { [exports.asyncIterator]() { return { next: () => exports.never }; } }); })());',
    isAsync: true,
  },
  { what: 'Atomics.wait', code: 'exports.wait(exports.word, 0, 0);' },
  { what: 'a slow expression', code: 'exports.test(exports.slow);' },
  {
    what: 'a program',
    code: "exports.execFileSync('sleep', ['100']);",
  },
];

/** Taken before anything is broken: it is not the loops that are tried here. */
const PREPARE = `
  exports.kept = 1;
  exports.asyncIterator = Symbol.asyncIterator;
  exports.never = new Promise(() => {});
  exports.wait = Atomics.wait;
  exports.word = new Int32Array(new SharedArrayBuffer(4));
  exports.test = RegExp.prototype.test.bind(/^(a*)*b$/);
  exports.slow = 'a'.repeat(40);
  exports.execFileSync = require('node:child_process').execFileSync;
`;

describe('after', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'broken-'));
    writeFileSync(join(directory, 'local.ts'), 'export const twice = (n: number): number => 2 * n;\n');
  });
  after(async () => {
    rmSync(directory, { recursive: true });
    await nothingLeft();
  });

  for (const { what, code, isAsync = false } of ordinary) {
    test(`${what}, an interrupt ends whatever runs, and the variables stay`, async () => {
      const session = new SessionDriver({ cwd: directory });
      try {
        await session.evaluate(PREPARE);
        await session.evaluate(code, { isAsync });
        for (const loop of loops) {
          await interruptedSoon(session, loop);
          const kept = await session.evaluate('exports.result = exports.kept;', { resultName: 'result' });
          assert.deepEqual(kept.outcome, { type: 'returned', bundle: { 'text/plain': '1' } }, loop.what);
        }
        await session.evaluate('exports.n = 41;');
        const next = await session.evaluate('exports.result = exports.n + 1;', { resultName: 'result' });
        assert.deepEqual(next.outcome, { type: 'returned', bundle: { 'text/plain': '42' } });
      } finally {
        session.child.kill('SIGKILL');
        await session.stop();
      }
    });
  }

  test('100 interrupts, one more ends what runs', async () => {
    const session = new SessionDriver({ cwd: directory });
    try {
      await session.evaluate(PREPARE);
      for (let i = 0; i < 100; i++) await interruptedSoon(session, loops[i % 2] as (typeof loops)[number], 5);
      for (const loop of loops) await interruptedSoon(session, loop);
      const kept = await session.evaluate('exports.result = exports.kept;', { resultName: 'result' });
      assert.deepEqual(kept.outcome, { type: 'returned', bundle: { 'text/plain': '1' } });
    } finally {
      await session.stop();
    }
  });

  async function interruptedSoon(
    session: SessionDriver,
    { what, code, isAsync = false }: (typeof loops)[number],
    beforeMs = BEFORE_MS,
  ) {
    let took = (): number => Number.NaN;
    const ended = await session.evaluate(code, {
      isAsync,
      meanwhile: async () => {
        await sleep(beforeMs);
        took = stopwatch(session.child.pid);
        session.interrupt();
      },
    });
    assert.equal(ended.outcome.type, 'interrupted', `${what}: ${JSON.stringify(ended.outcome)}`);
    assert.ok(took() < SOON_MS, `${what}: ${took()} ms`);
    const noted = session.heard.flatMap(({ report }) => (report?.type === 'noted' ? report.sentence : []));
    assert.deepEqual(noted, [], what);
  }
});
