// The settings of a project that decide what its programs mean are the same in its cells and local files.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const LIBRARY = `
export const seen: unknown[] = [];
export const noted = (_target: object, key: string) => void seen.push(key);
(Reflect as any).metadata = (key: string, value: any) => () => void seen.push(key + ' ' + value?.name);
`;
const ENTITY = `import { noted } from './library';
export class Name { constructor(readonly text: string) {} }
export class Person {
  @noted name!: Name;
  constructor(@((_t: object, _k: unknown, _at: number) => {}) readonly age: number) {}
}`;

const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true };
const project = (compilerOptions: object, more: object = {}) => ({
  'tsconfig.json': JSON.stringify({ compilerOptions, ...more }),
  'library.ts': LIBRARY,
  'entity.ts': ENTITY,
});

async function within(files: { [path: string]: string }, use: (notebook: TestNotebook) => Promise<void>) {
  const notebook = new TestNotebook(files);
  try {
    await use(notebook);
  } finally {
    notebook.close();
  }
}

describe('The settings of a project', () => {
  for (const more of [{}, { include: ['src'] }]) {
    test(`decorate as it does, ${JSON.stringify(more)}`, () =>
      within(project(decorators, more), async (notebook) => {
        await notebook.run("import { seen } from './library'; import { Person } from './entity';");
        assert.deepEqual(await notebook.run('void Person; seen.splice(0)'), [
          'design:type Name',
          'name',
          'design:paramtypes undefined',
        ]);
        await notebook.run("import { noted } from './library'; class Pet { @noted age!: number }");
        assert.deepEqual(await notebook.run('void Pet; seen'), ['design:type Number', 'age']);
      }));
  }

  test('say whether a field is defined or assigned', async () => {
    const code = `class Base { set x(value: number) { log.push(value); } }
      const log: number[] = [];
      class Derived extends Base { x = 1 } new Derived(); log`;
    for (const [target, log] of [
      ['es2021', [1]],
      ['esnext', []],
    ] as const) {
      await within(project({ target, strict: false }), async (notebook) => {
        const ignored = '// @ts-nocheck\n';
        assert.deepEqual(await notebook.run(ignored + code), log, target);
        notebook.write(
          'fields.ts',
          `${ignored}${code.replace('const log', 'export const log').replace(/log$/, '')}`,
        );
        assert.deepEqual(await notebook.run("import { log as ofFile } from './fields'; ofFile"), log, target);
      });
    }
  });

  test('add to what is there without an import', () =>
    within(project({ lib: ['es2022', 'dom'] }), async (notebook) => {
      assert.equal(await notebook.run('const title = () => document.title; typeof title'), 'function');
      assert.deepEqual(await notebook.run('[1, 2].toSorted((a, b) => b - a)'), [2, 1]);
    }));

  test('say which types are there without an import, and from where', async () => {
    const types = {
      'node_modules/@types/ambient/index.d.ts': 'declare const ambient: 1;',
      'typings/own/index.d.ts': 'declare const own: 2;',
    };
    const older = { 'node_modules/typescript/package.json': '{ "name": "typescript", "version": "5.9.3" }' };
    for (const [compilerOptions, known, more = {}, files = {}] of [
      [{}, []],
      [{ types: ['ambient'] }, ['ambient']],
      [{ types: ['*'] }, ['ambient']],
      [{ typeRoots: ['./typings'], types: ['own'] }, ['own']],
      [{ typeRoots: ['./typings'], types: ['*'] }, ['own']],
      [{}, ['ambient'], {}, older],
      [{ types: [] }, [], {}, older],
      [{}, ['ambient'], { include: ['src'] }, older],
      [{}, ['ambient'], { 'ts-node': { compilerOptions: { types: ['ambient'] } } }],
    ] as const) {
      await within({ ...project(compilerOptions, more), ...types, ...files }, async (notebook) => {
        for (const name of ['ambient', 'own'] as const) {
          const cell = `const ${name}2 = ${name};`;
          if ((known as readonly string[]).includes(name)) notebook.convert(cell);
          else notebook.refuse(cell);
        }
        notebook.convert("const bytes: Buffer = Buffer.from('a');");
      });
    }
  });

  test('may stand in its section for ts-node', () =>
    within(project({}, { 'ts-node': { compilerOptions: decorators } }), async (notebook) => {
      await notebook.run(
        "import { noted } from './library'; import { Person } from './entity'; void Person;",
      );
      await notebook.run('class Pet { @noted age!: number }');
    }));

  test('check its files, where they are not meant for the notebook', () =>
    within(project({ strict: false }, { include: ['src'] }), async (notebook) => {
      notebook.write('src/loose.ts', 'export function half(n) { return n / 2; }');
      assert.equal(await notebook.run("import { half } from './src/loose'; half(84)"), 42);
      notebook.refuse('function half(n) { return n / 2; }');
    }));

  test('are those of the part that has the file, where a tsconfig.json only names its parts', () =>
    within(
      project({}, { files: [], references: [{ path: './old.json' }, { path: './new.json' }] }),
      async (notebook) => {
        notebook.write('old.json', JSON.stringify({ compilerOptions: decorators, include: ['old'] }));
        notebook.write('new.json', JSON.stringify({ include: ['new'] }));
        const decorate =
          'const log: string[] = []; function note(...args: any[]) { log.push(String(args.length)); }';
        const text = `${decorate} class A { @note method() {} } export const noted = log;`;
        notebook.write('old/a.ts', text);
        notebook.write('new/a.ts', text);
        await notebook.run(
          "import { noted as before } from './old/a'; import { noted as after } from './new/a';",
        );
        assert.deepEqual(await notebook.run('[before, after]'), [['3'], ['2']]);
      },
    ));

  test('hold from the next cell on when they are changed', () =>
    within(project({ strict: true }), async (notebook) => {
      const cell = "import { noted } from './library'; class Pet { @noted age!: number }";
      notebook.refuse(cell);
      notebook.write('tsconfig.json', JSON.stringify({ compilerOptions: decorators }));
      await notebook.run(cell);
    }));
});

test('A cell may use what this Node runs, whatever the target', () =>
  within(project({ target: 'es2017' }), async (notebook) => {
    assert.equal(await notebook.run(String.raw`/[\p{Letter}--[a-z]]/v.test('A')`), true);
  }));
