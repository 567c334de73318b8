// An error is shown as far as it can be read, whatever it does when it is read.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { showError } from '../../kernel/session-process/display/show-error';
import { nothingLeft } from '../nothing-left';

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
