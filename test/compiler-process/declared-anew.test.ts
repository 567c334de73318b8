// What a later cell declares anew leaves the older meaning to all that was made with it: a value of the old
// class has what the old class has, and is none of the new one, as when the cells run.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

interface Row {
  readonly cells: readonly string[];
  /** What a next cell may say, and what not. */
  readonly right: string;
  readonly wrong?: readonly string[];
}

const ROWS: { readonly [what: string]: Row } = {
  'a class': {
    cells: [
      'class P { a = 1 } const p = new P(); const all = [p]; let one: P | undefined; const f = (x: P) => x.a;',
      'class P { b = 2 } const q = new P();',
    ],
    right: 'p.a; q.b; f(p); all.push(p); one = p; const older = { p }; older.p.a; p instanceof P;',
    wrong: ['p.b', 'q.a', 'f(q)', 'all.push(q)', 'const r: P = p'],
  },
  'a class with private fields': {
    cells: [
      'class P { #a = 1; b = 1 } function f(x: P) {} const p = new P();',
      'class P { #a = 1; b = 1; c = 1 }',
    ],
    right: 'f(p);',
    wrong: ['f(new P())'],
  },
  'a class that is extended': {
    cells: ['class A { a = 1 }', 'class B extends A {} const b = new B();', 'class A { c = 1 }'],
    right: 'b.a; new B().a; new A().c;',
    wrong: ['b.c', 'const a: A = b'],
  },
  'a class that a generic one takes': {
    cells: ['class G<T> { v!: T } const g = [new G<number>()];', 'class G { w = 1 }'],
    right: 'g[0]!.v.toFixed(); new G().w;',
    wrong: ['g[0]!.w', 'const s: string = g[0]!.v'],
  },
  'classes of each other, one after the other': {
    cells: [
      'class A { b?: B } class B { a?: A; n = 1 } const a = new A();',
      'class B { m = 1 }',
      'class A { c = 1 }',
    ],
    right: 'a.b?.n; a.b?.a?.b?.n; new B().m; new A().c;',
    wrong: ['a.b = new B()', 'a.c'],
  },
  'an interface': {
    cells: ['interface I { a: 1 } const i: I = { a: 1 }; const make = (): I => i;', 'interface I { b: 2 }'],
    right: 'i.a; make().a; const j: I = { b: 2 };',
    wrong: ['i.b', 'const j: I = i'],
  },
  'an interface, in the cell that uses the old one': {
    cells: [
      'interface I { a: 1 } const i: I = { a: 1 };',
      'interface I { b: 2 } const is = [i]; let j: I = { b: 2 };',
    ],
    right: 'is[0]!.a; j.b;',
    wrong: ['is[0]!.b', 'j.a'],
  },
  'an alias': {
    cells: [
      "type T = 'x' | 'y'; let t: T = 'x'; const f = (x: T) => x; interface Has<U> { T: T; of(T: U): U }",
      'type T = number;',
    ],
    right: "t = 'y'; f('x'); const n: T = 5; const has: Has<5> = { T: 'x', of: (T) => T };",
    wrong: ['t = 5', 'f(5)'],
  },
  'an enum': {
    cells: ['enum E { A } let e = E.A; const f = (x: E) => x;', "enum E { C = 'c' }"],
    right: 'e.toFixed(); f(e); const c: E = E.C;',
    wrong: ['f(E.C)', 'const c: E = e'],
  },
  'a function': {
    cells: [
      'function f() { return { a: 1 }; } type R = ReturnType<typeof f>; let r = f();',
      "function f() { return 'a'; }",
    ],
    right: 'r.a; const again: R = { a: 2 }; f().length;',
    wrong: ['r = f()', "const wrong: R = 'a'"],
  },
  'a variable whose type is asked': {
    cells: ['const [base] = [{ a: 1 }]; type B = typeof base; let b: B = base;', "const base = 'text';"],
    right: 'b = { a: 3 }; base.length;',
    wrong: ['b = base'],
  },
  'a namespace': {
    cells: [
      'namespace N { export interface X { a: 1 } } let x: N.X = { a: 1 };',
      'namespace N { export const y = 2; }',
    ],
    right: 'x.a; N.y;',
    wrong: ['let z: N.X'],
  },
  'an import': {
    cells: [
      "import { Worker } from 'node:worker_threads'; let w: Worker | undefined; import * as os from 'node:os'; const c = os.cpus();",
      "class Worker { mine = 1 } import * as os from 'node:path';",
    ],
    right: "w?.threadId; new Worker().mine; c[0]?.model; os.join('a');",
    wrong: ['w = new Worker()', 'os.cpus'],
  },
  'a class, by an interface: its value stays': {
    cells: ['class A { a = 1 } let a = new A();', 'interface A { z: 1 }'],
    right: 'a = new A(); a.a; const z: A = { z: 1 };',
    wrong: ['const z: A = a'],
  },
  'something that the global scope speaks of': {
    cells: ['type T = 1; declare global { var shared: T } globalThis.shared = 1;', "type T = 'x';"],
    right: 'const one: 1 = shared;',
  },
};

describe('What is declared anew', () => {
  const notebook = new TestNotebook();
  after(() => notebook.close());

  for (const [what, { cells, right, wrong = [] }] of Object.entries(ROWS)) {
    test(`leaves its meaning to what it was used for: ${what}`, () => {
      notebook.cells.forget();
      for (const cell of cells) notebook.convert(cell);
      for (const each of wrong) notebook.refuse(each);
      notebook.convert(right);
    });
  }

  test('and says the same takes it all along, as a cell that is run again', () => {
    notebook.cells.forget();
    const cell = 'class P { #a = 1; /** How old. */ b() { return 1; } } interface I { p: P }';
    notebook.convert(cell);
    notebook.convert('const f = (x: P, y: I) => { f(y.p, y); };');
    notebook.convert(cell.replace('How old', 'How much').replace('return 1', 'return 2'));
    notebook.convert('f(new P(), { p: new P() });');
    // The text of the interface is the same, and its meaning another.
    notebook.convert(cell.replace('b()', 'c()'));
    notebook.refuse('f(new P(), { p: new P() });');
  });

  test('is told as that, and its old name is no name to choose', () => {
    notebook.cells.forget();
    notebook.convert('class P { a = 1 } const p = new P();');
    notebook.convert('class P { b = 2 }');
    const [found] = notebook.refuse('p.b');
    assert.match(
      String(found?.message),
      /`P\$before` is the `P` of before.*Run the cells that use `P` again\.$/,
    );
    const names = notebook.cells.complete('P', 1).completions.map(({ text }) => text);
    assert.ok(names.includes('P') && !names.includes('P$before'));
  });

  test('is forgotten with the last that was made of it', () => {
    notebook.cells.forget();
    for (let round = 0; round < 20; round++) {
      notebook.convert(`class P { a${round} = 1 }`);
      notebook.convert('const p = new P();');
    }
    notebook.convert('class P { last = 1 }');
    assert.equal(notebook.cells.typeOf('p'), 'P$before');
  });

  test('is what runs', async () => {
    notebook.cells.forget();
    await notebook.run('class P { a = 1 } const p = new P();');
    await notebook.run('class P { b = 2 } const q = new P();');
    assert.deepEqual(await notebook.run('[p.a, q.b, p instanceof P, q instanceof P]'), [1, 2, false, true]);
  });
});
