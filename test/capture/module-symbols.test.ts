// Symbols that a module keeps to itself, as keys and values of what it makes: its functions find them in another process, and here
// again in what comes back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Pool, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

interface Thing {
  state(): unknown;
}
type Module = { Thing: new (value: number) => Thing };

const folder = mkdtempSync(join(tmpdir(), 'parlab-symbols-'));
const pool = new Pool({ processes: 1 });
after(async () => {
  await pool[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

const METHOD = 'state() { return this[KEY]; }';
/** What stands before the class, and the class. */
const modules: readonly (readonly [what: string, before: string, text: string])[] = [
  [
    'a key',
    "const KEY = Symbol('key');",
    `class Thing { constructor(value) { this[KEY] = value; } ${METHOD} }`,
  ],
  [
    'a key without a description',
    'const KEY = Symbol();',
    `class Thing { constructor(value) { this[KEY] = value; } ${METHOD} }`,
  ],
  ['a field', "const KEY = Symbol('key');", `class Thing { [KEY] = 5; ${METHOD} }`],
  [
    'a value',
    "const OPEN = Symbol('same'), CLOSED = Symbol('same');",
    'class Thing { constructor() { this.is = CLOSED; } state() { return [this.is === OPEN, this.is === CLOSED]; } }',
  ],
  [
    'a value in a list',
    "const OPEN = Symbol('open');",
    'class Thing { constructor() { this.all = [{ is: OPEN }]; } state() { return this.all[0].is === OPEN; } }',
  ],
  [
    'a key of a class that the module keeps to itself',
    "const KEY = Symbol('key'); class Base { constructor(value) { this[KEY] = value; } base() { return this[KEY]; } }",
    'class Thing extends Base { state() { return this.base(); } }',
  ],
  [
    'a key that is hidden',
    "const KEY = Symbol('key');",
    `class Thing { constructor(value) { Object.defineProperty(this, KEY, { value }); } ${METHOD} }`,
  ],
  [
    'a constructor of the older kind',
    "const KEY = Symbol('key');",
    `function Thing(value) { this[KEY] = value; } Thing.prototype.state = function ${METHOD};`.replace(
      'state()',
      '()',
    ),
  ],
];

const kinds = {
  'a CommonJS module': (before: string, text: string) => [
    ['.cjs', `'use strict'; ${before} ${text} module.exports = { Thing };`],
  ],
  'an ES module': (before: string, text: string) => [['.mjs', `${before} ${text} export { Thing };`]],
  'an ES module that imports them': (before: string, text: string) => {
    const names = [...before.matchAll(/(\w+) = Symbol/g)].map(([, name]) => name).join();
    return [
      ['-symbols.mjs', `${before} export { ${names} };`],
      ['.mjs', `import { ${names} } from './FILE-symbols.mjs'; ${text} export { Thing };`],
    ];
  },
} satisfies Record<string, (before: string, text: string) => string[][]>;

/** Hidden from the compiler, which would make `require` of it. */
const importFile = new Function('url', 'return import(url)') as (url: string) => Promise<Module>;
let files = 0;

for (const [kind, write] of Object.entries(kinds)) {
  describe(`Symbols of ${kind}:`, () => {
    for (const [what, before, text] of modules) {
      if (kind.endsWith('them') && before.includes('class')) continue;
      test(what, () => allWays(write(before, text)));
    }
  });
}

async function allWays(written: string[][]): Promise<void> {
  const name = String(files++);
  let file = '';
  for (const [end, text] of written) {
    file = join(folder, `${name}${end}`);
    writeFileSync(file, (text as string).replace('FILE', name));
  }
  const { Thing } = await importFile(pathToFileURL(file).href);
  const thing = new Thing(5);
  const right = thing.state();
  assert.deepEqual(await pool.apply((each: Thing) => each.state(), [thing]), right, 'as an argument');
  assert.deepEqual(await pool.apply(() => thing.state()), right, 'closed over');
  const back = await pool.apply((each: Thing) => [each, new Thing(5)], [thing]);
  assert.deepEqual(
    back.map((each) => each.state()),
    [right, right],
    'as a result',
  );
  const queue = new Queue<Thing>();
  await queue.put(thing);
  assert.deepEqual((await queue.get()).state(), right, 'by a queue');
}
