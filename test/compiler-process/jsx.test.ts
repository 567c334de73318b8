// JSX in cells, without a setting: a cell that only makes sense as TSX is read as that.

import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

// As little of React as JSX needs.
const runtime = `
  exports.jsx = exports.jsxs = (type, { children = [], ...rest }) =>
    typeof type === 'function' ? type({ children, ...rest })
      : '<' + type + '>' + [children].flat().join('') + '</' + type + '>';`;
const types = `
  export namespace JSX {
    type Element = string;
    interface IntrinsicElements { p: { children?: unknown }; b: { children?: unknown } }
    interface ElementChildrenAttribute { children: {} }
  }
  export function jsx(type: unknown, props: unknown): string;
  export const jsxs: typeof jsx;`;

const notebook = new TestNotebook({
  'node_modules/react/package.json': '{ "name": "react", "version": "1.0.0" }',
  'node_modules/react/jsx-runtime.js': runtime,
  'node_modules/react/jsx-runtime.d.ts': types,
});
afterEach(() => notebook.forget());
after(() => notebook.close());
after(nothingLeft);

describe('JSX in a cell', () => {
  test('is an expression like any other, with its names live', async () => {
    await notebook.run(
      "let who = 'Ada'; const Greeting = (props: { name: string }) => <p>Hello {props.name}</p>;",
    );
    assert.equal(await notebook.run('<Greeting name={who} />'), '<p>Hello Ada</p>');
    assert.equal(await notebook.run("who = 'Alan'; <b>{[<p>1</p>, who]}</b>"), '<b><p>1</p>Alan</b>');
  });

  test('is checked', () => {
    assert.equal(notebook.refuse('<i>1</i>')[0]?.code, 2339);
    assert.equal(
      notebook.refuse('const Bold = (props: { n: number }) => <b>{props.n}</b>;\n<Bold n="x" />')[0]?.code,
      2322,
    );
  });

  test('leaves assertions and generic functions as they are', async () => {
    assert.equal(
      await notebook.run('const one = <number>1; const same = <T>(x: T) => x; same<number>(one)'),
      1,
    );
  });

  test('that is complete may be run, and one that is not waits for its next line', () => {
    assert.equal(notebook.cells.isComplete('<p>1</p>').status, 'complete');
    assert.equal(notebook.cells.isComplete('const a = (').status, 'incomplete');
  });
});
