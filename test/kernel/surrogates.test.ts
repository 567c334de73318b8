// Half a surrogate pair, which UTF-8 cannot say: whichever way it takes to a front end, the notebook can be saved.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Cell } from '../../kernel/cli/notebook-runner/notebook-file';
import { Outputs } from '../../kernel/cli/notebook-runner/outputs';
import { type Change, Exchange } from '../support/kernel/client';
import { sharedKernel } from '../support/kernel/real-kernel';

/** As a front end's JSON says it: our own client would send none. */
const withHalves: Change = (frames, at) => {
  frames[at.content] = (frames[at.content] as string).replaceAll('HALF', '\\ud83d');
};

const displaying = (bundle: string) => `display({ [Symbol.for('Jupyter.display')]: () => ({ ${bundle} }) })`;

const SAVE = `
import json, sys, nbformat
with open(sys.argv[1]) as file: notebook = nbformat.from_dict(json.load(file))
nbformat.write(notebook, sys.argv[1] + '.saved')
print(len(nbformat.read(sys.argv[1] + '.saved', as_version=4).cells))`;

describe('a notebook with half a surrogate pair', () => {
  const kernel = sharedKernel();
  const outputs = new Outputs();
  const cells: Cell[] = [];

  async function run(code: string) {
    const exchange = kernel.client.execute(code, {}, undefined, withHalves);
    const reply = await exchange.done();
    const cell: Cell = { cell_type: 'code', source: code, metadata: {} };
    outputs.begin(cell);
    for (const published of exchange.published) outputs.add(cell, published);
    const input = exchange.contents('execute_input')[0]?.code as string;
    cells.push({ ...cell, source: input });
    assertWellFormed([reply, exchange]);
    return { reply, exchange, json: JSON.stringify(exchange.published) };
  }

  const ways: [what: string, code: string, shown: RegExp][] = [
    ['the message of an error', "throw new Error('a\\ud83d')", /Error.*a\ufffd/],
    ['the name of an error', "const e1 = new Error('x'); e1.name = 'N\\ud83d'; throw e1", /N\ufffd/],
    ['the key of a JSON display', displaying("'application/json': { 'k\\ud83d': 1 }"), /"k\ufffd":1/],
    ['a text of a display', displaying("'text/plain': 'p\\ud83d'"), /p\ufffd/],
    ['a kind of display', displaying("'text/x\\ud83d': 'p'"), /x\ufffd/],
    ['a result', "'r\\ud83d'", /"execute_result"/],
    ['a property name', "({ 'key\\ud83d': 1 })", /"execute_result"/],
    ['a table', "[{ 'c\\ud83d': 'a' + '🎉'.repeat(150) }, { 'c\\ud83d': '\\ud83d' }]", /"execute_result"/],
    [
      'a function name in a stack',
      "const named = { ['f\\ud83d']: () => { throw new Error('in it') } }; named['f\\ud83d']!()",
      /in it/,
    ],
    ['a type error', "const one: 'a\\ud83d' = 'b';", /TypeScriptError.*Type/],
    ['a stream', "console.log('s\\ud83d'); console.error('\\udc00')", /s\ufffd/],
    [
      'the label of a progress bar',
      "import { Pool } from 'parlab'; const pool = new Pool({ processes: 1 }); await pool.map((n: number) => n, [1], { progress: 'l\\ud83d' }); pool.terminate();",
      /l\ufffd/,
    ],
    ['the next input', "setNextInput('n\\ud83d')", /execute_input/],
    ['the code', "'cHALF' // HALF", /c\ufffd/],
    ['code with a syntax error', "'HALF' 'HALF'", /TypeScriptError/],
    ['a name asked about', 'HALF?', /execute_input/],
  ];
  for (const [what, code, shown] of ways) {
    test(`may stand in ${what}`, async () => {
      const { json } = await run(code);
      assert.match(json, shown);
    });
  }

  test('may stand in the data of a comm', async () => {
    const { reply, exchange } = await run(`import { registerTarget } from 'parlab/widgets';
registerTarget('echo', (comm, { data }) => comm.send({ ['k\\ud83d']: data, more: '\\udc00' }));`);
    assert.equal(reply.status, 'ok', JSON.stringify(reply));
    kernel.client.notify('comm_open', { comm_id: 'c', target_name: 'echo', data: { a: 1 } });
    await exchange.until(() => exchange.contents('comm_msg').length > 0, 'the echo');
    assert.match(JSON.stringify(exchange.contents('comm_msg')), /"k\ufffd"/);
    assertWellFormed(exchange);
  });

  test('is told in the next input as what can be saved', async () => {
    const { reply } = await run("setNextInput('n\\ud83d')");
    assert.match(JSON.stringify(reply), /n\ufffd/);
  });

  test('is taken by the history, which goes on', async () => {
    await run("const late = 'HALF';");
    const asked = kernel.client.request('history_request', { hist_access_type: 'tail', n: 1 });
    const { history } = (await asked.done()) as { history: unknown[][] };
    assert.match(String(history[0]?.[2]), /^const late = '\ufffd+';$/);
    assertWellFormed(history);
  });

  test('is nowhere in what nbformat saves and reads again', () => {
    const file = join(kernel.directory, 'halves.ipynb');
    const code = cells.map((cell, at) => ({ ...cell, id: `c${at}`, execution_count: at }));
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: code }));
    const python = process.env.JUPYTER_PYTHON;
    assert.ok(python, 'JUPYTER_PYTHON names no Python: npm test sets it');
    const { status, stdout, stderr } = spawnSync(python, ['-c', SAVE, file], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trim(), String(cells.length));
  });
});

function assertWellFormed(value: unknown): void {
  const seen = value instanceof Exchange ? value.published : value;
  assert.doesNotMatch(JSON.stringify(seen), /(?<!\\)(?:\\\\)*\\ud[89a-f]/);
}
