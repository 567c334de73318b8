// The session is the student's program: its modules, its process, its end.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LocalModule } from '../../kernel/conversations/cell-program';
import { nothingLeft } from '../support/processes/nothing-left';
import { type CellOptions, program, SessionDriver } from '../support/session/session-driver';

describe('a session', () => {
  let directory: string;
  let session: SessionDriver;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'notebook-'));
    session = new SessionDriver({ cwd: directory });
    await session.report('', ({ type }) => type === 'ready');
  });
  after(async () => {
    await session.stop();
    rmSync(directory, { recursive: true });
    await nothingLeft();
  });

  async function valueOfCell(expression: string, options: CellOptions = {}): Promise<string> {
    const { outcome } = await session.evaluate(`exports.result = ${expression};`, {
      resultName: 'result',
      ...options,
    });
    assert.equal(outcome.type, 'returned', JSON.stringify(outcome));
    return String(outcome.type === 'returned' && outcome.bundle?.['text/plain']);
  }

  function write(name: string, text: string): string {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  }

  test('keeps the bindings of its cells, and not the name of a result', async () => {
    await session.evaluate('exports.n = 1; exports.getN = () => exports.n;');
    await session.evaluate('exports.n = 5;');
    assert.equal(await valueOfCell('[exports.n, exports.getN(), "result" in exports]'), '[ 5, 5, false ]');
  });

  test('finds parlab and tslab although neither is installed beside the notebook', async () => {
    assert.equal(
      await valueOfCell("[typeof require('parlab').Process, typeof require('tslab').display.html]"),
      "[ 'function', 'function' ]",
    );
  });

  test('has one copy of the library, also when a cell has looked at a pipe, after which Node follows no links', async () => {
    const own = new SessionDriver({ cwd: directory });
    await own.report('', ({ type }) => type === 'ready');
    const code = `
require('node:child_process').execFileSync('mkfifo', ['pipe']);
const pipe = require('node:fs').openSync('pipe', 'r+');
require('node:fs').fstatSync(pipe);
require('node:fs').closeSync(pipe);
for (const name of ['parlab', 'parlab/tutorial', 'parlab/widgets']) require(name);
exports.result = Object.keys(require.cache).filter((file) => /node_modules.parlab/.test(file));`;
    const { outcome } = await own.evaluate(code, { resultName: 'result' });
    await own.stop();
    rmSync(join(directory, 'pipe'));
    assert.equal(
      outcome.type === 'returned' && outcome.bundle?.['text/plain'],
      '[]',
      JSON.stringify(outcome),
    );
  });

  test("has import.meta of the notebook's folder", async () => {
    assert.equal(await valueOfCell('__importMeta.dirname'), `'${directory}'`);
    assert.equal(await valueOfCell("__importMeta.resolve('fs')"), "'node:fs'");
  });

  test('imports ES modules from the notebook folder', async () => {
    write('es.mjs', 'export const answer = await Promise.resolve(42);');
    assert.equal(await valueOfCell("(await import('./es.mjs')).answer", { isAsync: true }), '42');
  });

  test('loads TypeScript modules, which find parlab and each other, and maps their lines', async () => {
    write(
      'lower.ts',
      "export const low: number = 1;\nexport function fail(): never {\n  throw new Error('low');\n}\n",
    );
    write(
      'upper.ts',
      "import { Process } from 'parlab';\nimport { fail, low } from './lower';\nexport { fail };\nexport const high: string = low + 1 + typeof Process;\n",
    );
    assert.equal(await valueOfCell("require('./upper').high"), "'2function'");
    const { outcome } = await session.evaluate("require('./upper').fail();");
    assert.match(JSON.stringify(outcome), /lower\.ts:3:9/);
  });

  test('loads a changed module anew, with what depends on it', async () => {
    const low = write('low2.ts', 'export const low = 1;');
    const high = write('high2.ts', "import { low } from './low2';\nexport const high = low * 10;");
    const run = async (digest: string) => {
      const modules: LocalModule[] = [
        { path: low, digest },
        { path: high, digest: 'same' },
      ];
      const tag = `modules-${digest}`;
      const made = {
        ...program('Cell m', "exports.result = require('./high2').high;", { resultName: 'result' }),
        modules,
      };
      session.send({ type: 'evaluate', tag, program: made, silent: false, allowStdin: false });
      return session.report(tag, ({ type }) => type === 'returned');
    };
    assert.match(JSON.stringify(await run('one')), /"10"/);
    write('low2.ts', 'export const low = 2;');
    assert.match(JSON.stringify(await run('one')), /"10"/);
    assert.match(JSON.stringify(await run('two')), /"20"/);
  });

  test('does not hand its own entry to programs that the student starts', async () => {
    assert.equal(
      await valueOfCell('[process.argv.length, process.execArgv, /\\.ipynb$/.test(require.main.filename)]'),
      '[ 1, [], true ]',
    );
    const { outcome } = await session.evaluate("require('node:cluster').fork();");
    assert.equal(outcome.type, 'threw');
  });

  test('is the main module, as the script that a cell may once have been', async () => {
    assert.equal(await valueOfCell('require.main === __module && require.main.exports'), '{}');
  });

  test('leaves no trace of ParLab in the environment', async () => {
    assert.equal(
      await valueOfCell('Object.keys(process.env).filter((name) => /^PARLAB_(?!TEST)/.test(name))'),
      '[]',
    );
  });

  test('awaits in the same order as any JavaScript', async () => {
    const { tag } = await session.evaluate(
      [
        'async function inner() { console.log(2); }',
        'async function outer() { console.log(1); await __interruptible(inner()); console.log(4); }',
        'outer(); Promise.resolve().then(() => console.log(5)).then(() => console.log(6)); console.log(3);',
      ].join('\n'),
    );
    await session.until(() => session.of(tag).stdout.includes('6'));
    assert.equal(session.of(tag).stdout, '1\n2\n3\n4\n5\n6\n');
  });

  test('promisifies its timers as Node does', async () => {
    assert.equal(
      await valueOfCell("await require('node:util').promisify(setTimeout)(1, 'value')", { isAsync: true }),
      "'value'",
    );
  });

  test('runs 600 cells and answers each', async () => {
    for (let i = 0; i < 600; i++) assert.equal(await valueOfCell('1 + 1'), '2');
  });
});

describe('the end of a session', () => {
  after(nothingLeft);

  const start = async () => {
    const session = new SessionDriver();
    await session.report('', ({ type }) => type === 'ready');
    return session;
  };

  test('by shutdown runs exit handlers and gives code 0', async () => {
    const session = await start();
    const { tag } = await session.evaluate("process.on('exit', () => console.log('bye'));");
    assert.equal(await session.stop(), 0);
    assert.match(session.of(tag).stdout, /bye/);
    assert.equal(session.raw, '');
  });

  test('by process.exit in a cell is reported with its code', async () => {
    const session = await start();
    const exited = once(session.child, 'exit');
    session.evaluate('process.exit(3);').catch(() => {});
    assert.deepEqual(await exited, [3, null]);
    assert.ok(session.heard.some(({ report }) => report?.type === 'exited' && report.exitcode === 3));
  });

  test('comes at once when the kernel is gone, also in a loop, and takes the children along', async () => {
    const session = await start();
    session
      .evaluate(
        "const { Process } = require('parlab'); new Process({ target: () => { for (;;); } }).start(); console.log('started'); for (;;);",
      )
      .catch(() => {});
    await session.until(() => session.heard.some(({ text }) => text === 'started\n'));
    const exited = once(session.child, 'exit');
    for (const stream of session.child.stdio) stream?.destroy();
    assert.deepEqual(await exited, [null, 'SIGKILL']);
  });
});
