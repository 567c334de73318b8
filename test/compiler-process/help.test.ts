// Help and completion as a student meets them: the class's own text, the signature inside of brackets, and nothing of
// what the library keeps for itself.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as parlab from '../../src/index';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

let notebook: TestNotebook;
before(() => {
  notebook = new TestNotebook();
  notebook.convert("import { Condition, Lock, Pool, Process, Queue, RawValue, RLock } from 'parlab';");
  notebook.convert('const q = new Queue<string>(); const lock = new Lock(); const child = new Process();');
});
after(() => notebook.close());

/** `|` is where the cursor stands. */
function help(code: string, detail: 0 | 1 = 0): string {
  return notebook.cells.inspect(code.replace('|', ''), code.indexOf('|'), detail)?.text ?? '';
}

function completed(code: string): string[] {
  return notebook.cells
    .complete(code.replace('|', ''), code.indexOf('|'))
    .completions.map(({ text }) => text);
}

describe('Inside of brackets, help shows the call,', () => {
  const calls: readonly (readonly [code: string, ...shows: RegExp[]])[] = [
    ['new Lock(|)', /^new Lock\(options\?: NameOption\): Lock\n/, /Lets one process at a time into/],
    ['new Lock(|', /- name\?: string – What errors call it/, /@example const lock = new Lock\(\);/],
    ['new Process({ target: () => {}, | })', /- args\?: /, /Runs a function in a process of its own/],
    ['q.put(|)', /^put\(item: string, options\?: QueueWaitOptions\): Promise<void>/],
    ["q.put('a', |)", /options\n- timeout\?: number – Milliseconds/],
    ['console.log(|)', /^log\(message\?: any, \.\.\.optionalParams: any\[\]\): void/],
    ['Math.max(1,   |  )', /^max\(\.\.\.values: number\[\]\): number/],
    ['const f = (name: string, age: number) => name; f("a", |)', /^f\(name: string, age: number\): string/],
  ];
  for (const [code, ...shows] of calls) {
    test(code, () => {
      for (const each of shows) assert.match(help(code), each);
    });
  }

  test('also of what has to be imported first.', () => {
    assert.match(
      help('new Barrier(|)'),
      /^import \{ Barrier \} from 'parlab'\n\nnew Barrier\(parties: number/,
    );
  });

  test('and the name, where the cursor is in one.', () => {
    assert.match(help('q.put(lo|ck)'), /const lock: Lock/);
  });
});

describe('Help', () => {
  test('of a class tells what it is, with its first example, and with `new` how to make one.', () => {
    for (const code of ['new Lock|', 'new Lock|()', 'Lo|ck']) {
      assert.match(
        help(code),
        /Lets one process at a time into[\s\S]*@example const lock = new Lock\(\);/,
        code,
      );
    }
    assert.match(help('new Process|'), /^new Process<A>\(options\?: ProcessOptions<A>\)\n/);
  });

  test('of an imported name tells what it is, and not that it was imported.', () => {
    assert.match(help('Lo|ck'), /^class Lock\n\nLets one process/);
    assert.doesNotMatch(help("import { timeli|ne } from 'parlab';"), /alias/);
    assert.match(help("import { sle|ep } from 'parlab';"), /^function sleep\(ms: [^\n]*\n\nWaits/);
  });

  test('is silent on white space.', () => {
    for (const code of ['|', 'let a = 1;  |  ', '  |\nlet a = 1;', 'function f() {\n  |\n}']) {
      assert.equal(help(code), '', JSON.stringify(code));
    }
  });

  const classes = Object.entries(parlab).filter(([, value]) => /^class\b/.test(String(value)));
  test('shows nothing that the library keeps for itself.', () => {
    assert.ok(classes.length > 30);
    for (const [name] of classes) {
      for (const code of [`new ${name}|`, `new ${name}(|)`]) {
        for (const detail of [0, 1] as const) {
          const text = help(code, detail);
          assert.doesNotMatch(text, /@internal|\bExisting\b|unique symbol|self\?|kind\?:|__tslab__/, code);
        }
      }
    }
  });
});

describe('Completion', () => {
  test('offers what is meant most likely first.', () => {
    assert.equal(completed('new Que|')[0], 'Queue');
    assert.equal(completed('new Barr|')[0], 'Barrier');
    assert.deepEqual(completed('const forgot = 1; for|').slice(0, 2), ['forgot', 'for']);
    assert.equal(completed('const report = 1; re|')[0], 'report');
  });

  test('offers what can be imported inside of the braces of an import.', () => {
    assert.ok(completed('import { L|').includes('Lock'));
    assert.ok(completed('import { Lock, Ba|').includes('Barrier'));
    assert.deepEqual(completed("import { Barri| } from 'parlab'")[0], 'Barrier');
  });

  test('offers no member that the library keeps for itself.', () => {
    const kept =
      /^(?:suspend|releaseIf|isHeldHere|state|base|listen|next|settle|offset|memory|traced|__.*|\[.*)$/;
    const objects = ['lock.|', 'q.|', 'child.|', 'new Condition().|', 'new RLock().|'];
    objects.push('new Pool().applyAsync(Math.sqrt, [4]).|', 'new RawValue("i", 1).|', '__|');
    for (const code of objects) {
      assert.deepEqual(
        completed(code).filter((name) => kept.test(name)),
        [],
        code,
      );
    }
    assert.deepEqual(completed('new Lock({ |'), ['name']);
  });

  test('a cell is told that it has no __dirname, and what it has.', () => {
    const [found] = notebook.refuse('console.log(__dirname);');
    assert.equal(found?.message, 'A cell has no `__dirname`: write `import.meta.dirname`.');
    notebook.convert('const __filename = "own"; __filename.length');
  });
});

after(nothingLeft);
