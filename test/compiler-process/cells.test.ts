// What the kernel asks of the cells: diagnostics, completions, documentation, completeness; and that it costs little.

import assert from 'node:assert/strict';
import { after, afterEach, describe, mock, test } from 'node:test';
import ts from 'typescript';
import { createCells } from '../../kernel/compiler-process/cells';
import { allLetters, oneByte } from '../../kernel/compiler-process/typescript/one-byte';
import { standardLibraries } from '../../kernel/compiler-process/typescript/standard-library';
import { typescript } from '../../kernel/compiler-process/typescript/typescript-internals';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

const notebook = new TestNotebook();
afterEach(() => notebook.forget());
after(() => notebook.close());
after(nothingLeft);

describe('A type error', () => {
  test('names its place and marks it.', () => {
    const [found] = notebook.refuse('const a = 1;\n\tconst n: number = "x" + a;');
    assert.deepEqual(found, {
      line: 2,
      column: 8,
      code: 2322,
      message: "Type 'string' is not assignable to type 'number'.",
      excerpt: '2 | \tconst n: number = "x" + a;\n  | \t      ^',
    });
  });

  test('marks all of what is wrong.', () => {
    const [found] = notebook.refuse('missing + 1');
    assert.equal(found?.excerpt, '1 | missing + 1\n  | ^^^^^^^');
  });

  test('stops the cell: nothing of it is declared.', () => {
    notebook.refuse('const a: number = "no"');
    assert.equal(notebook.refuse('a')[0]?.code, 2304);
  });

  test('of a line that was meant as an export is in its own column.', () => {
    const [found] = notebook.refuse('export const a: number = "x"');
    assert.deepEqual([found?.line, found?.column], [1, 14]);
  });

  test('of the syntax comes alone.', () => {
    const found = notebook.refuse('const = missing');
    assert.ok(found.every(({ code }) => code < 2000));
  });

  test('in a local module names the file.', () => {
    const own = new TestNotebook(
      { 'lib/bad.ts': 'export const a = 1;\nexport const b: string = a;' },
      'notebooks',
    );
    try {
      const [found] = own.refuse('import { b } from "../lib/bad"');
      // At the value, where the sentence says what to write.
      assert.deepEqual([found?.file, found?.line, found?.column], ['../lib/bad.ts', 2, 26]);
    } finally {
      own.close();
    }
  });

  test('is one under strict rules: a parameter needs a type, null is not a string.', () => {
    assert.equal(notebook.refuse('function f(x) { return x }')[0]?.code, 7006);
    assert.equal(notebook.refuse('const s: string = null')[0]?.code, 2322);
  });

  test('at the end of a cell that breaks off lies inside the cell.', () => {
    const [found] = notebook.refuse('const f = () => {');
    assert.deepEqual([found?.line, found?.column], [1, 18]);
  });

  test('does not come from a package that has nothing for require but a refusal.', async () => {
    const description = { exports: { import: './index.mjs', require: './index.cjs' } };
    const own = new TestNotebook({
      'node_modules/modern/package.json': JSON.stringify(description),
      'node_modules/modern/index.cjs':
        "'use strict';\nthrow new Error('Write import instead of require().');",
      'node_modules/modern/index.mjs': 'export const modern = 1;',
    });
    try {
      assert.equal(await own.run('import { modern } from "modern"; modern'), 1);
    } finally {
      own.close();
    }
  });

  test('does not come from a package without types.', async () => {
    const own = new TestNotebook({ 'node_modules/plain/index.js': 'exports.plain = 1;' });
    try {
      assert.equal(await own.run('import { plain } from "plain"; plain'), 1);
    } finally {
      own.close();
    }
  });
});

describe('The standard library', () => {
  test('has the parts and the types of Node that a package refers to.', () => {
    const own = new TestNotebook({
      'node_modules/referring/index.js': 'exports.bytes = Buffer.from("ab"); exports.at = () => 0;',
      'node_modules/referring/index.d.ts': `/// <reference types="node" />
/// <reference lib="es2020" />
/// <reference lib="dom" />
export declare const bytes: Buffer;
export declare function at(element: HTMLElement): Promise<number>;`,
    });
    try {
      own.convert("import { at, bytes } from 'referring';\nconst size: number = bytes.length;");
      const [found] = own.refuse('const none: number = at;');
      assert.match(String(found?.message), /\(element: HTMLElement\) => Promise<number>/);
    } finally {
      own.close();
    }
  });

  test('leaves the types of Node to a notebook that has its own.', () => {
    const own = new TestNotebook({
      'node_modules/@types/node/package.json':
        '{ "name": "@types/node", "version": "99.0.0", "types": "index.d.ts" }',
      'node_modules/@types/node/index.d.ts':
        "declare module 'node:os' { export function future(): 'soon'; }\ndeclare var onlyOurs: 1;",
    });
    try {
      own.convert(
        "import { future } from 'node:os';\nconst when: 'soon' = future();\nconst one: 1 = onlyOurs;",
      );
      const [found] = own.refuse("import { cpus } from 'node:os';\ncpus;");
      assert.match(String(found?.message), /cpus/);
    } finally {
      own.close();
    }
  });
});

test('Every letter beyond Latin-1 comes back as it was', () => {
  const letters = '\u{100} \u{1f600} \u{10ffff}';
  assert.equal(allLetters(oneByte(letters)), letters);
});

test('Letters of two bytes are in comments of the library only', () => {
  for (const { text } of standardLibraries()) {
    const file = ts.createSourceFile('library.d.ts', text, ts.ScriptTarget.Latest);
    const checkWords = (node: ts.Node): void => {
      const isWord = ts.forEachChild(node, (child) => checkWords(child) ?? true) !== true;
      if (isWord) assert.equal(allLetters(node.getText(file)), node.getText(file));
    };
    checkWords(file);
    assert.notEqual(allLetters(text), text);
    assert.ok([...text].every((letter) => letter <= 'ÿ'));
    assert.equal(oneByte(allLetters(text)), text);
  }
});

describe("The modules of Node's whose types come on demand", () => {
  test('are checked when a cell imports one', async () => {
    notebook.convert("import { Session } from 'node:inspector';\nconst inspector = new Session();");
    const [wrong] = notebook.refuse('inspector.nothing');
    assert.match(String(wrong?.message), /'nothing' does not exist on type 'Session'/);
    const [unknown] = notebook.refuse("import { nothing } from 'http2'");
    assert.match(String(unknown?.message), /'"http2"' has no exported member 'nothing'/);
  });

  test('are known by a local module', () => {
    notebook.write(
      'web.ts',
      "import * as http2 from 'node:http2';\nexport const ok = http2.constants.HTTP_STATUS_OK;",
    );
    notebook.convert("import { ok } from './web';\nconst status: number = ok;");
    assert.match(String(notebook.refuse('const text: string = ok;')[0]?.message), /number/);
  });

  test('are offered, with what they export', () => {
    const offered = (code: string, cursor = code.length) =>
      notebook.cells.complete(code, cursor).completions.map(({ text }) => text);
    assert.deepEqual(offered("import {} from 'node:http").sort(), ['node:http', 'node:http2', 'node:https']);
    assert.ok(offered("import { conn } from 'http2'", 13).includes('connect'));
  });
});

describe('Completion', () => {
  test('offers what earlier cells declared, with its kind.', async () => {
    await notebook.run('const greeting = "hi"; function greet() {} class Greeter {}');
    const { start, end, completions } = notebook.cells.complete('1 + gree', 8);
    assert.deepEqual([start, end], [4, 8]);
    const kinds = Object.fromEntries(completions.map(({ text, kind }) => [text, kind]));
    assert.equal(kinds.greeting, 'const');
    assert.equal(kinds.greet, 'function');
    assert.equal(kinds.Greeter, 'class');
  });

  test('offers the members of a value, also behind a character of two units.', () => {
    const code = '"🎉".toUp';
    const { start, completions } = notebook.cells.complete(code, code.length);
    assert.equal(start, code.indexOf('toUp'));
    assert.deepEqual(completions[0], {
      text: 'toUpperCase',
      kind: 'method',
      signature: '() => string',
    });
  });

  test('offers the exports of a module.', () => {
    const code = 'import { readFileS } from "node:fs"';
    const { completions } = notebook.cells.complete(code, code.indexOf(' }'));
    assert.equal(completions[0]?.text, 'readFileSync');
  });

  test('offers what is deprecated last.', () => {
    const texts = notebook.cells.complete('"".sub', 6).completions.map(({ text }) => text);
    assert.deepEqual(texts, ['substring', 'sub', 'substr']);
  });

  test('has no effect on the next cell.', async () => {
    notebook.cells.complete('const half = 1; hal', 19);
    assert.equal(notebook.refuse('half')[0]?.code, 2304);
  });
});

describe('Inspection', () => {
  test('shows the signature and the documentation, as text and as Markdown.', async () => {
    await notebook.run(
      '/**\n * Greets.\n * @param name whom\n */\nfunction greet(name: string) { return name }',
    );
    const brief = notebook.cells.inspect('greet("x")', 2, 0);
    assert.equal(brief?.text, 'function greet(name: string): string\n\nGreets.');
    assert.equal(brief?.markdown, '```typescript\nfunction greet(name: string): string\n```\n\nGreets.');
    const full = notebook.cells.inspect('greet("x")', 2, 1);
    assert.match(full?.text ?? '', /@param name whom/);
  });

  test('shows the documentation of a variable of an earlier cell.', async () => {
    await notebook.run('/** How many. */\nconst many = 3');
    assert.match(notebook.cells.inspect('many', 1)?.text ?? '', /const many: 3\n\nHow many\./);
  });

  const explained = (code: string, cursor = code.length) =>
    notebook.cells.inspect(code, cursor, 1)?.text ?? '';

  test("shows the standard library's, Node's and ParLab's documentation, tags included.", async () => {
    notebook.convert(
      "import * as fs from 'node:fs';\nimport { Lock } from 'parlab';\nconst held = new Lock();",
    );
    assert.match(explained('"".padStart'), /Pads the current string.*@param maxLength The length/s);
    assert.match(explained('fs.readFileSync'), /Returns the contents of the `path`\..*@since v0\.1\.8/s);
    assert.match(explained('held.release'), /Frees the lock\..*@throws NotHeldError.*@example/s);
    // Letters that take two bytes each.
    assert.match(explained('Math.hypot'), /either \+0 or −0, the result is \+0\./);
  });

  test('shows what a method inherits of it.', () => {
    notebook.convert(
      'class Registry extends Map<string, number> { get(key: string) { return super.get(key); } }',
    );
    assert.match(explained('new Registry().get'), /Returns a specified element from the Map object/);
  });

  test('knows nothing of a place without a name.', () => {
    assert.equal(notebook.cells.inspect('1 + 1', 2), undefined);
  });
});

describe('Completeness', () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ['1 + 1', { status: 'complete' }],
    ['', { status: 'complete' }],
    ['const a = () => {', { status: 'incomplete', indent: '  ' }],
    ['  foo(', { status: 'incomplete', indent: '    ' }],
    ['const s = `a', { status: 'incomplete', indent: '' }],
    ['/* a comment', { status: 'incomplete', indent: '' }],
    ['const = 3', { status: 'invalid' }],
    ['foo)', { status: 'invalid' }],
    ['"unterminated\n1', { status: 'invalid' }],
    ['await null', { status: 'complete' }],
  ];
  for (const [code, expected] of rows) {
    test(`of ${JSON.stringify(code)}.`, () => assert.deepEqual(notebook.cells.isComplete(code), expected));
  }
});

describe('The cells of a notebook', () => {
  test('answer whatever is asked first.', () => {
    const fresh = new TestNotebook();
    try {
      const { cells } = fresh;
      assert.equal(cells.complete('Math.ma', 7).completions[0]?.text, 'max');
      fresh.forget();
      assert.match(cells.inspect('Math.max', 6)?.text ?? '', /max\(/);
      cells.declare('given');
      fresh.convert('given');
    } finally {
      fresh.close();
    }
  });

  test('know the names of a cell whose declarations the compiler could not write.', async () => {
    const write = mock.method(typescript, 'declarationsOf', () => {
      throw new Error('a fault in TypeScript');
    });
    notebook.convert('const one = 1; class Two {}');
    notebook.cells.finish();
    write.mock.restore();
    notebook.convert('const three: string = one + new Two().four;');
    assert.equal(notebook.cells.typeOf('one'), 'any');
  });

  test('cost nothing until they are asked.', () => {
    const before = Object.keys(require.cache).length;
    createCells({ directory: '/' }).close();
    assert.equal(Object.keys(require.cache).length, before);
  });

  test('leave no watcher and no timer behind.', () => {
    const kinds = process.getActiveResourcesInfo().filter((kind) => /FSEvent|Stat|Timeout/.test(kind));
    assert.deepEqual(kinds, []);
  });

  test('leave Node’s module cache as it was: only tslab’s converter sees our compiler.', () => {
    const stranger = require.resolve('@tslab/typescript-for-tslab');
    assert.equal(require.cache[stranger], undefined);
    assert.equal(require.cache[require.resolve('tslab/dist/converter')], undefined);
    assert.equal('getPreEmitDiagnosticsOfFiles' in require('typescript'), false);
  });

  test('convert the next cell after one on which the compiler fails.', async () => {
    await notebook.run('const a = 1');
    const broken = { toString: () => 'x' } as unknown as string;
    assert.throws(() => notebook.cells.convert(broken, { cell: 1 }));
    assert.equal(await notebook.run('a'), 1);
  });
});

describe('A promise of the library that nobody awaits', () => {
  const warningsOf = (code: string) => {
    const converted = notebook.cells.convert(code, { cell: 1 });
    assert.ok(converted.ok, JSON.stringify(converted));
    return converted.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };
  const setUp =
    "import { Lock, Pool, Process, Queue } from 'parlab'; const lock = new Lock(); const queue = new Queue<number>();";

  test('is a warning with its place and what to write instead.', () => {
    assert.deepEqual(warningsOf(`${setUp}\nlock.acquire();\nconst n = 1;\n  queue.put(n);`), [
      '2:1 Nobody waits for this promise: write `await lock.acquire()`.',
      '4:3 Nobody waits for this promise: write `await queue.put(n)`.',
    ]);
  });

  test('is found inside of functions, and as the last line.', () => {
    assert.deepEqual(
      warningsOf(
        `${setUp}\nasync function f() { lock.acquire(); lock.release(); }\nnew Process({ target: f }).join()`,
      ),
      [
        '2:22 Nobody waits for this promise: write `await lock.acquire()`.',
        '3:1 Nobody waits for this promise: write `await new Process({ target: f }).join()`.',
      ],
    );
  });

  const fine = [
    'await lock.acquire();',
    'void lock.acquire();',
    'lock.acquire().then(() => lock.release());',
    'const held = lock.acquire();',
    'const later = () => lock.acquire();',
    'lock.acquireSync(); lock.release();',
    'new Process({ target: () => {} }).start();',
    'Promise.resolve(1);',
    '// @ts-nocheck\nlock.acquire();',
  ];
  for (const code of fine) {
    test(`is none in ${code}`, () => assert.deepEqual(warningsOf(`${setUp}\n${code}`), []));
  }
});

describe('// @ts-nocheck', () => {
  test('turns the checking off in its cell alone.', async () => {
    assert.equal(await notebook.run('// @ts-nocheck\nconst n: number = "text"; n'), 'text');
    assert.equal(notebook.refuse('const m: number = "text";')[0]?.code, 2322);
  });

  test('does not let pass what is no TypeScript at all.', () => {
    assert.equal(notebook.refuse('// @ts-nocheck\nconst = 1;')[0]?.code, 1134);
  });
});

describe("A project's tsconfig.json", () => {
  const cells = (files: { [path: string]: string }, folder = 'notebooks') => new TestNotebook(files, folder);
  const loose = '{ "compilerOptions": { "strict": false, "noUnusedLocals": true, "module": "commonjs" } }';

  test('decides how strictly the cells of its folders are checked, but not how they run.', async () => {
    const project = cells({ 'tsconfig.json': `// with a comment\n${loose}` });
    try {
      const code = 'function half(n) { return n / 2; }\nawait Promise.resolve(half(84))';
      assert.equal(await project.run(code), 42);
    } finally {
      project.close();
    }
  });

  test('that includes other folders, or is broken, changes nothing.', () => {
    for (const tsconfig of ['{ "include": ["src"], "compilerOptions": { "strict": false } }', '{ "broken']) {
      const project = cells({ 'tsconfig.json': tsconfig });
      assert.equal(project.refuse('function half(n) { return n / 2; }')[0]?.code, 7006);
      project.close();
    }
  });

  test('can ask for more than strict does.', () => {
    const project = cells({
      'tsconfig.json': '{ "compilerOptions": { "noUncheckedIndexedAccess": true } }',
    });
    assert.equal(project.refuse('const first: number = [1][0];')[0]?.code, 2322);
    project.close();
  });
});

describe('A name that a module exports and nobody imported', () => {
  const hints: [code: string, message: RegExp][] = [
    ['new Process({ target: () => {} })', /write first: import \{ Process \} from 'parlab';$/],
    ['readFileSync("x")', /write first: import \{ readFileSync \} from 'node:fs';$/],
    ['new IntSlider()', /from 'parlab\/widgets';$/],
    ['nowhere()', /^Cannot find name 'nowhere'\.\nNo cell that makes it has run since the start/],
  ];

  test('completion offers names of modules that are not imported yet, behind those that are there', () => {
    const { completions } = notebook.cells.complete('new Lo', 6);
    const lock = completions.find(({ text }) => text === 'Lock');
    assert.deepEqual(lock, { text: 'Lock', kind: 'import', signature: "import { Lock } from 'parlab'" });
    const read = notebook.cells.complete('readFileS', 9).completions;
    assert.deepEqual(read, [
      { text: 'readFileSync', kind: 'import', signature: "import { readFileSync } from 'node:fs'" },
    ]);
    const joined = notebook.cells.complete('isAbs', 5).completions;
    assert.equal(joined[0]?.signature, "import { isAbsolute } from 'node:path'");
  });

  test('completion offers what files beside the notebook and packages of its project export.', () => {
    const project = new TestNotebook({
      'package.json':
        '{ "dependencies": { "shapes": "*", "untyped": "*" }, "devDependencies": { "hidden": "*" } }',
      'helper.ts': 'export function helpOut() {}\nexport interface HelpWanted {}\nfunction helpSecretly() {}',
      'node_modules/shapes/package.json': '{ "types": "index.d.ts", "main": "index.js" }',
      'node_modules/shapes/index.d.ts':
        "export * from './round';\ndeclare class Square {}\ninterface SquareOptions {}\nexport { Square as SquareShape, SquareOptions };",
      'node_modules/shapes/round.d.ts': 'export declare const roundShape: number, [other]: number[];',
      'node_modules/shapes/index.js': 'exports.roundShape = 1;',
      'node_modules/hidden/package.json': '{ "types": "index.d.ts" }',
      'node_modules/hidden/index.d.ts': 'export declare const hiddenValue: number;',
      'node_modules/untyped/package.json': '{ "main": "index.js" }',
      'node_modules/untyped/index.js': 'exports.anything = 1;',
    });
    const imports = (written: string) =>
      project.cells
        .complete(written, written.length)
        .completions.filter(({ kind }) => kind === 'import')
        .map(({ signature }) => signature);
    assert.deepEqual(imports('help'), ["import { helpOut } from './helper'"]);
    assert.deepEqual(imports('Squ'), ["import { SquareShape } from 'shapes'"]);
    assert.deepEqual(imports('round'), ["import { roundShape } from 'shapes'"]);
    assert.deepEqual(imports('hiddenV'), []);
    assert.match(project.refuse('helpOut()')[0]?.message ?? '', /import \{ helpOut \} from '.\/helper';$/);
    project.write('helper.ts', 'export const helpAnew = 1;');
    assert.deepEqual(imports('help'), ["import { helpAnew } from './helper'"]);
    project.close();
  });

  test('completion offers no imports for members, short beginnings and what is imported already', () => {
    const kinds = (code: string) =>
      notebook.cells.complete(code, code.length).completions.map(({ kind }) => kind);
    assert.ok(!kinds('Math.ma').includes('import'));
    assert.ok(!kinds('re').slice(0, 1).includes('import'));
    assert.ok(!kinds('r').includes('import'));
    const text = "import { Lock } from 'parlab'; new Loc";
    const { completions } = notebook.cells.complete(text, text.length);
    assert.deepEqual(
      completions.filter((each) => each.text === 'Lock').map(({ kind }) => kind),
      ['alias'],
    );
  });

  test('a name that has to be imported is explained with its import', () => {
    const known = notebook.cells.inspect('new Lock()', 6);
    assert.match(known?.text ?? '', /^import \{ Lock \} from 'parlab'\n\n.*new Lock\(/);
    assert.equal(notebook.cells.inspect('nothing.Lock', 10), undefined);
  });

  for (const [code, message] of hints) {
    test(`${code} says which import was forgotten.`, () => {
      assert.match(notebook.refuse(code)[0]?.message ?? '', message);
    });
  }
});

describe('Completion', () => {
  const completed = (code: string) => {
    const cursor = code.indexOf('|');
    const text = code.replace('|', '');
    const { start, end, completions } = notebook.cells.complete(text, cursor);
    return { replaced: text.slice(start, end), texts: completions.map(({ text }) => text), completions };
  };

  test('tells the types of what it offers.', () => {
    const { completions } = completed(
      'const lock = { acquire(timeout: number): boolean { return timeout > 0; } };\nlock.acq|',
    );
    assert.deepEqual(completions, [
      { text: 'acquire', kind: 'method', signature: '(timeout: number) => boolean' },
    ]);
  });

  test('offers the names of modules in place of what is written of them.', () => {
    notebook.write('tool.ts', 'export const saw = 1;');
    notebook.write('deep/inner.ts', 'export const deep = 1;');
    assert.deepEqual(
      [completed("import { saw } from './to|'").texts, completed("import './to|'").replaced],
      [['tool'], 'to'],
    );
    assert.deepEqual(completed("await import('./deep/|').texts").texts, ['inner']);
    const node = completed("import { readFile } from 'node:fs/p|'");
    assert.ok(['node:fs/promises', 'promises'].includes(node.texts[0] ?? ''), JSON.stringify(node));
    const ours = completed("import {} from 'par|");
    assert.deepEqual([ours.texts, ours.replaced], [['parlab', 'parlab/tutorial', 'parlab/widgets'], 'par']);
  });
});
