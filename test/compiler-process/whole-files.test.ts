// What people paste from whole files: `export default` of everything, CommonJS, a first line for a shell, and
// declarations that a later cell adds to.

import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

let notebook: TestNotebook;
beforeEach(() => {
  notebook = new TestNotebook();
});
afterEach(() => notebook.close());
after(nothingLeft);

/** The value of the last cell. */
async function run(...cells: string[]): Promise<unknown> {
  let value: unknown;
  for (const cell of cells) value = await notebook.run(cell);
  return value;
}

describe('export default', () => {
  const values: [code: string, value: unknown][] = [
    ['5', 5],
    ['{ a: 1 }', { a: 1 }],
    ['{ a: 1, b: { c: 2 } }', { a: 1, b: { c: 2 } }],
    ['[1, 2]', [1, 2]],
    ['(1 + 1)', 2],
    ['`text`', 'text'],
    ['/x/.test("x")', true],
    ['+1', 1],
    ['await Promise.resolve(3)', 3],
    ['null', null],
    ['before', 7],
  ];
  for (const [code, value] of values) {
    for (const form of [
      `export default ${code}`,
      `export = ${code};`,
      `export default\n${code}`,
      `export default${/^[\w]/.test(code) ? ' ' : ''}${code}`,
    ]) {
      test(`gives the value of ${JSON.stringify(form)}, and is no part of the line before`, async () => {
        assert.deepEqual(await run(`const before = 7\n${form}`), value);
        assert.equal(await run('before'), 7);
      });
    }
  }

  const declarations: [code: string, use: string, value: unknown][] = [
    ['function () { return 1 }', 'default_()', 1],
    ['function* () { yield 1 }', '[...default_()]', [1]],
    ['async function () { return 1 }', 'await default_()', 1],
    ['async function* () { yield 1 }', '(await default_().next()).value', 1],
    ['function <T>(x: T): T { return x }', 'default_(1)', 1],
    ['class { a = 1 }', 'new default_().a', 1],
    ['class extends Array<number> { a = 1 }', 'new default_().a', 1],
    ['abstract class { abstract b: number; static a = 1 }', 'default_.a', 1],
    ['function named() { return 1 }', 'named()', 1],
    ['async function named() { return 1 }', 'await named()', 1],
    ['class Named { a = 1 }', 'new Named().a', 1],
    ['abstract class Named { static a = 1 }', 'Named.a', 1],
    ['interface Named { a: number }', '((x: Named) => x.a)({ a: 1 })', 1],
  ];
  for (const [code, use, value] of declarations) {
    for (const between of [' ', '\n', '  /* why */ ']) {
      test(`declares ${JSON.stringify(between + code)}, here and for later cells`, async () => {
        assert.deepEqual(await run(`export default${between}${code}\n;${use}`), value);
        assert.deepEqual(await run(use), value);
      });
    }
  }

  test('keeps the places of what follows', () => {
    const [found] = notebook.refuse('export default function () {}\nconst n: number = "x"');
    assert.deepEqual([found?.line, found?.column], [2, 7]);
  });

  test('behind declarations of its own value is that value', async () => {
    assert.equal(await run('class P { a = 1 }\nexport default new P().a'), 1);
  });
});

describe('CommonJS', () => {
  test('is imported by `import x = require()`, called or not, in this cell and in later ones', async () => {
    assert.equal(await run("import fs = require('node:fs'); fs.existsSync('/')"), true);
    assert.equal(await run("fs.existsSync('/no/such')"), false);
    assert.equal(
      await run("import check = require('assert'); check(true); check.equal(1, 1); 1", 'check(1); 2'),
      2,
    );
    assert.equal(await run("import type os = require('os'); const o = (x?: typeof os) => x; o()"), undefined);
    assert.equal(
      await run("import fs = require('node:path'); fs.basename('a/b')", "fs.basename('a/c')"),
      'c',
    );
  });

  test('of a local file is imported so, too', async () => {
    notebook.write('local.ts', 'export const twice = (n: number): number => 2 * n;');
    assert.equal(await run("import local = require('./local'); local.twice(4)"), 8);
    notebook.write('plain.js', 'module.exports = (n) => 3 * n;');
    assert.equal(await run("import plain = require('./plain.js'); plain(4)"), 12);
  });

  test('has a module and exports, which are not the bindings of the notebook', async () => {
    assert.equal(await run('exports.foo = 1; module.exports.bar = 2; exports.foo + exports.bar'), 3);
    assert.match(notebook.refuse('foo')[0]?.message ?? '', /Cannot find name 'foo'/);
    assert.deepEqual(await run('const a = 1', 'module.exports = { a }', 'module.exports'), { a: 1 });
    assert.deepEqual(
      await run('const { bar } = module.exports as any; const f = () => ({ module: 1, exports: 2 }); f()'),
      {
        module: 1,
        exports: 2,
      },
    );
    assert.deepEqual(await run('Object.keys({ module, exports })'), ['module', 'exports']);
  });

  test('in functions of its own hides no binding of the notebook', async () => {
    assert.equal(
      await run('const n = 1', '(function (exports: { a: number }) { return n + exports.a })({ a: 2 })'),
      3,
    );
    assert.equal(
      await run(
        '((exports, module) => { exports.a = n; module.b = n; return exports })({ a: 0 }, { b: 0 }).a',
      ),
      1,
    );
    assert.equal(await run('{ const exports = { n: 5 }; exports.n + n }'), undefined);
    assert.equal(await run('(({ exports }) => exports + n)({ exports: 1 })'), 2);
    assert.deepEqual(await run('[1].map((exports) => ({ exports, n, $exports: 3 }))'), [
      { exports: 1, n: 1, $exports: 3 },
    ]);
    assert.equal(
      await run(
        'try { throw 4 } catch (exports) { globalThis.process.exitCode = undefined; var seen = Number(exports) + n } seen',
      ),
      5,
    );
  });

  test('may bind the names itself', async () => {
    assert.deepEqual(await run('const module = 1, exports = 2', '[module, exports]'), [1, 2]);
    assert.deepEqual(await run('(() => [module, exports])()'), [1, 2]);
  });
});

test('a first line for a shell is a comment', async () => {
  assert.equal(await run('#!/usr/bin/env -S npx ts-node\n1 + 1'), 2);
  const [found] = notebook.refuse('#!/usr/bin/env node\nconst n: number = "x"');
  assert.deepEqual([found?.line, found?.column], [2, 7]);
  assert.equal(notebook.cells.isComplete('#!/usr/bin/env node\n1').status, 'complete');
});

describe('a variable that begins as nothing', () => {
  for (const keyword of ['let', 'var']) {
    for (const nothing of ['null', 'undefined', 'void 0', '(null)']) {
      test(`takes any value in a later cell: ${keyword} of ${nothing}`, async () => {
        assert.equal(await run(`${keyword} x = ${nothing}, y = ${nothing}`, 'x = 5; y = "a"; x', 'x + 1'), 6);
        assert.equal(await run('y = 3; y'), 3);
      });
    }
  }

  test('keeps the type that it says, and a constant is what it is', () => {
    notebook.convert(
      'let a: string | null = null; let b = null as string | null; const c = null; export let d = null',
    );
    for (const wrong of ['a = 5', 'b = 5', 'const x: string = c']) {
      assert.match(notebook.refuse(wrong)[0]?.message ?? '', /not assignable/, wrong);
    }
    notebook.convert('d = 5');
  });
});

describe('a constant that has a value by the end of its cell', () => {
  const maybe = 'new Map([["a", { n: 1 }]]).get("a")';
  for (const branch of [
    'if (!m) throw new Error("none");',
    'if (m === undefined) { throw new Error("none"); }',
    'if (m == null) throw new Error("none"); else void 0;',
  ]) {
    test(`has it in later cells: ${branch}`, async () => {
      assert.equal(await run(`const m = ${maybe}; ${branch} m.n`), 1);
      assert.equal(await run('m.n + 1', 'const again = m; again.n + 2'), 3);
    });
  }

  test('also where its type is written, and beside others', async () => {
    assert.equal(
      await run(
        `const s: string | null = "abc", t = ${maybe}, { n } = { n: 1 };\nif (s === null || n > 1) throw 1;\nconst type = 2`,
        's.length',
      ),
      3,
    );
    assert.match(notebook.refuse('t.n')[0]?.message ?? '', /possibly 'undefined'/);
  });

  test('and one that may have none, or a variable, has none', () => {
    notebook.convert(`const p = ${maybe}; if (!p) console.log(p); let q = ${maybe}; if (!q) throw 1;`);
    for (const wrong of ['p.n', 'q.n']) {
      assert.match(notebook.refuse(wrong)[0]?.message ?? '', /possibly 'undefined'/, wrong);
    }
  });

  test('leaves the faults and the hints of its cell where they are', () => {
    const [found] = notebook.refuse('const u = 1;\nif (u) void 0;\nconst w: string = u;');
    assert.deepEqual([found?.line, found?.column], [3, 19]);
  });
});

describe('what merges by nature', () => {
  const cells = [
    'declare global { var n1: number; function f1(): number; interface Array<T> { one(): T } namespace NodeJS { interface ProcessEnv { ONE: string } } class C1 {} type T1 = 1 }',
    'declare global { var n2: number; function f2(): number; interface Array<T> { two(): T } namespace NodeJS { interface ProcessEnv { TWO: string } } class C2 {} type T2 = 2 }',
    'interface Mine { a: number } declare global { interface String { mine(): Mine; readonly [Symbol.unscopables]: 1 } let l1: Mine, l2: Mine }',
    "import path from 'node:path'; declare module 'node:path' { interface PlatformPath { one: number } }",
    "declare module 'node:path' { interface PlatformPath { two: number } }",
    "declare module 'node:events' { interface EventEmitter { mine: Mine } }",
  ];
  const uses = [
    'const a: number = n1 + n2 + f1() + f2(), b: T1 | T2 = 1, c: [C1, C2] = [new C1(), new C2()];',
    'const d: number = [1].one() + [1].two(), e: string = process.env.ONE + process.env.TWO;',
    'const f: number = "".mine().a + l1.a + l2.a;',
    'const g: number = path.one + path.two;',
  ];
  test('keeps what earlier cells have added', () => {
    for (const cell of cells) notebook.convert(cell);
    for (const use of uses) notebook.convert(use);
    // Many cells later, too.
    for (let at = 0; at < 70; at++) notebook.convert(`const later${at} = ${at}`);
    for (const use of uses) notebook.convert(use);
  });

  test('is replaced by a cell that adds the same anew, unless that fails', () => {
    for (const cell of cells) notebook.convert(cell);
    notebook.convert('declare global { var n1: string; interface Array<T> { one(text: string): string } }');
    notebook.convert('const s: string = n1 + [1].one("x"), t: number = n2 + [1].two();');
    notebook.refuse('declare global { var n1: boolean } const wrong: number = "x"');
    notebook.convert('const u: string = n1;');
  });
});

describe('a name that a cell imports', () => {
  const MODULE = [
    'export let conn: string | undefined; export let n = 0;',
    "export function init() { conn = 'open'; n++; }",
    'export { n as default };',
  ].join('\n');

  test('is what the module exports at any time', async () => {
    notebook.write('db.ts', MODULE);
    assert.equal(await run("import { conn, init, n as count } from './db'; init(); conn"), 'open');
    assert.deepEqual(await run('init(); const f = () => ({ conn, count }); f()'), { conn: 'open', count: 2 });
    assert.equal(await run("import { conn } from './db'; conn"), 'open');
    assert.equal(await run("import count2, { n } from './db'; init(); n - count2"), 1);
  });

  test('of an ES module, too', async () => {
    notebook.write('counter.mjs', 'export let c = 0; export function inc() { c += 1; }');
    assert.deepEqual(await run("import { c, inc } from './counter.mjs'; inc(); inc(); [c]"), [2]);
    assert.equal(await run('inc(); c'), 3);
  });

  test('is a name of the notebook from the cell on that gives it a value', async () => {
    notebook.write('db.ts', MODULE);
    assert.equal(await run("import { conn, init } from './db';", 'const conn = 5; init(); conn'), 5);
    assert.equal(await run('let conn = 6', 'conn = 7', 'init(); conn'), 7);
    assert.equal(await run('function init() { return 8 } init()'), 8);
  });
});
