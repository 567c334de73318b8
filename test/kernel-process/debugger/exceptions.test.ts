// Stopping where an error is thrown: caught ones, uncaught ones, in synchronous code and behind an await.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { DebugClient } from '../../support/kernel/debug-client';
import { sharedKernel } from '../../support/kernel/real-kernel';

const throwing: { what: string; code: string; kind: 'caught' | 'uncaught'; line: number }[] = [
  { what: 'an error of the cell', code: '1;\nthrow new Error("plain");', kind: 'uncaught', line: 2 },
  {
    what: 'an error in a function',
    code: 'function f() {\n  throw new Error("inner");\n}\nf();',
    kind: 'uncaught',
    line: 2,
  },
  {
    what: 'an error that the cell catches',
    code: 'try {\n  JSON.parse("{");\n} catch {}',
    kind: 'caught',
    line: 2,
  },
  {
    what: 'an error that a caller catches',
    code: 'function f() {\n  throw new Error("inner");\n}\ntry { f(); } catch {}',
    kind: 'caught',
    line: 2,
  },
  {
    what: 'an error after an await',
    code: 'await null;\nthrow new Error("late");',
    kind: 'uncaught',
    line: 2,
  },
  {
    what: 'an error after an await in a function whose caller catches',
    code: 'async function f() {\n  await null;\n  throw new Error("late");\n}\ntry { await f(); } catch {}',
    kind: 'caught',
    line: 3,
  },
  {
    what: 'an error that hangs on a promise with a catch',
    code: 'async function f() {\n  await null;\n  throw new Error("late");\n}\nawait f().catch(() => 0);',
    kind: 'caught',
    line: 3,
  },
];

describe('a debugger that stops at exceptions', () => {
  const kernel = sharedKernel();
  let client: DebugClient;
  before(async () => {
    client = new DebugClient(kernel);
    await client.attach();
  });

  for (const { what, code, kind, line } of throwing) {
    test(`takes ${what} for ${kind}`, async () => {
      const other = kind === 'caught' ? 'uncaught' : 'caught';
      await client.ask('setExceptionBreakpoints', { filters: [other] });
      const undisturbed = kernel.client.execute(code);
      await undisturbed.done();
      await client.ask('setExceptionBreakpoints', { filters: [kind] });
      const cell = kernel.client.execute(code);
      const { top, threadId, body } = await client.stopped('exception');
      assert.equal(top.line, line);
      const info = await client.ask('exceptionInfo', { threadId });
      assert.equal(info.breakMode, kind === 'caught' ? 'always' : 'unhandled');
      assert.equal(body.text, info.description);
      await client.ask('continue', { threadId });
      assert.equal((await cell.done()).status, kind === 'caught' ? 'ok' : 'error');
    });
  }

  test('refuses a kind that it does not know, with a sentence', async () => {
    const answer = await client.answer('setExceptionBreakpoints', { filters: ['raised'] });
    assert.ok(!answer.success && /uncaught or caught/.test(answer.message));
  });
});
