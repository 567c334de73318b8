// The way from the JavaScript that runs back to what the student wrote: line and column.

import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

const notebook = new TestNotebook();
afterEach(() => notebook.forget());
after(() => notebook.close());
after(nothingLeft);

// In each cell ▲ stands before the place that the first frame must name; earlier cells come before it.
const rows: readonly (readonly [string, readonly string[]])[] = [
  ['after lines of types only', ['interface A {\n  x: number;\n}\ntype B = A;\n\n▲throw new Error("here")']],
  [
    'in the middle of a line',
    ['const ok: number = 1; const f = (x: number): number => { ▲throw new Error("here") }; f(ok)'],
  ],
  [
    'in a called function, below an import',
    [
      'import { join } from "node:path";\n\nfunction f(x: string) {\n  join(x);\n  ▲throw new Error("here");\n}\nf("a")',
    ],
  ],
  [
    'in a function of an earlier cell',
    ['const one = 1;\nfunction f(n: number) {\n  if (n === one) ▲throw new Error("here");\n}', 'f(1)'],
  ],
  [
    'after using',
    ['const a: number = 1;\nusing r = { [Symbol.dispose]() {} };\nif (a) ▲throw new Error("here")'],
  ],
  [
    'in a decorated class',
    [
      'function log(_t: unknown, _c: ClassDecoratorContext) {}\n@log\nclass C {\n  m(): number {\n    ▲throw new Error("here");\n  }\n}\nnew C().m()',
    ],
  ],
  [
    'after an await',
    [
      'const wait = async (): Promise<void> => {\n  await null;\n  ▲throw new Error("here");\n};\nawait wait()',
    ],
  ],
  ['in an export', ['export const f = (): void => {\n  ▲throw new Error("here");\n};\nf()']],
];

describe('The source map leads to the student’s own line and column', () => {
  for (const [title, cells] of rows) {
    test(`${title}.`, async () => {
      const places = new Map<string, string>();
      const maps = new Map<string, TraceMap>();
      let thrown: unknown;
      for (const marked of cells) {
        const program = notebook.convert(marked.replace('▲', ''));
        maps.set(program.url, new TraceMap(program.sourceMap));
        if (marked.includes('▲')) places.set(program.url, placeOf('▲', marked));
        // `throw E` is seen at the `new` of E.
        thrown = await notebook.evaluate(program).catch((error: unknown) => error);
      }
      const [, url = '', line, column] =
        /\((Cell \d+):(\d+):(\d+)\)|at (?:async )?(Cell \d+):(\d+):(\d+)/
          .exec((thrown as Error).stack ?? '')
          ?.filter(Boolean) ?? [];
      const map = maps.get(url);
      assert.ok(map, `no cell in ${(thrown as Error).stack}`);
      const original = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
      const expected = places.get(url)?.split(':').map(Number) ?? [];
      assert.equal(`${original.line}:${(original.column ?? 0) + 1 - 'throw '.length}`, expected.join(':'));
    });
  }

  test('for every call, also of names that the linker rewrote.', async () => {
    await notebook.run('function fail(): never { throw new Error("here") }');
    const code = 'const first = 1;\nconst second = { first, then: [first,   fail()] }';
    const program = notebook.convert(code);
    const error = (await notebook.evaluate(program).catch((thrown: unknown) => thrown)) as Error;
    const [, line, column] = new RegExp(`${program.url}:(\\d+):(\\d+)`).exec(error.stack ?? '') ?? [];
    const original = originalPositionFor(new TraceMap(program.sourceMap), {
      line: Number(line),
      column: Number(column) - 1,
    });
    assert.equal(`${original.line}:${(original.column ?? 0) + 1}`, placeOf('fail()', code));
  });

  test('and carries the student’s text.', () => {
    const { sourceMap, url } = notebook.convert('const a: number = 1');
    assert.deepEqual([sourceMap.sources, sourceMap.sourcesContent], [[url], ['const a: number = 1']]);
  });
});

function placeOf(mark: string, text: string): string {
  const before = text.slice(0, text.indexOf(mark)).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
