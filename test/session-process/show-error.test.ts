// An error is shown as far as it can be read, whatever it does when it is read.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { inspect, stripVTControlCharacters } from 'node:util';
import { showError } from '../../kernel/session-process/display/show-error';
import { errorText } from '../../src/child/error-text';
import { InvalidArgumentError } from '../../src/errors';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const text = (thrown: unknown) => stripVTControlCharacters(showError(thrown).traceback.join('\n'));

function failing(error: Error, key: string): Error {
  return Object.defineProperty(error, key, {
    get() {
      throw new Error(`no ${key}`);
    },
  });
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const proxyOf = (error: Error) =>
  new Proxy(error, {
    get() {
      throw new Error('nothing is told');
    },
  });

describe('an error', () => {
  const errors: [title: string, thrown: unknown, shown: RegExp][] = [
    ['whose name throws', failing(new TypeError('x'), 'name'), /^Error: x/],
    [
      'whose message throws',
      failing(new Error('x'), 'message'),
      /^Error: <a message that cannot be read: Error: no message>/,
    ],
    [
      'whose constructor throws',
      failing(Object.assign(new Error('x'), { name: '' }), 'constructor'),
      /^Error: x/,
    ],
    ['that is a revoked Proxy', revoked(), /^Uncaught: <Revoked Proxy>/],
    [
      'that is a Proxy of one',
      proxyOf(new Error('x')),
      /^Error: <a message that cannot be read: Error: nothing is told>/,
    ],
    ['whose cause is a revoked Proxy', new Error('x', { cause: revoked() }), /Caused by: <Revoked Proxy>$/],
    [
      'whose cause is a Proxy of one',
      new Error('x', { cause: proxyOf(new Error('y')) }),
      /Caused by: Error: <a message/,
    ],
  ];
  for (const [title, thrown, shown] of errors) {
    test(`${title} is shown as far as it can be read`, () => assert.match(text(thrown), shown));
  }

  const odd: [title: string, properties: object, shown: RegExp][] = [
    [
      'of every kind',
      { code: 'E', [Symbol('s')]: 1, f() {} },
      /\{ code: 'E', f: \[Function: f\], \[Symbol\(s\)\]: 1 \}$/,
    ],
    ['within others', { detail: { a: { b: { c: 1 } } } }, /\{ detail: \{ a: \{ b: \[Object\] \} \} \}$/],
    [
      'that a getter computes',
      {
        get late() {
          throw new Error('looked');
        },
      },
      /\{ late: \[Getter\] \}$/,
    ],
    [
      'that cannot be shown',
      {
        bad: {
          get [Symbol.toStringTag]() {
            throw new Error('tag');
          },
        },
      },
      /^ {2}bad: <a value that cannot be shown>$/m,
    ],
    [
      'whose own way to be shown throws',
      {
        bad: {
          [inspect.custom]() {
            throw new Error('shown');
          },
        },
      },
      /^ {2}bad: \{/m,
    ],
    ['that are Proxies', { proxy: proxyOf(new Error('y')), gone: revoked() }, /gone: <Revoked Proxy>/],
    ['that is the error itself', Object.assign(new Error('y'), { toJSON: () => 1 }), /toJSON: /],
  ];
  for (const [title, properties, shown] of odd) {
    test(`shows its properties ${title}`, () => {
      const error = Object.defineProperties(new Error('x'), Object.getOwnPropertyDescriptors(properties));
      assert.match(text(error), shown);
    });
  }

  test('whose properties are many and long is shown soon, and in few lines', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${at}`, at]));
    const error = Object.assign(
      new Error('x'),
      { long: 'y'.repeat(1e6), list: new Array(1e6).fill(1) },
      many,
    );
    const began = performance.now();
    assert.ok(text(error).length < 5000);
    assert.ok(text(error).split('\n').length < 50);
    assert.ok(performance.now() - began < 2000);
  });

  test('shows the properties of each of its causes and errors under it', () => {
    const inner = Object.assign(new Error('inner'), { code: 1 });
    const shown = text(
      Object.assign(
        new AggregateError([inner], 'all', { cause: Object.assign(new Error('why'), { code: 2 }) }),
        { code: 3 },
      ),
    );
    assert.match(
      shown,
      /^AggregateError: all[\s\S]*\{ code: 3 \}[\s\S]*inner[\s\S]*\{ code: 1 \}[\s\S]*why[\s\S]*\{ code: 2 \}$/,
    );
  });

  test('whose sentence says all shows no properties', () => {
    assert.doesNotMatch(text(new InvalidArgumentError('count', 'a number', 'x')), /^ {2}\{/m);
    try {
      assert.equal(1, 2);
    } catch (error) {
      assert.doesNotMatch(text(error), /^ {2}\{/m);
    }
  });

  test('of a child shows its properties, too', () => {
    const shown = stripVTControlCharacters(errorText(Object.assign(new Error('x'), { code: 'E' })));
    assert.match(shown, /^Error: x[\s\S]*\{ code: 'E' \}$/);
  });

  test('of a child shows the cause of each of many errors, and of all of them', () => {
    const errors = Array.from({ length: 6 }, (_, at) => new Error(`e${at}`, { cause: new Error(`c${at}`) }));
    const shown = stripVTControlCharacters(
      errorText(new AggregateError(errors, 'all', { cause: new Error('why') })),
    );
    const causes = shown.match(/Caused by: Error: \w+/g)?.map((line) => line.slice(18));
    assert.deepEqual(causes, ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'why']);
  });

  test('with a long line that begins as a frame does is shown at once', () => {
    const began = performance.now();
    text(new Error(`x\n    ${'at '.repeat(200_000)}`));
    assert.ok(performance.now() - began < 1000);
  });

  test('whose stack names a file of the reader that is no program shows nothing of it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'error-'));
    try {
      writeFileSync(join(folder, 'key'), 'secret');
      writeFileSync(join(folder, 'program.ts'), 'open();');
      const stack = (file: string) =>
        text(Object.assign(new Error('x'), { stack: `Error: x\n    at f (${join(folder, file)}:1:1)` }));
      assert.match(stack('program.ts'), /> 1 \| open\(\);/);
      assert.doesNotMatch(stack('key'), /secret/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
