// A cell can ask the person at the notebook, blocking or awaiting, and is refused politely where nobody answers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { SessionDriver } from './session-driver';

describe('a question', () => {
  let session: SessionDriver;
  before(async () => {
    session = new SessionDriver();
    await session.report('', ({ type }) => type === 'ready');
  });
  after(async () => {
    await session.stop();
    await nothingLeft();
  });

  async function asked(tag: string, nth = 1) {
    return session.until(() => {
      const found = session.of(tag).reports.filter(({ type }) => type === 'asked')[nth - 1];
      return found?.type === 'asked' ? found : undefined;
    });
  }

  test('blocks until it is answered', async () => {
    const { outcome } = await session.evaluate(
      "exports.result = [exports.prompt('Name? '), exports.prompt('Secret? ', { password: true })];",
      {
        resultName: 'result',
        meanwhile: async (tag) => {
          const first = await asked(tag);
          assert.deepEqual([first.prompt, first.password], ['Name? ', false]);
          session.answer({ type: 'answered', question: first.question, text: 'Ada' });
          const second = await asked(tag, 2);
          assert.deepEqual([second.prompt, second.password], ['Secret? ', true]);
          session.answer({ type: 'answered', question: second.question, text: '🙂' });
        },
      },
    );
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': "[ 'Ada', '🙂' ]" } });
  });

  test('lets everything else go on when it is awaited', async () => {
    const { outcome, stdout } = await session.evaluate(
      "const timer = setInterval(() => console.log('tick'), 10); exports.result = await __interruptible(exports.input('Name? ')); clearInterval(timer);",
      {
        isAsync: true,
        resultName: 'result',
        meanwhile: async (tag) => {
          const { question } = await asked(tag);
          await session.until(() => session.of(tag).stdout.includes('tick'));
          session.answer({ type: 'answered', question, text: 'Grace' });
        },
      },
    );
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': "'Grace'" } });
    assert.match(stdout, /tick/);
  });

  test('is not answered by an answer to an earlier one', async () => {
    await session.evaluate("exports.prompt('Old? ');", {
      meanwhile: async (tag) => {
        const { question } = await asked(tag);
        session.interrupt();
        await session.report(tag, ({ type }) => type === 'interrupted');
        session.answer({ type: 'answered', question, text: 'old' });
      },
    });
    const { outcome } = await session.evaluate("exports.result = exports.prompt('New? ');", {
      resultName: 'result',
      meanwhile: async (tag) => {
        const { question } = await asked(tag);
        session.answer({ type: 'answered', question, text: 'new' });
      },
    });
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': "'new'" } });
  });

  test('is refused where nobody answers', async () => {
    for (const code of ["exports.prompt('?');", "await exports.input('?');"]) {
      const { outcome, reports } = await session.evaluate(code, { isAsync: true, allowStdin: false });
      assert.ok(outcome.type === 'threw' && outcome.name === 'InputRefusedError');
      assert.match(outcome.message, /nobody answers questions .* Write the value into the cell instead\./);
      assert.equal(reports.length, 1);
    }
  });

  test('that the front end refuses says why', async () => {
    const { outcome } = await session.evaluate("exports.prompt('?');", {
      meanwhile: async (tag) => {
        const { question } = await asked(tag);
        session.answer({ type: 'refused', question, reason: 'The window was closed.' });
      },
    });
    assert.ok(outcome.type === 'threw' && outcome.message === 'The window was closed.');
  });

  test('in a child process says where to ask instead', async () => {
    const { stderr } = await session.evaluate(
      "const { Process } = require('parlab'); const p = new Process({ target: () => exports.prompt('?') }); p.start(); await p.join();",
      { isAsync: true },
    );
    assert.match(stderr, /ask in the cell, and give the child the answer as an argument/);
  });

  test('of a program that reads stdin ends at once', async () => {
    const { outcome } = await session.evaluate(
      "exports.result = ''; for await (const chunk of __interruptibleIterable(process.stdin)) exports.result += chunk;",
      { isAsync: true, resultName: 'result' },
    );
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': "''" } });
  });
});
