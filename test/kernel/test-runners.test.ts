// Tests that stand in cells, by node:test: each is told below its own cell, and one that fails with its error.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Exchange } from './client';
import { nothingLeft } from './nothing-left';
import { type RealKernel, startRealKernel } from './real-kernel';

const SOON_MS = 15_000;

describe('a test in a cell', () => {
  let kernel: RealKernel;
  before(async () => {
    kernel = await startRealKernel();
    await kernel.client
      .execute(
        "import { describe, it, mock, test } from 'node:test';\nimport assert from 'node:assert/strict';",
      )
      .done();
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  /** Also what comes after the cell's end. */
  async function told(exchange: Exchange, wanted: RegExp): Promise<void> {
    const text = () =>
      stripVTControlCharacters(
        exchange.published
          .map(({ type, content }) =>
            type === 'error'
              ? (content.traceback as string[]).join('\n')
              : type === 'stream'
                ? content.text
                : '',
          )
          .join(''),
      );
    for (const deadline = Date.now() + SOON_MS; !wanted.test(text()); await sleep(20)) {
      assert.ok(Date.now() < deadline, text());
    }
  }

  const cells: readonly (readonly [title: string, code: string, told: RegExp])[] = [
    ['that passes', "test('adds', () => assert.equal(1 + 1, 2));", /^✔ adds\n$/],
    [
      'that fails',
      "test('adds wrongly', () => {\n  assert.equal(1 + 1, 3);\n});",
      /^✖ adds wrongly\n.*AssertionError[\s\S]*> 2 \| {3}assert\.equal/,
    ],
    [
      'in a group',
      "describe('all', () => {\n  it('one', () => {});\n  it('two', async () => { await 0; throw new TypeError('no'); });\n});",
      /^ {2}✔ one\n {2}✖ two\n[^✖]*TypeError: no[^✖]*✖ all\n$/,
    ],
    ['that is awaited', "await test('waits', async () => { await 0; });", /^✔ waits\n$/],
    ['that is left out', "test('later', { skip: true }, () => {});", /^﹣ later\n$/],
    [
      'with fake timers',
      "test('ticks', () => {\n  mock.timers.enable({ apis: ['setTimeout'] });\n  let done = false;\n  setTimeout(() => { done = true; }, 1000);\n  mock.timers.tick(1000);\n  mock.timers.reset();\n  assert.ok(done);\n});",
      /^✔ ticks\n$/m,
    ],
  ];
  const exchanges: Exchange[] = [];
  for (const [title, code, wanted] of cells) {
    test(`${title} is told below it`, async () => {
      const exchange = kernel.client.execute(code) as unknown as Exchange;
      exchanges.push(exchange);
      await exchange.done();
      await told(exchange, wanted);
    });
  }

  test('says nothing below any other', () => {
    const marks = exchanges.map((each) => [...each.text('stdout').matchAll(/[✔✖﹣]/g)].length);
    assert.deepEqual(marks, [1, 1, 3, 1, 1, 1]);
  });
});
