// Code that is busy with what Node keeps a stack of async hooks for: wherever an interrupt finds it, it is ended, and the
// session goes on. How often it is found where it may not be cut differs; a few times each is what can be afforded.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedSession } from '../support/session/session-driver';

const TIMES = 6;
/** Long enough for V8 to inline what is called most. */
const BEFORE_MS = 80;

const never = 'await new Promise(() => {});';
const resource = "const resource = new (require('node:async_hooks').AsyncResource)('test');";

const loops: Record<string, string> = {
  'awaits of nothing': 'for (;;) await null;',
  'awaits of async functions':
    'const g = async () => { await null; }; const f = async () => { await null; return g(); }; for (;;) await f();',
  'awaits of thenables': 'const thenable = { then(take) { take(1); } }; for (;;) await thenable;',
  'an async generator': 'async function* g() { for (;;) yield 1; } for await (const _ of g());',
  'promises that go on with each other': `const f = () => { Promise.resolve().then(f); }; f(); ${never}`,
  microtasks: `const f = () => { queueMicrotask(f); }; f(); ${never}`,
  'ticks of process.nextTick': `const f = () => { process.nextTick(f); }; f(); ${never}`,
  'ticks with arguments': `const f = (a, b) => { process.nextTick(f, a, b); }; f(1, 2); ${never}`,
  'ticks and promises': `const f = () => { process.nextTick(() => Promise.resolve().then(f)); }; f(); ${never}`,
  'an AsyncResource': `${resource} const g = () => {}; for (;;) resource.runInAsyncScope(g);`,
  'an AsyncResource that works': `${resource} let n = 0; const g = () => { for (let i = 0; i < 3; i++) n += Math.sin(i); }; for (;;) resource.runInAsyncScope(g);`,
  'functions bound to an AsyncResource': `const r = require('node:async_hooks').AsyncResource.bind(() => {}); const f = () => { r(); queueMicrotask(f); }; f(); ${never}`,
  'an AsyncLocalStorage':
    "const storage = new (require('node:async_hooks').AsyncLocalStorage)(); const g = () => {}; for (;;) storage.run(1, g);",
  'an EventEmitterAsyncResource':
    "const { EventEmitterAsyncResource } = require('node:events'); const e = new EventEmitterAsyncResource({ name: 'test' }); e.on('x', () => {}); for (;;) e.emit('x');",
  // Last: its hooks stay.
  'hooks of its own':
    "require('node:async_hooks').createHook({ init() {}, before() {}, after() {} }).enable(); for (;;) await null;",
};

describe('an interrupt', () => {
  const session = sharedSession();
  before(async () => {
    await session.evaluate('exports.kept = 1;');
  });

  for (const [what, code] of Object.entries(loops)) {
    test(`ends ${what}, wherever it finds them`, async () => {
      for (let time = 0; time < TIMES; time++) {
        const { outcome } = await session.evaluate(code, {
          isAsync: true,
          meanwhile: async () => {
            await sleep(BEFORE_MS * Math.random());
            session.interrupt();
          },
        });
        assert.equal(outcome.type, 'interrupted', JSON.stringify(outcome));
      }
      const { outcome } = await session.evaluate('if (exports.kept !== 1) throw new Error();');
      assert.equal(outcome.type, 'returned', JSON.stringify(outcome));
    });
  }
});
