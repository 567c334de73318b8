// An error that a person is to read is short, whatever it holds: a message that is a file, a stack without a limit, the line of a
// program that has one line.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { sharedKernel } from '../support/kernel/real-kernel';

const MOST_CHARACTERS = 300_000;
const LONG = 'z'.repeat(1_000_000);
const LONG_TEXT = "'z'.repeat(1e6)";

/** What the cell says, and what has to be among it. */
const cells: readonly (readonly [what: string, cell: string, ...said: RegExp[]])[] = [
  ['a message', `throw new Error(${LONG_TEXT});`, /z{100}/, /… 990,000 more characters\./],
  ['a name', `throw Object.assign(new Error('m'), { name: ${LONG_TEXT} });`, /z…: m/],
  [
    'a cause',
    `throw new Error('m', { cause: new Error(${LONG_TEXT}) });`,
    /Caused by: Error: z{100}/,
    /more characters/,
  ],
  [
    'many errors',
    `throw new AggregateError(Array(100).fill(0).map(() => new Error(${LONG_TEXT})));`,
    /and 80 more/,
  ],
  ['a text that is thrown', `throw ${LONG_TEXT};`, /Uncaught/, /more characters/],
  [
    'a stack',
    `throw Object.assign(new Error('m'), { stack: 'Error: m' + '\\n    at f (x:1:1)'.repeat(1e5) });`,
    /… 99,900 more/,
  ],
  [
    'an endless recursion without a limit',
    'Error.stackTraceLimit = Infinity; function f(): any { return f() + 1; } f();',
    /RangeError/,
    /… \S+ more/,
  ],
  [
    'a line of the cell',
    `Error.stackTraceLimit = 10; const text = "${LONG}"; throw new Error('m');`,
    /> 1 \| …z+"; throw new Error\('m'\);\n/,
  ],
  [
    'a line that does not compile',
    `const other = "${LONG}"; other.nothing;`,
    /> 1 \| …z+"; other\.nothing;\n/,
  ],
  ['a message of the compiler', `import '${LONG.slice(0, 30_000)}';`, /more characters/],
  ['a line of a local file', "import { fail } from './wide'; fail();", /> 1 \| …z+"; /],
  [
    'a line of a local file that does not compile',
    "import { wrong } from './wrong'; wrong;",
    /> 1 \| …z+"; export const wrong/,
  ],
  [
    'a child',
    `import { Process } from 'parlab'; const p = new Process({ target: () => { throw new Error(${LONG_TEXT}); } }); p.start(); await p.join();`,
    /Process-1/,
    /more characters/,
  ],
  [
    'a line of a child',
    "import { fail as thrown } from './wide'; const q = new Process({ target: () => thrown() }); q.start(); await q.join();",
    /Process-2/,
    /> 1 \| …z+"; /,
  ],
  [
    'a pool',
    `import { Pool } from 'parlab'; const pool = new Pool({ processes: 1 }); await pool.apply(() => { throw new Error(${LONG_TEXT}); });`,
    /more characters/,
  ],
  [
    'a promise that nobody awaits',
    `await pool.terminate(); void Promise.reject(new Error(${LONG_TEXT})); await new Promise((end) => setTimeout(end, 100));`,
    /more characters/,
  ],
];

describe('An error is short, though there is no end to', () => {
  const kernel = sharedKernel();

  before(() => {
    const inFile = (name: string, text: string) => writeFileSync(join(kernel.directory, name), text);
    inFile('wide.ts', `export const text = "${LONG}"; export const fail = () => { throw new Error('m'); };`);
    inFile('wrong.ts', `export const text = "${LONG}"; export const wrong: number = 'x';`);
  });

  for (const [what, cell, ...said] of cells) {
    test(what, async () => {
      const exchange = kernel.client.execute(cell);
      await exchange.done();
      const shown = exchange.published.filter(({ type }) => type === 'error' || type === 'stream');
      const content = shown.map((each) => JSON.stringify(each.content)).join('\n');
      const errors = exchange.contents('error').flatMap(({ traceback }) => traceback as string[]);
      const text = stripVTControlCharacters([...errors, exchange.text('stderr')].join('\n'));
      for (const words of said) assert.match(text, words);
      assert.ok(content.length < MOST_CHARACTERS, `${content.length} characters`);
    });
  }
});
