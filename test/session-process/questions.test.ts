// A cell can ask the person at the notebook, blocking or awaiting, and is refused politely where nobody answers.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedSession } from '../support/session/session-driver';

describe('a question', () => {
  const session = sharedSession();

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

  const lines = "require('node:readline').createInterface({ input: process.stdin, output: process.stdout })";
  const readers: [what: string, code: string][] = [
    [
      'readline/promises',
      `const asker = require('node:readline/promises').createInterface({ input: process.stdin, output: process.stdout });
      exports.result = [await asker.question('Name? '), await asker.question('Age? ')];
      asker.close();`,
    ],
    [
      'readline',
      `const asker = ${lines};
      const question = (text) => new Promise((go) => asker.question(text, go));
      exports.result = [await question('Name? '), await question('Age? ')];
      asker.close();`,
    ],
    [
      'the lines of an interface',
      `exports.result = [];
      for await (const line of ${lines}) if (exports.result.push(line) === 2) break;`,
    ],
    [
      'process.stdin itself',
      `exports.result = [];
      for await (const chunk of process.stdin) if (exports.result.push(String(chunk).trim()) === 2) break;`,
    ],
    [
      'its data, one after the other',
      `exports.result = [];
      for (let i = 0; i < 2; i++) {
        const data = await new Promise((go) => process.stdin.once('data', go).resume());
        process.stdin.pause();
        exports.result.push(String(data).trim());
      }`,
    ],
  ];
  for (const [what, code] of readers) {
    test(`is asked by ${what}, once a line, and again in a later cell`, async () => {
      for (const _ of [1, 2]) {
        const { outcome, tag } = await session.evaluate(`{ ${code} }`, {
          isAsync: true,
          resultName: 'result',
          meanwhile: async (now) => {
            for (const nth of [1, 2]) {
              const { question } = await asked(now, nth);
              session.answer({ type: 'answered', question, text: `line ${nth}` });
            }
          },
        });
        assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': "[ 'line 1', 'line 2' ]" } });
        await session.evaluate("await new Promise((go) => setTimeout(go, 60)); console.log('next');", {
          isAsync: true,
        });
        assert.equal(session.of(tag).reports.filter(({ type }) => type !== 'asked').length, 1);
        assert.equal(session.of(tag).reports.filter(({ type }) => type === 'asked').length, 2);
      }
    });
  }

  test('of process.stdin says so where nobody answers, and nobody is asked by who only looks at it', async () => {
    const refused = await session.evaluate('for await (const line of process.stdin);', {
      isAsync: true,
      allowStdin: false,
    });
    assert.match(JSON.stringify(refused.outcome), /process\.stdin cannot ask: nobody answers questions/);
    const { reports } = await session.evaluate(
      "process.stdin.unref(); process.stdin.isTTY; process.stdin.setEncoding('utf8'); process.stdin.pause(); await new Promise((go) => setTimeout(go, 60));",
      { isAsync: true },
    );
    assert.deepEqual(reports, [{ type: 'returned' }]);
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

  test('may be asked often in one cell without a word of Node.js about listeners', async () => {
    const often = 12;
    const { outcome, stderr } = await session.evaluate(
      `for (let i = 0; i < ${often}; i++) exports.result = await __interruptible(exports.input('More? '));`,
      {
        isAsync: true,
        resultName: 'result',
        meanwhile: async (tag) => {
          for (let nth = 1; nth <= often; nth++) {
            const { question } = await asked(tag, nth);
            session.answer({ type: 'answered', question, text: `${nth}` });
          }
        },
      },
    );
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': `'${often}'` } });
    assert.equal(stderr, '');
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

  for (const [code, question, text, result] of [
    ["exports.prompt('Name?', 'Ada')", 'Name? [Ada] ', '', "'Ada'"],
    ["exports.prompt('Name?', 'Ada')", 'Name? [Ada] ', 'Eve', "'Eve'"],
    ["exports.confirm('Sure?')", 'Sure? [y/N] ', ' Yes', 'true'],
    ["exports.confirm('Sure?')", 'Sure? [y/N] ', '', 'false'],
    ["exports.alert('Done') ?? 'seen'", 'Done [Enter] ', '', "'seen'"],
  ] as const) {
    test(`by ${code}, answered with "${text}", gives ${result}`, async () => {
      const { outcome } = await session.evaluate(`exports.result = ${code};`, {
        resultName: 'result',
        meanwhile: async (tag) => {
          const first = await asked(tag);
          assert.equal(first.prompt, question);
          session.answer({ type: 'answered', question: first.question, text });
        },
      });
      assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': result } });
    });
  }

  test('of an interface that an earlier cell has left open is asked, and only that', async () => {
    await session.evaluate(
      "exports.rl = require('node:readline/promises').createInterface({ input: process.stdin, output: process.stdout });",
    );
    const quiet = await session.evaluate(
      "console.log('no question'); await new Promise((go) => setTimeout(go, 100));",
      { isAsync: true },
    );
    assert.deepEqual(
      quiet.reports.map(({ type }) => type),
      ['returned'],
    );
    const { outcome } = await session.evaluate("exports.result = await exports.rl.question('Name? ');", {
      isAsync: true,
      resultName: 'result',
      meanwhile: async (tag) => {
        session.answer({ type: 'answered', question: (await asked(tag)).question, text: 'Ada' });
      },
    });
    await session.evaluate('exports.rl.close();');
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': "'Ada'" } });
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
});
