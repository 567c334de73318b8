// Top-level bindings are live: what cells see of each other when they run.

import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

const notebook = new TestNotebook({
  'tool.ts':
    'export const saw = "saw"; export interface Tool { weight: number } export default () => "default";',
  'data.json': '{ "x": 7 }',
});
afterEach(() => notebook.forget());
after(() => notebook.close());
after(nothingLeft);

// Each row: what it shows, the cells, the value of the last one.
const rows: readonly (readonly [string, readonly string[], unknown])[] = [
  ['Functions can be called before their line', ['const n = f(); function f() { return 1 } n'], 1],
  [
    'Functions call each other across cells, whichever is redefined',
    [
      'function even(n: number): boolean { return n === 0 || odd(n - 1) } function odd(n: number): boolean { return n !== 0 && even(n - 1) }',
      'const before = even(10)',
      'function odd(_n: number) { return false }',
      '[before, even(10)]',
    ],
    [true, false],
  ],
  [
    'A destructuring declaration binds each name',
    ['const { a, b: [c, ...d], ...e } = { a: 1, b: [2, 3, 4], f: 5 }', '[a, c, d, e]'],
    [1, 2, [3, 4], { f: 5 }],
  ],
  [
    'A default in a pattern sees the names before it',
    ['const { a = 1, b = a + 1 } = {} as { a?: number; b?: number }; [a, b]'],
    [1, 2],
  ],
  ['A declaration sees the names before it', ['const a = 1, b = a + 1; b'], 2],
  [
    'An earlier variable is assigned by a pattern',
    ['let a = 1, b = 2', '[a, b] = [b, a]; ({ a } = { a: a * 10 })', '[a, b]'],
    [20, 1],
  ],
  ['An earlier variable is counted up', ['let n = 1', 'n++; ++n; n += 2; n ||= 9', 'n'], 5],
  ['A loop variable declared with var stays', ['for (var i = 0, n = 3; i < n; i++);', '[i, n]'], [3, 3]],
  [
    'A var of a for-of loop stays',
    [
      'for (var x of [1, 2]) { var y = x * 2; var { z } = { z: String(y) } }',
      'const s: string = z; [x, y, s]',
    ],
    [2, 4, '4'],
  ],
  [
    'A let of a loop is its own',
    ['const i = "outer"', 'const seen: number[] = []; for (let i = 0; i < 2; i++) seen.push(i); [seen, i]'],
    [[0, 1], 'outer'],
  ],
  [
    'A parameter hides a binding',
    ['const a = 1', 'const f = (a: number) => ({ a, b: [a] }); f(2)'],
    { a: 2, b: [2] },
  ],
  ['A name is declared anew with another type', ['const a = 1', 'const a = "one"', 'a.length'], 3],
  [
    'A var without a value starts anew',
    ['var a: number | undefined = 1', 'var a: number | undefined; typeof a'],
    'undefined',
  ],
  [
    'Functions keep their names',
    [
      'const f = () => 1, g = function () {}, C = class {}; let h: () => void; h = () => {}; [f.name, g.name, C.name, h.name]',
    ],
    ['f', 'g', 'C', 'h'],
  ],
  [
    'A function is called without this',
    ['function self(this: unknown) { return this }', 'self()'],
    undefined,
  ],
  [
    'A tagged template is called without this',
    ['function tag(this: unknown, parts: TemplateStringsArray) { return [this, parts[0]] }', 'tag`x`'],
    [undefined, 'x'],
  ],
  [
    'A class and its heir',
    [
      'class A { static made = 0; #x = 1; get x() { return this.#x } constructor() { A.made++ } }',
      'class B extends A { y = super.x + 1 }',
      '[new B().y, A.made, new B() instanceof A]',
    ],
    [2, 1, true],
  ],
  [
    'An enum in two cells',
    ['enum Color { Red, Green = 5 }; const enum Size { S = 3 }', '[Color.Green, Color[0], Size.S]'],
    [5, 'Red', 3],
  ],
  [
    'An enum that is declared again starts anew',
    ['enum E { A }', 'enum E { B }', 'Object.keys(E)'],
    ['0', 'B'],
  ],
  [
    'A namespace and a function of the same name',
    ['function f() { return f.x } namespace f { export const x = 3 }', 'f()'],
    3,
  ],
  [
    'Default, namespace and named imports',
    [
      'import fs, { existsSync as exists, type Stats } from "node:fs"; import * as path from "node:path"',
      '[typeof fs.statSync, exists("/"), path.join("a", "b")] ',
    ],
    ['function', true, 'a/b'],
  ],
  [
    'An import stands below its use',
    ['const j = join("a", "b"); import { join } from "node:path"; j'],
    'a/b',
  ],
  ['An imported name is declared again', ['import { join } from "node:path"', 'const join = 1', 'join'], 1],
  [
    'import type leaves nothing behind',
    ['import type { Stats } from "node:fs"; const s: Stats | undefined = undefined; s'],
    undefined,
  ],
  [
    'A type of an earlier cell',
    ['interface P { x: number } type Q = P & { y: number }', 'const q: Q = { x: 1, y: 2 }; q.x + q.y'],
    3,
  ],
  [
    'A type outlives a value of its name',
    ['interface P { x: number }', 'const P = (x: number): P => ({ x })', 'const p: P = P(4); p.x'],
    4,
  ],
  [
    'A class expression with a private member',
    ['const A = class { private x = 1; get() { return this.x } }', 'new A().get()'],
    1,
  ],
  [
    'A class outlives a type of its name',
    ['class A { x = 1 }', 'interface A { y: number }', 'const a: A = { y: 2 }; [new A().x, a.y]'],
    [1, 2],
  ],
  [
    'An accessor field and a private one',
    [
      'class A { accessor x = 1; #y = 2; static has(o: object) { return #y in o } }',
      '[new A().x, A.has(new A())]',
    ],
    [1, true],
  ],
  [
    'A name that may not be set is called',
    ['let f: (() => number) | undefined', 'const before = f?.(); f = () => 3', '[before, f?.()]'],
    [undefined, 3],
  ],
  [
    'using in a block ends with the block',
    [
      'const log: string[] = []',
      '{ using r = { [Symbol.dispose]() { log.push("block") } } } log.push("cell"); log',
    ],
    ['block', 'cell'],
  ],
  ['A JSON file', ['import data from "./data.json"', 'data.x'], 7],
  [
    'A local module’s default, value and type',
    [
      'import tool, { saw, type Tool } from "./tool"',
      'const t: Tool = { weight: 1 }; [tool(), saw, t.weight]',
    ],
    ['default', 'saw', 1],
  ],
  [
    'A TypeScript file by the name of its JavaScript',
    [
      'import { saw } from "./tool.js"; const later = async () => (await import("./tool.js")).saw',
      '[saw, await later()]',
    ],
    ['saw', 'saw'],
  ],
  [
    'declare global',
    [
      'declare global { interface Array<T> { second(): T | undefined } } Array.prototype.second = function () { return this[1] }',
      '[1, 2].second()',
    ],
    2,
  ],
  [
    'A name called exports, and one called require',
    ['const exports = 1, require = 2', '[exports, require]'],
    [1, 2],
  ],
  ['An empty cell, one of comments, and a directive', ['', '// nothing', '"use strict"'], 'use strict'],
  ['A global is no binding', ['typeof structuredClone'], 'function'],
  ['A label and a property of a binding’s name', ['const a = 1', 'a: for (;;) break a; ({ a: 2 }).a'], 2],
  [
    'A catch variable and a method of a binding’s name',
    ['const e = 1', 'class M { e() { try { throw 5 } catch (e) { return e } } } [new M().e(), e]'],
    [5, 1],
  ],
  [
    'A generator and an async arrow function',
    ['function* g() { yield 1 } const h = async () => 2', '[...g(), await h()]'],
    [1, 2],
  ],
  ['A string that looks like code', ['const a = 1', 'const s = `await a, export a`; s'], 'await a, export a'],
];

describe('Cells share their top-level names:', () => {
  for (const [title, cells, value] of rows) {
    test(`${title}.`, async () => {
      let last: unknown;
      for (const cell of cells) last = await notebook.run(cell);
      assert.deepEqual(last, value);
    });
  }
});

describe('A notebook of many cells', () => {
  const many = (prefix: string) =>
    Array.from({ length: 100 }, (_, index) => `const ${prefix}${index} = ${index};`).join('\n');

  test('still knows its first names, beside its newest.', async () => {
    await notebook.run(
      'class First { #n = 1; get n() { return this.#n } } function use(first: First) { return first.n }',
    );
    await notebook.run(many('a'));
    await notebook.run('const newest = use(new First())');
    assert.equal(await notebook.run('use(new First()) + newest + a99'), 101);
  });

  test('checks old functions against a class that is declared anew.', async () => {
    await notebook.run(
      'class First { #n = 1; get n() { return this.#n } } function use(first: First) { return first.n }',
    );
    await notebook.run(many('b'));
    await notebook.run('const newest = 5');
    await notebook.run('class First { #n = newest; get n() { return this.#n } }');
    assert.equal(await notebook.run('use(new First()) + b1'), 6);
    assert.equal(notebook.refuse('use({ n: 1 })')[0]?.code, 2345);
  });

  test('forgets everything for a new session.', async () => {
    await notebook.run(many('c'));
    await notebook.run('const newest = 5');
    notebook.forget();
    assert.deepEqual([notebook.refuse('c1')[0]?.code, notebook.refuse('newest')[0]?.code], [2304, 2304]);
  });
});

describe('Awaits go through the session:', () => {
  test('in a cell and in its functions, whatever is awaited.', async () => {
    notebook.awaited = 0;
    const value = await notebook.run(
      'async function f() { const x = await (String(0), 1); for await (const y of (async function* () { yield await 2 })()) return x + y; return 0 }\nawait f()',
    );
    assert.equal(value, 3);
    // the list, the iterable, 2, f()
    assert.equal(notebook.awaited, 4);
  });

  test('a cell that only declares async functions is not async itself.', () => {
    assert.equal(notebook.convert('const f = async () => { await null }').isAsync, false);
    assert.equal(notebook.convert('await null').isAsync, true);
    assert.equal(notebook.convert('class A { static async f() { await null } }').isAsync, false);
  });
});

describe('Imported modules', () => {
  test('stay visible by name, so that a child can load them.', () => {
    assert.match(
      notebook.convert('import { join } from "node:path"; join("a")').javascript,
      /require\("node:path"\)/,
    );
  });

  test('that are the student’s own are named, with a digest that follows the file.', async () => {
    const own = new TestNotebook({ 'a.ts': 'export { b } from "./b";', 'b.ts': 'export const b = 1;' });
    try {
      const first = own.convert('import { b } from "./a"; b').modules;
      assert.deepEqual(first.map(({ path }) => path.slice(own.directory.length)).sort(), ['/a.ts', '/b.ts']);
      own.write('b.ts', 'export const b = "changed";');
      const second = own.convert('import { b } from "./a"; b.length').modules;
      const digest = (all: typeof first, name: string) => all.find(({ path }) => path.endsWith(name))?.digest;
      assert.equal(digest(first, 'a.ts'), digest(second, 'a.ts'));
      assert.notEqual(digest(first, 'b.ts'), digest(second, 'b.ts'));
    } finally {
      own.close();
    }
  });

  test('are found as soon as they are written.', async () => {
    const own = new TestNotebook();
    try {
      const [missing] = own.refuse('import { late } from "./late"');
      assert.equal(missing?.code, 2307);
      own.write('late.ts', 'export const late = 5;');
      assert.equal(await own.run('import { late } from "./late"; late'), 5);
    } finally {
      own.close();
    }
  });

  test('whose names a cell would export become names of the notebook.', async () => {
    const own = new TestNotebook({
      'a.ts': 'export const a = 1;',
      'b.ts': '(globalThis as { loaded?: number }).loaded = 2;',
    });
    try {
      const code = 'export { a, a as b } from "./a"; export * as all from "./a"; export * from "./b"';
      await own.run(code);
      assert.deepEqual(await own.run('[a, b, all.a, Reflect.get(globalThis, "loaded")]'), [1, 1, 1, 2]);
    } finally {
      Reflect.deleteProperty(globalThis, 'loaded');
      own.close();
    }
  });

  test('of parlab and tslab have this installation’s types from any directory.', () => {
    assert.ok(
      notebook.convert(
        'import { Process } from "parlab"; import * as tslab from "tslab"; tslab.display.html("")',
      ),
    );
    assert.ok(notebook.convert('const p = new Process({ target: () => 1 }); p.start'));
    const [wrong] = notebook.refuse('tslab.display.html(1)');
    assert.equal(wrong?.code, 2345);
  });
});
