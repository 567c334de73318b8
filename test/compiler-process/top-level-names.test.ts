// Every kind of declaration, ambient or not, of every kind of name, used in its own cell and in a later one.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';

const NAMES = ['plain', '_single', '__double', '___triple', '__proto', '__filename', '_', '__'];

interface Kind {
  what: string;
  declare(name: string): string;
  use(name: string): string;
  gives: unknown;
}

const kinds: Kind[] = [
  { what: 'const', declare: (n) => `const ${n} = 1;`, use: (n) => n, gives: 1 },
  { what: 'let', declare: (n) => `let ${n} = 1;`, use: (n) => `${n} += 1; ${n}`, gives: 2 },
  { what: 'var', declare: (n) => `var ${n} = 1;`, use: (n) => n, gives: 1 },
  { what: 'taken apart', declare: (n) => `const { ${n} } = { ${n}: 1 };`, use: (n) => n, gives: 1 },
  { what: 'the rest', declare: (n) => `const [, ...${n}] = [1, 2];`, use: (n) => `${n}[0]`, gives: 2 },
  { what: 'function', declare: (n) => `function ${n}() { return 1 }`, use: (n) => `${n}()`, gives: 1 },
  {
    what: 'class',
    declare: (n) => `class ${n} { a = 1 }`,
    use: (n) => `((x: ${n}) => x.a)(new ${n}())`,
    gives: 1,
  },
  {
    what: 'interface',
    declare: (n) => `interface ${n} { a: number }`,
    use: (n) => `((x: ${n}) => x.a)({ a: 1 })`,
    gives: 1,
  },
  { what: 'type', declare: (n) => `type ${n} = number;`, use: (n) => `((x: ${n}) => x)(1)`, gives: 1 },
  { what: 'enum', declare: (n) => `enum ${n} { A = 1 }`, use: (n) => `${n}.A`, gives: 1 },
  { what: 'const enum', declare: (n) => `const enum ${n} { A = 1 }`, use: (n) => `${n}.A`, gives: 1 },
  {
    what: 'namespace',
    declare: (n) => `namespace ${n} { export const a = 1 }`,
    use: (n) => `${n}.a`,
    gives: 1,
  },
  {
    what: 'import *',
    declare: (n) => `import * as ${n} from 'node:path';`,
    use: (n) => `${n}.basename('a/b')`,
    gives: 'b',
  },
  {
    what: 'import default',
    declare: (n) => `import ${n} from 'node:path';`,
    use: (n) => `${n}.basename('a/b')`,
    gives: 'b',
  },
  {
    what: 'import as',
    declare: (n) => `import { basename as ${n} } from 'node:path';`,
    use: (n) => `${n}('a/b')`,
    gives: 'b',
  },
  {
    what: 'import type',
    declare: (n) => `import type { ParsedPath as ${n} } from 'node:path';`,
    use: (n) => `((x?: ${n}) => x)()`,
    gives: undefined,
  },
];

/** What is there at run time is a value of globalThis, which has an `A` and an `a`. */
const value = Object.assign(() => 1, { A: 1, a: 1 });
const ambient: Kind[] = [
  { what: 'declare const', declare: (n) => `declare const ${n}: any;`, use: (n) => `${n}.a`, gives: 1 },
  { what: 'declare let', declare: (n) => `declare let ${n}: { a: number };`, use: (n) => `${n}.a`, gives: 1 },
  { what: 'declare var', declare: (n) => `declare var ${n}: { a: number };`, use: (n) => `${n}.a`, gives: 1 },
  {
    what: 'declare function',
    declare: (n) => `declare function ${n}(): number;`,
    use: (n) => `${n}()`,
    gives: 1,
  },
  {
    what: 'declare class',
    declare: (n) => `declare class ${n} { static a: number }`,
    use: (n) => `${n}.a`,
    gives: 1,
  },
  {
    what: 'declare abstract class',
    declare: (n) => `declare abstract class ${n} { static a: number }`,
    use: (n) => `${n}.a`,
    gives: 1,
  },
  { what: 'declare enum', declare: (n) => `declare enum ${n} { A }`, use: (n) => `${n}.A`, gives: 1 },
  {
    what: 'declare const enum',
    declare: (n) => `declare const enum ${n} { A = 5 }`,
    use: (n) => `${n}.A`,
    gives: 5,
  },
  {
    what: 'declare namespace',
    declare: (n) => `declare namespace ${n} { const a: number }`,
    use: (n) => `${n}.a`,
    gives: 1,
  },
  {
    what: 'declare type',
    declare: (n) => `declare type ${n} = number;`,
    use: (n) => `((x: ${n}) => x)(1)`,
    gives: 1,
  },
  {
    what: 'declare interface',
    declare: (n) => `declare interface ${n} { a: number }`,
    use: (n) => `((x: ${n}) => x.a)({ a: 1 })`,
    gives: 1,
  },
  {
    what: 'declare module',
    declare: (n) => `declare module 'node:path' { interface ${n} { a: number } }`,
    use: (n) => `((x: import('node:path').${n}) => x.a)({ a: 1 })`,
    gives: 1,
  },
  {
    what: 'declare global',
    declare: (n) => `declare global { var ${n}: { a: number } }`,
    use: (n) => `${n}.a`,
    gives: 1,
  },
  {
    what: 'export declare const',
    declare: (n) => `export declare const ${n}: any;`,
    use: (n) => `${n}.a`,
    gives: 1,
  },
];

describe('A name at the top level', () => {
  let notebook: TestNotebook;
  beforeEach(() => {
    notebook = new TestNotebook();
  });
  afterEach(() => {
    notebook.close();
  });

  for (const { what, declare, use, gives } of kinds) {
    test(`of the kind "${what}" works in its cell and in later ones, with any underscores before it`, async () => {
      for (const name of NAMES) {
        assert.deepEqual(await notebook.run(`${declare(name)}\n${use(name)}`), gives, `${name}, same cell`);
        notebook.forget();
        await notebook.run(declare(name));
        await notebook.run('1');
        assert.deepEqual(await notebook.run(use(name)), gives, `${name}, later cell`);
        notebook.forget();
      }
    });
  }

  for (const { what, declare, use, gives } of ambient) {
    test(`of the kind "${what}" works in its cell and in later ones, and means what globalThis has`, async () => {
      for (const name of NAMES) {
        if (name === '__filename') continue; // Node's types have one already.
        Reflect.set(globalThis, name, value);
        try {
          assert.deepEqual(await notebook.run(`${declare(name)}\n${use(name)}`), gives, `${name}, same cell`);
          notebook.forget();
          assert.equal(await notebook.run(declare(name)), undefined);
          await notebook.run('1');
          assert.deepEqual(await notebook.run(use(name)), gives, `${name}, later cell`);
          notebook.forget();
        } finally {
          Reflect.deleteProperty(globalThis, name);
        }
      }
    });
  }

  test('that is only declared, and is not there, says so when it is used', async () => {
    await notebook.run('declare const Plotly: any;');
    await assert.rejects(notebook.run('Plotly.newPlot()'), /ReferenceError: Plotly is not defined/);
    await notebook.run('const Plotly = { newPlot: () => 3 };');
    assert.equal(await notebook.run('Plotly.newPlot()'), 3);
  });

  test('of a GraphQL answer, and the idiom of ES modules, work', async () => {
    const data = "const { __typename } = { __typename: 'User' };\n__typename";
    assert.equal(await notebook.run(data), 'User');
    const idiom =
      "import { fileURLToPath } from 'node:url';\nconst __filename = fileURLToPath('file:///a/b');";
    await notebook.run(`${idiom}\nconst __dirname = __filename.slice(0, 2);`);
    assert.equal(await notebook.run('__filename + __dirname'), '/a/b/a');
  });
});
