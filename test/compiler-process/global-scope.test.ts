// What holds for the whole notebook without an import: references at the beginning of a cell, and what is added
// to the global scope, or was meant to be.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

const notebook = new TestNotebook({
  'node_modules/@types/ambient/package.json': '{ "name": "@types/ambient", "types": "index.d.ts" }',
  'node_modules/@types/ambient/index.d.ts': 'declare const ambient: 1;',
  'typings/own.d.ts': 'declare const own: 2;',
  'referring.ts':
    '/// <reference types="ambient" />\n/// <reference path="./typings/own.d.ts" />\nexport const sum = () => [ambient, own] as const;',
});
after(() => notebook.close());
after(nothingLeft);

const lib = '/// <reference lib="dom" />\n';
const types = '/// <reference types="ambient" />\n';
const path = '/// <reference path="typings/own.d.ts" />\n';

describe('A reference at the beginning of a cell', () => {
  for (const [directive, use] of [
    [lib, 'const title = () => document.title.length;'],
    [types, 'const one: 1 = ambient;'],
    [path, 'const two: 2 = own;'],
    [`#!/usr/bin/env node\n// A comment.\n${types}${path}`, 'const sum = [ambient, own];'],
  ] as const) {
    test(`holds for it and for the cells behind it: ${directive}`, () => {
      notebook.forget();
      notebook.refuse(use);
      notebook.convert(directive + use);
      notebook.convert(use);
    });
  }

  test('completes what is written below it, and is forgotten with a cell that did not compile', () => {
    notebook.forget();
    const names = notebook.cells.complete(`${types}ambi`, types.length + 4).completions;
    assert.equal(names[0]?.text, 'ambient');
    notebook.refuse(`${types}const none: number = 'text';`);
    notebook.refuse('ambient;');
  });

  test('of a local module holds, too', () => {
    notebook.forget();
    const [found] = notebook.refuse("import { sum } from './referring'; const none: number = sum();");
    assert.match(String(found?.message), /readonly \[1, 2\]/);
  });

  test('that leads nowhere is told', () => {
    for (const [code, directive] of [
      [2726, 'lib="nothing"'],
      [2688, 'types="nothing"'],
      [6053, 'path="./nothing.d.ts"'],
    ] as const) {
      const [found] = notebook.refuse(`const a = 1;`.replace(/^/, `/// <reference ${directive} />\n`));
      assert.deepEqual([found?.code, found?.line], [code, 1]);
    }
  });
});

/** An interface of a cell, and what a student tries who means the global one. */
const MEANT_GLOBAL: readonly [declared: string, used: string][] = [
  ['interface Array<T> { last(): T | undefined }', '[1].last()'],
  ['interface Array<T> { last(): T | undefined }', 'Array.prototype.last = function () { return this[0]; };'],
  ['interface Array<T> { last(): T | undefined }', 'const all: Array<number> = [1];'],
  ['interface String { shout(): string }', '`a`.shout()'],
  ['interface Map<K, V> { first(): V }', 'new Map<string, number>().first()'],
  ['interface Promise<T> { also(): void }', 'async function f(): Promise<string> { return "a"; }'],
  ['interface Error { code: string }', "new Error('x').code"],
  ['interface Number { double(): number }', '(5).double()'],
  ['interface Function { once(): void }', '(() => 1).once()'],
  ['interface RegExp { all(): number }', '/a/.all()'],
  ['interface Date { week: number }', 'new Date().week'],
];

describe('An interface of a cell with a global name', () => {
  for (const [declared, used] of MEANT_GLOBAL) {
    test(`is another one, and that is told where the global one is meant: ${used}`, () => {
      const [, written = ''] = declared.split(/interface | \{/);
      for (const cells of [[declared, used], [`${declared}\n${used}`]]) {
        notebook.forget();
        const last = cells.pop() ?? '';
        for (const cell of cells) notebook.convert(cell);
        const messages = notebook.refuse(last).map(({ message }) => message);
        assert.ok(
          messages.every((each) => each.includes(`\`declare global { interface ${written} { … } }\``)),
        );
      }
      notebook.convert(`declare global { ${declared} }`);
      notebook.convert(used);
    });
  }

  test('may be meant so', () => {
    notebook.forget();
    notebook.convert('interface Error { code: number } interface Set<T> { add(x: T): void }');
    notebook.convert(
      'class Own<T> implements Set<T> { add(x: T) {} } const own: Set<number> = new Own<number>();',
    );
    const [found] = notebook.refuse('const e: Error = { cod: 5 };');
    assert.doesNotMatch(String(found?.message), /declare global/);
  });

  test('in a namespace that all of Node has is refused', () => {
    notebook.forget();
    for (const word of ['namespace', 'declare namespace']) {
      const [found] = notebook.refuse(`${word} NodeJS { interface ProcessEnv { PORT: string } }`);
      assert.match(String(found?.message), /write `declare global \{ namespace NodeJS \{ … \} \}`/);
    }
    notebook.convert('declare global { namespace NodeJS { interface ProcessEnv { PORT: string } } }');
    notebook.convert('const port: string = process.env.PORT;');
  });
});
