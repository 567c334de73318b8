// What a cell prints, shows and returns arrives whole, in order, under its tag.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FromSession } from '../../kernel/conversations/session';
import { sharedSession } from '../support/session/session-driver';

describe('output of a cell', () => {
  const session = sharedSession();

  const shown = (reports: FromSession[]) =>
    reports.filter(({ type }) => type === 'displayed' || type === 'cleared');

  test('comes while the cell blocks', async () => {
    let seen = 0;
    const ended = await session.evaluate(
      "console.log('before'); const end = Date.now() + 1500; while (Date.now() < end);",
      {
        meanwhile: async (tag) => {
          await session.until(() => session.of(tag).stdout === 'before\n');
          seen = session.of(tag).reports.length;
        },
      },
    );
    assert.equal(seen, 0, 'the line came before the end');
    assert.equal(ended.outcome.type, 'returned');
  });

  test('is complete: 10,000 lines in order, before the end of the cell', async () => {
    const { stdout } = await session.evaluate('for (let i = 0; i < 10_000; i++) console.log(i);');
    assert.equal(stdout, Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(''));
  });

  test('keeps the order of stdout and stderr', async () => {
    const { tag } = await session.evaluate(
      "console.log('a'); console.error('b'); process.stdout.write('c'); console.warn('d');",
    );
    const order = session.heard.filter((each) => each.tag === tag && each.kind !== 'report');
    assert.deepEqual(
      order.map(({ kind, text }) => [kind, text]),
      [
        ['stdout', 'a\n'],
        ['stderr', 'b\n'],
        ['stdout', 'c'],
        ['stderr', 'd\n'],
      ],
    );
  });

  test('that comes after the end goes to the cell that started it', async () => {
    const first = await session.evaluate("setTimeout(() => console.log('late'), 50);");
    const second = await session.evaluate(
      'await new Promise((done) => setTimeout(done, 200)); console.log("second");',
      {
        isAsync: true,
      },
    );
    assert.equal(session.of(first.tag).stdout, 'late\n');
    assert.equal(second.stdout, 'second\n');
  });

  test('keeps its order in whatever way it is written, and tells when it has been', async () => {
    const { stdout, tag } = await session.evaluate(
      `const { stdout } = process;
const told = [];
const returned = [
  stdout.write('a', () => told.push('a')),
  stdout.write('62', 'hex', () => told.push('b')),
  stdout.write(Buffer.from('c')),
  stdout.write('ü€😀', 'utf8'),
];
told.push('later');
stdout.setDefaultEncoding('hex').write('2e');
stdout.setDefaultEncoding('utf8');
stdout.cork();
stdout.write('d');
stdout.write('e', () => told.push('e'));
stdout.uncork();
await new Promise((done) => stdout.write('x'.repeat(5000), done));
for (const wrong of [null, 7]) {
  try { stdout.write(wrong); } catch (error) { told.push(error.code); }
}
console.log(' ' + told + ' ' + returned);`,
      { isAsync: true },
    );
    assert.equal(
      stdout,
      `abcü€😀.de${'x'.repeat(5000)} later,a,b,e,ERR_STREAM_NULL_VALUES,ERR_INVALID_ARG_TYPE true,true,true,true\n`,
    );
    assert.equal(session.of(tag).stderr, '');
  });

  test('goes on when a callback of a write throws', async () => {
    const { stdout, tag } = await session.evaluate(
      `process.stdout.write('one ', () => { throw new Error('of a callback'); });
await new Promise((done) => process.stdout.write('two', done));`,
      { isAsync: true },
    );
    assert.equal(stdout, 'one two');
    await session.until(() => session.of(tag).reports.some(({ type }) => type === 'failed'));
  });

  test('of characters beyond one frame is cut nowhere', async () => {
    const { stdout } = await session.evaluate("console.log('äöü🙂'.repeat(5000));");
    assert.equal(stdout, `${'äöü🙂'.repeat(5000)}\n`);
  });

  test('of a program that inherits it arrives, too', async () => {
    await session.evaluate("require('node:child_process').execSync('echo inherited', { stdio: 'inherit' });");
    await session.until(() => session.raw.includes('inherited\n'));
  });

  const results: [string, string | undefined][] = [
    ['undefined', undefined],
    ['null', 'null'],
    ['"text"', "'text'"],
    ['[1, { a: new Map([[1, 2]]) }]', '[ 1, { a: Map(1) { 1 => 2 } } ]'],
    ['new Error("a value").message', "'a value'"],
  ];
  for (const [code, text] of results) {
    test(`shows the result ${code} as ${text ?? 'nothing'}`, async () => {
      const { outcome } = await session.evaluate(`exports.result = ${code};`, { resultName: 'result' });
      assert.deepEqual(outcome, { type: 'returned', ...(text && { bundle: { 'text/plain': text } }) });
    });
  }

  test('shows an object as its Jupyter.display method says, always with plain text', async () => {
    const { outcome } = await session.evaluate(
      "exports.result = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>1 &lt; 2</b>' }) };",
      { resultName: 'result' },
    );
    assert.deepEqual(outcome, {
      type: 'returned',
      bundle: { 'text/html': '<b>1 &lt; 2</b>', 'text/plain': '1 < 2' },
    });
  });

  test('waits for a Jupyter.display method that is asynchronous', async () => {
    const { outcome, reports } = await session.evaluate(
      "class Slow { async [Symbol.for('Jupyter.display')]() { await new Promise((done) => setTimeout(done, 50)); return { 'image/png': new Uint8Array([1, 2]) }; } } exports.display(new Slow()); exports.result = new Slow();",
      { resultName: 'result' },
    );
    const bundle = { 'image/png': 'AQI=', 'text/plain': 'Slow {}' };
    assert.deepEqual(outcome, {
      type: 'returned',
      bundle: { ...bundle, 'text/plain': '[picture, image/png]' },
    });
    assert.equal(shown(reports).length, 1);
  });

  test('says in a sentence what a Jupyter.display method must return, and shows the value all the same', async () => {
    const { outcome } = await session.evaluate(
      "exports.result = { a: 1, [Symbol.for('Jupyter.display')]: () => 'html' };",
      { resultName: 'result' },
    );
    const text = outcome.type === 'returned' && String(outcome.bundle?.['text/plain']);
    assert.match(
      String(text),
      /^\{ a: 1, .* \}\n\[Symbol\.for\('Jupyter\.display'\)\]\(\) gave a string, where an object such as .* was expected\.$/,
    );
  });

  test('shows what is a bundle already, if it is told so', async () => {
    const { reports } = await session.evaluate(
      "const bundle = { 'application/vnd.vegalite.v5+json': { mark: 'bar' } }; exports.display(bundle, { raw: true, id: 'x' }); exports.display(5, { raw: true }); exports.display(bundle);",
    );
    const [chart, number, data] = shown(reports) as Extract<FromSession, { type: 'displayed' }>[];
    assert.deepEqual(chart?.bundle, {
      'application/vnd.vegalite.v5+json': { mark: 'bar' },
      'text/plain': 'application/vnd.vegalite.v5+json',
    });
    assert.equal(chart?.displayId, 'x');
    assert.deepEqual(number?.bundle, {
      'text/plain':
        "5\ndisplay(…, { raw: true }) was given a number, where an object such as { 'text/html': '…' } was expected.",
    });
    assert.deepEqual(Object.keys(data?.bundle ?? {}), ['text/plain']);
  });

  test('shows what tslab shows', async () => {
    const { reports } = await session.evaluate(
      "const tslab = require('tslab'); tslab.display.svg('<svg/>'); tslab.display.png(Buffer.from('p')); tslab.display.raw('application/json', '{\"a\":1}'); tslab.display.latex('x^2');",
    );
    assert.deepEqual(
      shown(reports).map((report) => report.type === 'displayed' && report.bundle),
      [
        { 'image/svg+xml': '<svg/>', 'text/plain': '[picture, image/svg+xml]' },
        { 'image/png': 'cA==', 'text/plain': '[picture, image/png]' },
        { 'application/json': { a: 1 }, 'text/plain': 'application/json' },
        { 'text/latex': 'x^2', 'text/plain': 'x^2' },
      ],
    );
  });

  test('changes a display in its place', async () => {
    const { reports } = await session.evaluate(
      "const d = require('tslab').newDisplay(); d.text('1'); d.text('2'); exports.display(3, { id: 'mine' }); exports.display(4, { id: 'mine', update: true }); exports.clearOutput({ wait: true });",
    );
    const [one, two, three, four, cleared] = shown(reports) as Extract<FromSession, { type: 'displayed' }>[];
    assert.ok(one?.displayId && one.displayId === two?.displayId);
    assert.deepEqual([one.update, two?.update], [undefined, true]);
    assert.deepEqual([three?.displayId, four?.displayId, four?.update], ['mine', 'mine', true]);
    assert.deepEqual(cleared, { type: 'cleared', wait: true });
  });

  test('of a child process arrives under the cell that started it, displays too', async () => {
    const { stdout, reports } = await session.evaluate(
      "const { Process } = require('parlab'); const tslab = require('tslab'); const p = new Process({ target: () => { console.log('child'); tslab.display.html('<i>child</i>'); exports.display(5); } }); p.start(); await p.join();",
      { isAsync: true },
    );
    assert.equal(stdout, 'child\n');
    assert.deepEqual(
      shown(reports).map((report) => report.type === 'displayed' && report.bundle['text/plain']),
      ['child', '5'],
    );
  });

  test('is no result in a silent cell', async () => {
    const { outcome } = await session.evaluate('exports.result = 1;', { resultName: 'result', silent: true });
    assert.deepEqual(outcome, { type: 'returned' });
  });
});
