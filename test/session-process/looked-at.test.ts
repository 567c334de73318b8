// Cells whose last line, display or error does harm when it is looked at: each ends as it should, and its variable is there afterwards.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { MimeBundle } from '../../kernel/conversations/session';
import { sharedSession } from '../support/session/session-driver';

const SHOW = "[Symbol.for('Jupyter.display')]";
const METHOD = `${SHOW}()`;
const VEGA = 'https://vega.github.io/schema/vega-lite/v5.json';
const SOON_MS = 3000;

/** What a cell gives, as JavaScript, and the plain text that is shown of it; or only what it says of the display method. */
const values: [title: string, value: string, text: RegExp | string, others?: string[]][] = [
  ['a Proxy that answers to everything with itself', 'chain()', /^\[Function \(anonymous\)\]$/],
  ['a chainable stub', 'new Proxy({}, { get: () => () => chain() })', /^\{\}$/],
  [
    'a client of remote calls',
    'new Proxy({}, { get: (t, k) => async () => ({ called: String(k) }) })',
    /^\{\}$/,
  ],
  [
    'a Proxy that knows few names',
    'new Proxy({ a: 1 }, { get(t, k) { if (k in t) return t[k]; throw new Error(String(k)); } })',
    /^\{ a: 1 \}$/,
  ],
  ['a revoked Proxy', 'revoked()', /^<Revoked Proxy>$/],
  [
    'a table with a getter that throws',
    '[{ get a() { throw 1; } }]',
    /^\[ \{ a: \[Getter\] \} \]$/,
    ['text/html'],
  ],
  ['a thenable that never calls back', "Object.fromEntries([['then', () => {}]])", /^\{ then: /],
  [
    'inspect.custom that throws',
    "{ a: 1, [Symbol.for('nodejs.util.inspect.custom')]() { throw 1; } }",
    /^\{\s+a: 1,/,
  ],
  [
    'a toStringTag that throws',
    "{ get [Symbol.toStringTag]() { throw new Error('no tag'); } }",
    /^<a value that cannot be shown: Error: no tag>$/,
  ],
  [
    'JSON that looks like an element',
    `JSON.parse('{"nodeType":1,"outerHTML":"<b>1</b>"}')`,
    /^\{ nodeType: 1, outerHTML: '<b>1<\/b>' \}$/,
  ],
  ['JSON that looks like a chart', `{ $schema: '${VEGA}', mark: 'bar' }`, /mark: 'bar'/],
  ['a specification with a function', `{ $schema: '${VEGA}', tooltip: (d) => d }`, /tooltip: \[Function/],
  [
    'a display method that throws',
    `{ ${METHOD} { throw new RangeError('too big'); } }`,
    'threw RangeError: too big',
  ],
  [
    'an asynchronous one that throws',
    `{ async ${METHOD} { throw new RangeError('too big'); } }`,
    'threw RangeError: too big',
  ],
  ['one that is read by a getter that throws', `{ get ${SHOW}() { throw 1; } }`, 'threw 1'],
  [
    'one that gives no object',
    `{ ${METHOD} { return 'html'; } }`,
    "gave a string, where an object such as { 'text/html': '…' } was expected.",
  ],
  ['one that gives nothing', `{ ${METHOD} {} }`, 'gave undefined, where an object such as'],
  ['one that gives a chainable function', `{ ${METHOD} { return chain(); } }`, 'gave a function, where'],
  [
    'one whose promise gives one',
    `{ async ${METHOD} { return { 'text/html': chain() }; } }`,
    "gave a function for 'text/html'",
  ],
  [
    'a bundle with a promise',
    `{ ${METHOD} { return { 'text/html': Promise.resolve('<b>') }; } }`,
    "gave a Promise for 'text/html', where a string was expected: await it.",
  ],
  [
    'a bundle with a symbol',
    `{ ${METHOD} { return { 'text/html': Symbol('s') }; } }`,
    "gave a symbol for 'text/html'",
  ],
  [
    'a bundle with a getter that throws',
    `{ ${METHOD} { return { get 'text/html'() { throw new Error('no'); } }; } }`,
    "gave 'text/html' that cannot be read: Error: no",
  ],
  ['a bundle with a number', `{ ${METHOD} { return { 'text/plain': 5 }; } }`, /^5$/],
  ['a bundle of lines', `{ ${METHOD} { return { 'text/plain': ['a\\n', 'b'] }; } }`, /^a\nb$/],
  [
    'JSON with a function',
    `{ ${METHOD} { return { 'application/json': { f() {}, a: 1 } }; } }`,
    /Jupyter\.display/,
    ['application/json'],
  ],
  [
    'JSON that is a function',
    `{ ${METHOD} { return { 'application/json': () => 1 }; } }`,
    "gave a function for 'application/json', which JSON cannot say.",
  ],
  [
    'JSON with a bigint beside HTML',
    `{ ${METHOD} { return { 'application/json': 1n, 'text/html': '<b>1</b>' }; } }`,
    /^1\n.*: Do not know how to serialize a BigInt$/,
    ['text/html'],
  ],
  [
    'JSON with a cycle',
    `{ ${METHOD} { const a = {}; a.a = a; return { 'application/json': a }; } }`,
    "gave what JSON cannot say for 'application/json': TypeError: Converting circular",
  ],
  [
    'JSON of 5,000 levels',
    `{ ${METHOD} { let a = {}; for (let i = 0; i < 5000; i++) a = { a }; return { 'application/json': a }; } }`,
    /\(\) gave (what JSON cannot say|JSON of more than 200 levels)/,
  ],
  [
    'JSON of 300 levels',
    `{ ${METHOD} { return { 'application/json': '['.repeat(300) + ']'.repeat(300) }; } }`,
    'gave JSON of more than 200 levels',
  ],
  [
    'JSON with a Proxy, a WeakMap, a Date and a typed array',
    `{ ${METHOD} { return { 'application/json': [new Proxy({}, {}), new WeakMap(), new Date(0), new Uint8Array(1)] }; } }`,
    /Jupyter\.display/,
    ['application/json'],
  ],
];

/** What is thrown, as JavaScript, and how it is called. */
const errors: [title: string, error: string, name: string, text: RegExp][] = [
  [
    'a message that throws',
    "getter(new Error('x'), 'message')",
    'Error',
    /a message that cannot be read: Error: no message/,
  ],
  [
    'a cause that throws',
    "getter(new Error('x'), 'cause')",
    'Error',
    /Caused by: <a cause that cannot be read: Error: no cause>/,
  ],
  ['a stack that throws', "getter(new Error('x'), 'stack')", 'Error', /^Error: x$/],
  [
    'a message without a prototype',
    "Object.assign(new Error('x'), { message: Object.create(null) })",
    'Error',
    /a message that cannot be read/,
  ],
  [
    'errors that are no list',
    'Object.assign(new AggregateError([]), { errors: 5 })',
    'AggregateError',
    /^AggregateError/,
  ],
  [
    'errors that are a hostile list',
    "Object.assign(new AggregateError([]), { errors: new Proxy([1], { get(t, k) { if (k === '0') throw new Error('no'); return t[k]; } }) })",
    'AggregateError',
    /1 of 1: .*a value that cannot be read: Error: no/,
  ],
  [
    'a thousand errors',
    "new AggregateError(Array.from({ length: 1000 }, (_, at) => at), 'many')",
    'AggregateError',
    /20 of 1000: 19\n {2}… and 980 more\.$/,
  ],
  [
    'a cycle of causes',
    "(() => { const e = new Error('x'); e.cause = e; return e; })()",
    'Error',
    /^Error: x/,
  ],
  [
    'a class whose constructor throws',
    "getter(Object.assign(new Error('x'), { name: '' }), 'constructor')",
    'Error',
    /Error: x/,
  ],
  ['a frozen error', "Object.freeze(new Error('cold'))", 'Error', /^Error: cold/],
  [
    'inspect.custom that throws',
    "{ [Symbol.for('nodejs.util.inspect.custom')]() { throw 1; } }",
    'Uncaught',
    /^Uncaught: \{/,
  ],
  ['nothing', 'undefined', 'Uncaught', /^Uncaught: undefined/],
  [
    'a revoked Proxy',
    '(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy; })()',
    'Uncaught',
    /Revoked/,
  ],
  [
    'a revoked Proxy of an error',
    "(() => { const p = Proxy.revocable(new Error('x'), {}); p.revoke(); return p.proxy; })()",
    'Uncaught',
    /Revoked/,
  ],
  ['a name that throws', "getter(new Error('x'), 'name')", 'Error', /Error: x/],
  [
    'a Proxy of an error whose traps throw',
    "new Proxy(new Error('x'), { get() { throw new Error('no'); }, has() { throw new Error('no'); }, getPrototypeOf() { throw new Error('no'); } })",
    'Uncaught',
    /Error: x|cannot be/,
  ],
  [
    'a stack that leads to a folder',
    "Object.assign(new Error('x'), { stack: 'Error: x\\n    at f (/tmp.js/:1:1)' })",
    'Error',
    /at f/,
  ],
];

describe('a cell', () => {
  const session = sharedSession();
  before(async () => {
    await session.evaluate(`
      exports.chain = function chain() { const any = new Proxy(function () {}, { get: () => any, apply: () => any }); return any; };
      exports.revoked = function revoked(target = {}) { const made = Proxy.revocable(target, {}); made.revoke(); return made.proxy; };
      exports.getter = function getter(error, key) { return Object.defineProperty(error, key, { get() { throw new Error('no ' + key); } }); };
    `);
  });

  const prelude = 'const { chain, revoked, getter } = exports;';

  for (const [title, value, text, others = []] of values) {
    test(`that ends with ${title} is ok and shows it`, async () => {
      const code = `${prelude} exports.value = (${value}); exports.display(exports.value); exports.result = exports.value;`;
      const ended = await session.evaluate(code, { resultName: 'result' });
      assert.ok(ended.outcome.type === 'returned', JSON.stringify(ended.outcome));
      const shown = ended.reports.find(({ type }) => type === 'displayed');
      for (const bundle of [ended.outcome.bundle, shown?.type === 'displayed' && shown.bundle]) {
        const plain = String((bundle as MimeBundle)['text/plain']);
        if (typeof text === 'string') assert.ok(plain.includes(`\n${METHOD} ${text}`), plain);
        else assert.match(plain, text);
        assert.deepEqual(Object.keys(bundle as MimeBundle).sort(), [...others, 'text/plain'].sort());
      }
      assert.ok(ended.tookMs < SOON_MS, `it took ${ended.tookMs} ms`);
      const later = await session.evaluate("exports.result = 'value' in exports; delete exports.value;", {
        resultName: 'result',
      });
      assert.deepEqual(later.outcome, { type: 'returned', bundle: { 'text/plain': 'true' } });
    });
  }

  for (const [title, error, name, text] of errors) {
    for (const isAsync of [false, true]) {
      test(`that throws ${title} ends with that error${isAsync ? ', behind an await too' : ''}`, async () => {
        const ended = await session.evaluate(`${prelude} ${isAsync ? 'await 0;' : ''} throw (${error});`, {
          isAsync,
        });
        assert.ok(ended.outcome.type === 'threw', JSON.stringify(ended.outcome));
        assert.equal(ended.outcome.name, name);
        assert.match(stripVTControlCharacters(ended.outcome.traceback.join('\n')), text);
        assert.ok(ended.tookMs < SOON_MS, `it took ${ended.tookMs} ms`);
      });
    }
  }

  for (const show of [
    'exports.result = value;',
    'exports.display(value);',
    'exports.display(value); exports.result = 1;',
  ]) {
    test(`that is interrupted in a display method ends as interrupted (${show})`, async () => {
      const ended = await session.evaluate(
        `const value = { async ${METHOD} { await __interruptible(new Promise(() => {})); } }; ${show}`,
        { resultName: 'result', meanwhile: () => setTimeout(() => session.interrupt(), 300) },
      );
      assert.equal(ended.outcome.type, 'interrupted');
    });
  }

  test('whose child process displays such values shows them, too', async () => {
    const ended = await session.evaluate(
      `const { Process } = require('parlab');
       const p = new Process({ target: () => {
         exports.display(exports.chain());
         exports.display({ ${METHOD} { return { 'text/html': Promise.resolve(1), 'text/plain': 5 }; } });
         exports.display({ 'text/html': 'raw' }, { raw: true });
       } });
       p.start(); await p.join(); exports.result = p.exitcode;`,
      { isAsync: true, resultName: 'result' },
    );
    assert.deepEqual(ended.outcome, { type: 'returned', bundle: { 'text/plain': '0' } });
    const texts = ended.reports.map((report) => report.type === 'displayed' && report.bundle['text/plain']);
    assert.deepEqual(texts.filter(Boolean), [
      '[Function (anonymous)]',
      `5\n${METHOD} gave a Promise for 'text/html', where a string was expected: await it.`,
      'raw',
    ]);
  });
});
