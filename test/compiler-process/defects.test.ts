// tslab's known defects that concern conversion: each cell here fails in tslab 1.0.22.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

interface Case {
  readonly title: string;
  readonly files?: { [path: string]: string };
  readonly folder?: string;
  /** Cells run one after the other. One that starts with `throws:` must. */
  readonly cells: readonly string[];
  /** The value of the last cell. */
  readonly value: unknown;
}

const cases: readonly Case[] = [
  {
    title: 'a shorthand property of an earlier cell’s variable',
    cells: ['const a = 1, b = 2', '({ a, b })'],
    value: { a: 1, b: 2 },
  },
  {
    title: 'a variable set in a later cell is seen by an older function',
    cells: ['let n = 1; const getN = () => n', 'n = 5; [n, getN()]'],
    value: [5, 5],
  },
  {
    title: 'a redefined function is called by an older one',
    cells: [
      'function h1() { return "old" }; function h2() { return h1() }',
      'function h1() { return "new" }',
      'h2()',
    ],
    value: 'new',
  },
  {
    title: 'a cell that throws keeps what it declared before',
    cells: ['throws: const a = 7; throw new Error("no")', 'a'],
    value: 7,
  },
  {
    title: 'for await at top level',
    cells: ['let sum = 0; for await (const x of [Promise.resolve(1), 2]) sum += x; sum'],
    value: 3,
  },
  {
    title: 'using at top level is disposed at the end of the cell, and the cell still has a value',
    cells: [
      'const log: string[] = []',
      'using r = { [Symbol.dispose]() { log.push("disposed") } }; const used = log.length; function late() { return typeof r } used',
      '[used, log, late()]',
    ],
    value: [0, ['disposed'], 'object'],
  },
  {
    title: 'await using at top level',
    cells: [
      'const log: string[] = []; await using r = { async [Symbol.asyncDispose]() { await null; log.push("disposed") } }',
      'log',
    ],
    value: ['disposed'],
  },
  {
    title: 'export in front of declarations',
    cells: [
      'export const a = 1; export function f() { return a } export class C {} export interface I { x: number } export { a }',
      'const i: I = { x: f() }; export default i.x + 1',
    ],
    value: 2,
  },
  {
    title: 'decorators of the standard',
    cells: [
      'function twice(method: (this: C) => number, context: ClassMethodDecoratorContext) { return function (this: C) { return method.call(this) * 2 } }\n' +
        'function named<T extends new () => object>(target: T, context: ClassDecoratorContext) { Object.assign(target, { label: context.name }) }\n' +
        '@named class C { @twice m() { return 21 } }\n[new C().m(), (C as unknown as { label: string }).label, C.name]',
    ],
    value: [42, 'C', 'C'],
  },
  {
    title: 'import.meta',
    cells: ['new URL(import.meta.url).protocol'],
    value: 'file:',
  },
  {
    title: 'an import with the extension .ts',
    files: {
      'tool.ts': 'export const tool = (x: number): number => x * 2;\nexport interface Tool { name: string }',
    },
    cells: ['import { tool, Tool } from "./tool.ts"; const t: Tool = { name: "saw" }', 'tool(t.name.length)'],
    value: 6,
  },
  {
    title: 'a module in a sibling folder',
    files: {
      'lib/tool.ts': 'import { base } from "./base";\nexport const tool = () => base + 1;',
      'lib/base.ts': 'export const base = 1;',
    },
    folder: 'notebooks',
    cells: ['import { tool } from "../lib/tool"', 'tool()'],
    value: 2,
  },
  {
    title: 'an awaited import of a builtin in a const',
    cells: ['const util = await import("node:util")', 'util.inspect({ a: 1 })'],
    value: '{ a: 1 }',
  },
  {
    title: 'an awaited import of a local module',
    files: { 'tool.ts': 'export const tool: string = "saw";' },
    cells: ['const { tool } = await import("./tool.ts"); (await import("./tool")).tool + tool'],
    value: 'sawsaw',
  },
  {
    title: 'a namespace used two cells later',
    cells: [
      'namespace N { export const x = 1; export interface P { y: number } }',
      'const other = 2',
      'const p: N.P = { y: N.x }; p.y',
    ],
    value: 1,
  },
  {
    title: 'a package with only an import condition',
    files: {
      'node_modules/only/package.json':
        '{ "name": "only", "type": "module", "exports": { "import": "./index.js" } }',
      'node_modules/only/index.js': 'export const only = 1; export default 2;',
      'node_modules/only/index.d.ts': 'export const only: number; declare const d: number; export default d;',
    },
    cells: ['import d, { only } from "only"; import * as all from "only"', '[d, only, all.only]'],
    value: [2, 1, 1],
  },
  {
    title: 'a package with a top-level await',
    files: {
      'node_modules/slow/package.json':
        '{ "name": "slow", "type": "module", "main": "index.js", "types": "index.d.ts" }',
      'node_modules/slow/index.js': 'export const slow = await Promise.resolve("done");',
      'node_modules/slow/index.d.ts': 'export declare const slow: string;',
    },
    cells: ['import { slow } from "slow"', 'slow'],
    value: 'done',
  },
  {
    title: 'a package whose types are reachable only through exports',
    files: {
      'node_modules/typed/package.json':
        '{ "name": "typed", "exports": { "./sub": { "types": "./types/sub.d.ts", "default": "./lib/sub.js" } } }',
      'node_modules/typed/lib/sub.js': 'exports.sub = (x) => x.length;',
      'node_modules/typed/types/sub.d.ts': 'export declare function sub(x: string): number;',
    },
    cells: ['import { sub } from "typed/sub"', 'const n: number = sub("four"); n'],
    value: 4,
  },
];

describe('What tslab gets wrong works here:', () => {
  const shared = new TestNotebook();
  after(() => shared.close());

  for (const { title, files, folder, cells, value } of cases) {
    test(`${title}.`, async () => {
      const notebook = files ? new TestNotebook(files, folder) : shared;
      try {
        assert.deepEqual(await runAll(cells, notebook), value);
      } finally {
        if (files) notebook.close();
        else notebook.forget();
      }
    });
  }
});

async function runAll(cells: readonly string[], notebook: TestNotebook): Promise<unknown> {
  let last: unknown;
  for (const cell of cells) {
    if (cell.startsWith('throws:')) await assert.rejects(notebook.run(cell.slice('throws:'.length)));
    else last = await notebook.run(cell);
  }
  return last;
}

after(nothingLeft);
