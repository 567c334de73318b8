// Functions of notebook cells, run in another process.
import assert from 'node:assert/strict';
import test, { after, describe } from 'node:test';
import { capture } from '../../src/capture/capture';
import { notebook } from '../support/capture/cell';
import { elsewhere, stackElsewhere } from '../support/capture/elsewhere';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

describe('a function of a cell, run in another process,', () => {
  test('finds the functions and variables of other cells', () => {
    const { exports, cell } = notebook();
    cell('exports.factor = 10; exports.h1 = function h1(x) { return x + 1; };');
    cell('exports.h2 = (x) => exports.h1(x) * exports.factor;');
    assert.equal(elsewhere(exports.h2, 4), 50);
  });

  test('sees the newest version of what a later cell redefined', () => {
    const { exports, cell } = notebook();
    cell('exports.h1 = (x) => x + 1; exports.h2 = (x) => exports.h1(x) * 10;');
    cell('exports.h1 = (x) => x + 2;');
    assert.equal(elsewhere(exports.h2, 1), 30);
  });

  test('takes only the variables that it uses', () => {
    const { exports, cell } = notebook();
    cell('exports.unused = Promise.resolve(1); exports.big = new Uint8Array(1e6); exports.small = 1;');
    cell('exports.f = () => Object.keys(exports); exports.g = () => [exports.small];');
    const captured = capture({ target: exports.g, args: [] });
    assert.ok(JSON.stringify(captured).length < 2000);
  });

  test('may be mutually recursive', () => {
    const { exports, cell } = notebook();
    cell(
      'exports.even = (n) => n === 0 || exports.odd(n - 1); exports.odd = (n) => n !== 0 && exports.even(n - 1);',
    );
    assert.equal(elsewhere(exports.even, 10), true);
  });

  test('assigns to a variable of the notebook, and others see it', () => {
    const { exports, cell } = notebook();
    cell('exports.n = 1; exports.bump = () => { exports.n += 1; }; exports.read = () => exports.n;');
    cell('exports.both = () => { exports.bump(); exports.bump(); return exports.read(); };');
    assert.equal(elsewhere(exports.both), 3);
    assert.equal(exports.n, 1, 'the parent keeps its own');
  });

  test('closes over loop variables', () => {
    const { exports, cell } = notebook();
    cell('exports.fs = []; for (let i = 0; i < 3; i++) exports.fs.push(() => i * 10);');
    const all = exports.fs as (() => number)[];
    assert.deepEqual(
      elsewhere((fs) => fs.map((f: () => number) => f()), all),
      [0, 10, 20],
    );
    assert.equal(elsewhere(all[2] as () => number), 20);
  });

  test('closes over the locals of the functions around it', () => {
    const { exports, cell } = notebook();
    cell(`exports.maker = function maker(k) {
      let hits = 1;
      const inner = (x) => x * k + hits;
      return (x, y = k) => inner(x) + y;
    };`);
    assert.equal(elsewhere(exports.maker(3), 5), 19);
  });

  test('imports packages and files by the notebook’s require', () => {
    const { exports, cell } = notebook();
    cell("exports.os = require('node:os'); exports.acorn = require('acorn');");
    cell(
      "exports.f = () => [typeof exports.os.cpus, typeof exports.acorn.parse, require('node:path').basename('a/b')];",
    );
    assert.deepEqual(elsewhere(exports.f), ['function', 'function', 'b']);
  });

  test('names the cell and the line in its stack', () => {
    const { exports, cell } = notebook();
    cell('exports.a = 1;');
    cell(
      'exports.fail = () => {\n  exports.a;\n  throw new Error("no");\n};\nexports.run = function run() { exports.fail(); };',
    );
    const stack = stackElsewhere(exports.run);
    assert.match(stack, /Object\.fail/);
    assert.match(stack, /Cell 2:3:9/);
    assert.match(stack, /run .*Cell 2:5:40/);
  });
});
