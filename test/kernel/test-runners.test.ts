// Tests that stand in cells, by node:test: each is told below its own cell, and one that fails with its error.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Exchange } from '../support/kernel/client';
import { sharedKernel } from '../support/kernel/real-kernel';

describe('a test in a cell', () => {
  const kernel = sharedKernel();
  before(async () => {
    await kernel.client
      .execute(
        "import { before, describe, it, mock, test } from 'node:test';\nimport assert from 'node:assert/strict';",
      )
      .done();
  });

  /** All that stands below the cell when it has ended. */
  function told(exchange: Exchange): string {
    const parts = exchange.published.map(({ type, content }) =>
      type === 'error'
        ? (content.traceback as string[]).join('\n')
        : type === 'stream'
          ? (content.text as string)
          : '',
    );
    return stripVTControlCharacters(parts.join(''));
  }

  async function execute(code: string): Promise<{ cell: Exchange }> {
    const cell = kernel.client.execute(code) as unknown as Exchange;
    await cell.done();
    return { cell };
  }

  const cells: readonly (readonly [title: string, code: string, told: RegExp, failed?: RegExp])[] = [
    ['that passes', "test('adds', () => assert.equal(1 + 1, 2));", /^✔ adds\n$/],
    [
      'that fails',
      "test('adds wrongly', () => {\n  assert.equal(1 + 1, 3);\n});",
      /^✖ adds wrongly\n.*AssertionError[\s\S]*> 2 \| {3}assert\.equal/,
      /^A test has failed: adds wrongly\.$/,
    ],
    [
      'in a group',
      "describe('all', () => {\n  it('one', () => {});\n  it('two', async () => { await 0; throw new TypeError('no'); });\n});",
      /^ {2}✔ one\n {2}✖ two\n[^✖]*TypeError: no[^✖]*✖ all\nTestsFailed/,
      /^A test has failed: two\.$/,
    ],
    ['that is awaited', "await test('waits', async () => { await 0; });", /^✔ waits\n$/],
    [
      'that takes its time',
      "test('late', async () => { await new Promise((go) => setTimeout(go, 300)); throw new Error('late'); });\ntest('after it', () => {});",
      /^✖ late\n[^✖]*Error: late[^✖]*✔ after it\n/,
      /^A test has failed: late\.$/,
    ],
    [
      'that fails, and is awaited',
      "await test('in vain', (t, done) => { setTimeout(() => done(new Error('told')), 10); });\nconst seen = 1;",
      /^✖ in vain\n.*Error: told/,
      /^A test has failed: in vain\.$/,
    ],
    [
      'whose hook fails',
      "describe('kitchen', () => {\n  before(() => { throw new Error('no water'); });\n  it('cooks', () => {});\n});",
      /Error: no water/,
      /kitchen/,
    ],
    [
      'that is to be done',
      "test('some day', { todo: true }, () => { throw new Error('not yet'); });",
      /^✖ some day\n$/,
    ],
    [
      'beside which the cell throws',
      "test('runs', () => {});\nthrow new RangeError('of the cell');",
      /^✔ runs\n.*RangeError: of the cell/,
      /^of the cell$/,
    ],
    ['that is left out', "test('later', { skip: true }, () => {});", /^﹣ later\n$/],
    [
      'with fake timers',
      "test('ticks', () => {\n  mock.timers.enable({ apis: ['setTimeout'] });\n  let done = false;\n  setTimeout(() => { done = true; }, 1000);\n  mock.timers.tick(1000);\n  mock.timers.reset();\n  assert.ok(done);\n});",
      /^✔ ticks\n$/m,
    ],
  ];
  for (const [title, code, wanted, failed] of cells) {
    test(`${title} is told below it, and it ends after it`, async () => {
      const exchange = kernel.client.execute(code) as unknown as Exchange<'execute_request'>;
      const reply = await exchange.done();
      assert.match(told(exchange as unknown as Exchange), wanted);
      assert.match(reply.status === 'error' ? reply.evalue : 'ok', failed ?? /^ok$/);
      await sleep(20);
      const { cell } = await execute("'nothing more';");
      assert.equal(told(cell), '');
    });
  }

  const endless: readonly (readonly [string, string])[] = [
    ['awaits', "test('endless', async () => { await new Promise(() => {}); });"],
    ['gives a promise', "test('endless', () => new Promise(() => {}));"],
    ['calls nobody back', "test('endless', (t, done) => {});"],
    [
      'has one in it',
      "test('endless', async (t) => { await t.test('inner', () => new Promise(() => {})); });",
    ],
    ['stands in a group', "describe('endless', () => { it('inner', () => new Promise(() => {})); });"],
    [
      'has a hook that waits',
      "describe('endless', () => { before(() => new Promise(() => {})); it('inner', () => {}); });",
    ],
    ['loops', "test('endless', () => { for (;;); });"],
    ['is a group that loops', "describe('endless', () => { for (;;); });"],
  ];
  for (const [title, statement] of endless) {
    test(`that never ends (${title}) is ended by an interrupt, with those behind it; later ones run`, async () => {
      const code = `${statement}\ntest('behind it', () => console.log('ran'));`;
      const exchange = kernel.client.execute(code) as unknown as Exchange<'execute_request'>;
      await sleep(400);
      await kernel.client.interrupt().done();
      const reply = await exchange.done();
      assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
      const { cell } = await execute("test('later', () => {});");
      assert.equal(told(cell), '✔ later\n');
      assert.doesNotMatch(told(exchange as unknown as Exchange), /ran/);
    });
  }

  test('that never ends is told as soon as nothing is left that could end it', async () => {
    const exchange = kernel.client.execute("test('endless', () => new Promise(() => {}));");
    await exchange.until((each) => /“endless” has not ended/.test(each.text('stderr')), 'the sentence');
    await kernel.client.interrupt().done();
    await exchange.done();
  });
});
