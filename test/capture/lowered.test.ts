// Classes of modules whose private fields a compiler has written for an older JavaScript: their instances are whole in another process.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import ts from 'typescript';
import { elsewhere } from '../support/capture/elsewhere';
import { nothingLeft } from '../support/processes/nothing-left';

const folder = mkdtempSync(join(tmpdir(), 'parlab-lowered-'));
after(async () => {
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

interface Purse {
  total(): number;
  readonly inside: { coins: number };
}
type Module = { Purse: new (coins: number) => Purse };

const SOURCE = `
class Box<T> {
  #inside: T;
  #brand() { return this.#inside; }
  constructor(inside: T) { this.#inside = inside; }
  get inside() { return this.#brand(); }
}
export class Purse extends Box<{ coins: number }> {
  #rate = 2;
  constructor(coins: number) { super({ coins }); }
  total() { return this.inside.coins * this.#rate; }
}
`;

const HELPERS =
  'function add(object, to, value) { to instanceof WeakSet ? to.add(object) : to.set(object, value); }';
const asWritten = (first: string, second: string) => `
${HELPERS}
var _inside = new WeakMap(), _Purse_brand = new WeakSet();
class Purse {
  constructor(coins) { ${first}; ${second}; }
  get inside() { return _inside.get(this); }
  total() { if (!_Purse_brand.has(this)) throw new TypeError('not a purse'); return this.inside.coins * 2; }
}
exports.Purse = Purse;
`;

const { ES2021, ES2015, ES5 } = ts.ScriptTarget;
const modules: readonly (readonly [what: string, text: string])[] = [
  ...[ES2021, ES2015, ES5].map((target) => {
    const compilerOptions = { target, module: ts.ModuleKind.CommonJS };
    return [
      `TypeScript for ${ts.ScriptTarget[target]}`,
      ts.transpileModule(SOURCE, { compilerOptions }).outputText,
    ] as const;
  }),
  ['Babel', asWritten('add(this, _Purse_brand)', 'add(this, _inside, { coins })')],
  ['plain calls', asWritten('_Purse_brand.add(this)', '_inside.set(this, { coins })')],
];

describe('private fields of a module, as written by', () => {
  for (const [index, [what, text]] of modules.entries()) {
    test(what, async () => {
      const file = join(folder, `${index}.cjs`);
      writeFileSync(file, text);
      const { Purse } = require(file) as Module;
      const purse = new Purse(5);
      const { inside } = purse;
      assert.deepEqual(
        await elsewhere(() => [purse.total(), purse.inside === inside, purse instanceof Purse]),
        [10, true, true],
      );
    });
  }
});

test('what a module remembers of an instance, and a program calls its own, stays there', async () => {
  const file = join(folder, 'memory.cjs');
  writeFileSync(
    file,
    'const memory = new WeakMap(); class Purse { constructor() { memory.set(this, new Promise(() => {})); } total() { return memory.has(this) ? 1 : 0; } }\nexports.Purse = Purse;',
  );
  const purse = new (require(file) as Module).Purse(1);
  assert.deepEqual(await elsewhere(() => [purse.total()]), [0]);
});

test('what an object keeps in a WeakMap of its own goes along, for the objects that do', async () => {
  const key = { n: 1 };
  const store = { notes: new WeakMap<object, string>([[key, 'told']]), seen: new WeakSet<object>([key]) };
  assert.deepEqual(await elsewhere(() => [store.notes.get(key), store.seen.has(key), store.seen.has({})]), [
    'told',
    true,
    false,
  ]);
});
