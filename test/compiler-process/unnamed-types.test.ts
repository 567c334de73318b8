// Types that no library could name keep their meaning from cell to cell: those of packages that only another
// package has, and those that a module does not export.

import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const STORE = 'node_modules/.pnpm';
const manifest = (name: string) => JSON.stringify({ name, version: '1.0.0', types: 'index.d.ts' });

/** As pnpm does it: each package lies in a folder of its own, with links to those that it needs. */
const FILES = {
  [`${STORE}/web@1.0.0/node_modules/web/package.json`]: manifest('web'),
  [`${STORE}/web@1.0.0/node_modules/web/index.js`]:
    'module.exports = () => ({ get(f) { return f(this); } });',
  [`${STORE}/web@1.0.0/node_modules/web/index.d.ts`]:
    "import { App } from '@core/types'; declare function web(): App; export = web;",
  [`${STORE}/@core+types@1.0.0/node_modules/@core/types/package.json`]: manifest('@core/types'),
  [`${STORE}/@core+types@1.0.0/node_modules/@core/types/index.js`]: '',
  [`${STORE}/@core+types@1.0.0/node_modules/@core/types/index.d.ts`]: "export { App } from './app';",
  [`${STORE}/@core+types@1.0.0/node_modules/@core/types/app.d.ts`]:
    'export interface App { get(use: (app: App) => void): void; port: number }',
  'node_modules/bundled/package.json': manifest('bundled'),
  'node_modules/bundled/index.js': 'exports.make = () => ({ size: 1 }); exports.open = () => 1;',
  'node_modules/bundled/index.d.ts': [
    'interface Made { size: number; again: Made }',
    'declare class Opened { #key: number; name: string }',
    'declare enum Colour { red, blue }',
    'declare function make(): Made;',
    'declare function open(): Opened;',
    'declare function paint(): Map<Colour, Made[]>;',
    'export { make, open, paint };',
  ].join('\n'),
  'local.ts': [
    'class Inner { #secret = 1; size = 1 }',
    'interface Kid { size: number }',
    'export class Tree { kids: Kid[] = [{ size: 2 }] }',
    'export const inner = () => new Inner();',
  ].join('\n'),
};

const LINKS = {
  'node_modules/web': `${STORE}/web@1.0.0/node_modules/web`,
  [`${STORE}/web@1.0.0/node_modules/@core/types`]: `${STORE}/@core+types@1.0.0/node_modules/@core/types`,
};

/** What a cell makes, and of what type a later one finds it: one that no number has. */
const KEPT: readonly [made: string, asked: string, type: RegExp][] = [
  ["import web from 'web'; const app = web();", 'app', /'App'/],
  ["import web from 'web'; const apps = [web()];", 'apps[0]!.get', /\(use: \(app: App\) => void\) => void/],
  ["import web from 'web'; function start() { return { app: web() }; }", 'start().app', /'App'/],
  ["import web from 'web'; for (const _ of [1]) { var looped = web(); }", 'looped', /'App'/],
  ["import { make } from 'bundled'; const made = make();", 'made', /'Made'/],
  ["import { make } from 'bundled'; const { again } = make();", 'again.again', /'Made'/],
  ["import { make } from 'bundled'; class Box { held = make(); }", 'new Box().held', /'Made'/],
  ["import { open } from 'bundled'; const opened = open();", 'opened', /'Opened'/],
  ["import { paint } from 'bundled'; const painted = paint();", 'painted', /Map<Colour, Made\[\]>/],
  ["import { inner } from './local'; const one = inner();", 'one', /'Inner'/],
  ["import { Tree } from './local'; class Oak extends Tree {}", 'new Oak().kids[0]!', /'Kid'/],
  ['function own() { class Local { size = 1 } return new Local(); }', 'own()', /\{ size: number; \}/],
];

describe('What a cell makes is of its type in the next one', () => {
  const notebook = new TestNotebook(FILES);
  for (const [link, target] of Object.entries(LINKS)) {
    const path = join(notebook.directory, link);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(notebook.directory, target), path);
  }
  after(() => notebook.close());

  for (const [made, asked, type] of KEPT) {
    test(made, () => {
      notebook.cells.forget();
      notebook.convert(made);
      const [found] = notebook.refuse(`const wrong: number = ${asked};`);
      assert.match(String(found?.message), type);
    });
  }

  test('with what its functions are given, and without a complaint', async () => {
    await notebook.run("import web from 'web'; const app = web();");
    await notebook.run('app.get((each) => each.port);');
  });

  test('also where private fields tell it from all that looks like it', () => {
    notebook.cells.forget();
    notebook.convert("import { open } from 'bundled'; import { inner } from './local';");
    notebook.convert('const opened = open(); const one = inner();');
    notebook.convert('let [other, another] = [open(), inner()]; other = opened; another = one;');
  });

  test('also when the module is written anew', () => {
    notebook.cells.forget();
    notebook.convert("import { inner } from './local'; const one = inner();");
    notebook.write('local.ts', `${FILES['local.ts']}\nexport const more = 1;`);
    notebook.refuse('const wrong: string = one.size;');
  });

  test('and what the module does not export cannot be imported for that', () => {
    notebook.cells.forget();
    notebook.convert("import { make } from 'bundled'; import { inner } from './local';");
    notebook.convert('const [made, one] = [make(), inner()];');
    for (const [name, from] of [
      ['Made', 'bundled'],
      ['Inner', './local'],
    ]) {
      assert.equal(notebook.refuse(`import { ${name} } from '${from}';`)[0]?.code, 2459);
    }
    assert.ok(
      !notebook.cells
        .complete("import { I } from './local'", 10)
        .completions.some(({ text }) => text === 'Inner'),
    );
  });
});
