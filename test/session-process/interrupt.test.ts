// One interrupt stops whatever a cell does, soon, and keeps the variables.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopwatch } from '../support/processes/stopwatch';
import { sharedSession } from '../support/session/session-driver';

/** Long enough for a loop to be deep in its work. */
const BEFORE_MS = 200;
/** Half a second, and much more for a slow machine. */
const SOON_MS = 3000;

// Waits of the library have a time limit: one that could never end is a DeadlockError after a moment.
const never = 'new Promise(() => {})';
const pause = 'new Promise((done) => setTimeout(done, 20))';

const endless: { what: string; code: string; isAsync?: boolean; line?: number }[] = [
  { what: 'a loop', code: 'exports.kept = 1;\nwhile (true) {}', line: 2 },
  {
    what: 'a loop after an await',
    code: 'await __interruptible(null);\nexports.kept = 1;\nwhile (true) {}',
    isAsync: true,
    line: 3,
  },
  {
    what: 'a loop that awaits nothing',
    code: 'exports.kept = 1;\nfor (;;) await __interruptible(null);',
    isAsync: true,
  },
  {
    what: 'a loop that awaits in code of a package',
    code: 'exports.kept = 1; for (;;) await null;',
    isAsync: true,
  },
  {
    what: 'a promise that never settles',
    code: `exports.kept = 1;\nawait __interruptible(${never});`,
    isAsync: true,
    line: 2,
  },
  {
    what: 'a loop with timers',
    code: `exports.kept = 1;\nfor (;;) await __interruptible(${pause});`,
    isAsync: true,
    line: 2,
  },
  {
    what: 'an interval with an await',
    code: `exports.kept = 1;\nsetInterval(() => console.log('tick'), 5);\nawait __interruptible(${never});`,
    isAsync: true,
    line: 3,
  },
  {
    what: 'a loop that catches every error',
    code: `exports.kept = 1; for (;;) try { await __interruptible(${pause}); } catch {}`,
    isAsync: true,
  },
  {
    what: 'a sleep',
    code: "exports.kept = 1;\nawait __interruptible(require('parlab').sleep(1e8));",
    isAsync: true,
    line: 2,
  },
  { what: 'a sleep that blocks', code: "exports.kept = 1;\nrequire('parlab').sleepSync(1e8);", line: 2 },
  {
    what: 'a loop in a callback',
    code: `exports.kept = 1; setTimeout(() => { for (;;); }, 1); await __interruptible(${never});`,
    isAsync: true,
  },
  { what: 'a loop that prints', code: "exports.kept = 1;\nfor (;;) console.log('x');", line: 2 },
  {
    what: 'a loop in async iteration',
    code: 'exports.kept = 1; for await (const _ of __interruptibleIterable((async function* () { for (;;) yield 1; })()));',
    isAsync: true,
  },
  { what: 'a question', code: "exports.kept = 1;\nprompt('Name? ');", line: 2 },
  {
    what: 'an awaited question',
    code: "exports.kept = 1; await __interruptible(exports.input('Name? '));",
    isAsync: true,
  },
  {
    what: 'a lock that blocks',
    code: "exports.kept = 1;\nconst { Lock } = require('parlab'); const lock = new Lock(); lock.acquireSync(); lock.acquireSync({ timeout: 60_000 });",
    line: 2,
  },
  {
    what: 'a lock that is awaited',
    code: "exports.kept = 1; const { Lock } = require('parlab'); const lock = new Lock(); await __interruptible(lock.acquire()); await __interruptible(lock.acquire({ timeout: 60_000 }));",
    isAsync: true,
  },
  {
    what: 'an empty queue',
    code: "exports.kept = 1; const { Queue } = require('parlab'); new Queue().getSync({ timeout: 60_000 });",
  },
  {
    what: 'a child that is awaited',
    code: "exports.kept = 1; const { Process } = require('parlab'); const p = new Process({ target: () => { for (;;); } }); p.start(); await __interruptible(p.join());",
    isAsync: true,
  },
  {
    what: 'a child that is joined',
    code: "exports.kept = 1; const { Process } = require('parlab'); const p = new Process({ target: () => { for (;;); } }); p.start(); p.joinSync();",
  },
];

describe('an interrupt', () => {
  const session = sharedSession();

  for (const { what, code, isAsync = false, line } of endless) {
    test(`stops ${what}`, async () => {
      await session.evaluate('exports.kept = 0;');
      let took = (): number => Number.NaN;
      const beginning = `console.log('begun'); ${code.replace('prompt(', 'exports.prompt(')}`;
      const ended = await session.evaluate(beginning, {
        isAsync,
        meanwhile: async (tag) => {
          // On a busy machine the signal, which has a pipe of its own, could overtake the cell.
          await session.until(() => session.of(tag).stdout.includes('begun'));
          await sleep(BEFORE_MS);
          took = stopwatch(session.child.pid);
          session.interrupt();
        },
      });
      assert.ok(took() < SOON_MS, `${took()} ms`);
      assert.equal(ended.outcome.type, 'interrupted', JSON.stringify(ended.outcome));
      assert.ok(ended.outcome.type === 'interrupted' && ended.outcome.name === 'KeyboardInterrupt');
      if (line !== undefined)
        assert.match(ended.outcome.traceback.join('\n'), new RegExp(`Cell \\d+:${line}:`));
      const kept = await session.evaluate('exports.value = exports.kept;', { resultName: 'value' });
      assert.deepEqual(kept.outcome, { type: 'returned', bundle: { 'text/plain': '1' } });
    });
  }

  test('that overtakes its cell ends it before it begins, and no later one', async () => {
    const before = await session.evaluate('exports.value = 1;', { resultName: 'value' });
    session.interrupt(Number(before.tag.split('-')[1]) + 1);
    await sleep(BEFORE_MS);
    const ended = await session.evaluate('console.log("begun");');
    assert.deepEqual([ended.outcome.type, ended.stdout], ['interrupted', '']);
    const later = await session.evaluate('exports.value = 2;', { resultName: 'value' });
    assert.deepEqual(later.outcome, { type: 'returned', bundle: { 'text/plain': '2' } });
  });

  test('lets finally blocks run, also what they await', async () => {
    const ended = await session.evaluate(
      `try { await __interruptible(${never}); } finally { console.log('closing'); await __interruptible(${pause}); console.log('closed'); }`,
      { isAsync: true, meanwhile: () => void setTimeout(() => session.interrupt(), BEFORE_MS) },
    );
    assert.equal(ended.outcome.type, 'interrupted');
    assert.equal(ended.stdout, 'closing\nclosed\n');
  });

  test('is an error that a cell can catch', async () => {
    const ended = await session.evaluate(
      `try { await __interruptible(${never}); } catch (error) { exports.name = error.name; }`,
      {
        isAsync: true,
        resultName: 'name',
        meanwhile: () => void setTimeout(() => session.interrupt(), BEFORE_MS),
      },
    );
    assert.deepEqual(ended.outcome, { type: 'returned', bundle: { 'text/plain': "'KeyboardInterrupt'" } });
  });

  test('clears the timers of the cell, and of no other', async () => {
    const other = await session.evaluate("exports.other = setInterval(() => console.log('other'), 20);");
    const mine = await session.evaluate(
      `setInterval(() => console.log('mine'), 20); await __interruptible(${never});`,
      {
        isAsync: true,
        meanwhile: () => void setTimeout(() => session.interrupt(), BEFORE_MS),
      },
    );
    const before = [session.of(other.tag).stdout.length, session.of(mine.tag).stdout.length] as const;
    await session.until(() => session.of(other.tag).stdout.length > before[0] + 20);
    assert.equal(session.of(mine.tag).stdout.length, before[1]);
    await session.evaluate('clearInterval(exports.other);');
  });

  test('ends the children of the cell, and of no other', async () => {
    await session.evaluate(
      "exports.Process = require('parlab').Process; exports.first = new exports.Process({ target: () => { for (;;); } }); exports.first.start();",
    );
    await session.evaluate(
      'exports.second = new exports.Process({ target: () => { for (;;); } }); exports.second.start(); for (;;);',
      { meanwhile: () => void setTimeout(() => session.interrupt(), BEFORE_MS) },
    );
    const alive = await session.evaluate(
      'await exports.second.join(); exports.value = [exports.first.isAlive(), exports.second.isAlive()]; exports.first.kill(); await exports.first.join();',
      { isAsync: true, resultName: 'value' },
    );
    assert.deepEqual(alive.outcome, { type: 'returned', bundle: { 'text/plain': '[ true, false ]' } });
  });

  test('stops the background work of earlier cells when no cell runs', async () => {
    const { tag } = await session.evaluate(
      `(async () => { for (;;) { console.log('tick'); await __interruptible(${pause}); } })();`,
    );
    await session.until(() => session.of(tag).stdout.length > 20);
    session.interrupt();
    await sleep(BEFORE_MS);
    const { length } = session.of(tag).stdout;
    await sleep(BEFORE_MS);
    assert.equal(session.of(tag).stdout.length, length);
  });

  test('while nothing runs does not reach the next cell', async () => {
    session.interrupt();
    await sleep(BEFORE_MS);
    const next = await session.evaluate('const end = Date.now() + 300; while (Date.now() < end);');
    assert.equal(next.outcome.type, 'returned');
  });

  test('that comes while the previous one is still ending is not lost', async () => {
    const interruptSoon = () => void setTimeout(() => session.interrupt(), BEFORE_MS);
    await session.evaluate('for (;;);', { meanwhile: interruptSoon });
    // Asleep, the main thread cannot tell the watcher that the first interrupt is over.
    const asleep = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600); for (;;);';
    const next = await session.evaluate(asleep, { meanwhile: interruptSoon });
    assert.equal(next.outcome.type, 'interrupted');
  });

  test('ends a program that the cell blocks for', { skip: process.platform !== 'linux' }, async () => {
    const ended = await session.evaluate(
      "exports.kept = 3;\nrequire('node:child_process').execSync('sleep 100; true');",
      {
        meanwhile: () => void setTimeout(() => session.interrupt(), BEFORE_MS),
      },
    );
    assert.equal(ended.outcome.type, 'interrupted');
    assert.match(JSON.stringify(ended.outcome), /Cell \d+:2:/);
  });

  test('does not cost the session its timers, promises or output', async () => {
    const ended = await session.evaluate(
      `await __interruptible(${pause}); await __interruptible(require('node:fs/promises').readFile(${JSON.stringify(__filename)})); setImmediate(() => console.log('later')); await __interruptible(${pause}); console.log('done');`,
      { isAsync: true },
    );
    assert.deepEqual([ended.outcome.type, ended.stdout], ['returned', 'later\ndone\n']);
  });
});
