// A cell replaces what JavaScript gives a program: children, queues and pools of the next cells do what they do, or a sentence
// says what was replaced. Nothing is waited for without end.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { vitalNames } from '../../kernel/session-process/safeguards/vital-built-ins';
import { nothingLeft } from '../support/processes/nothing-left';
import { SessionDriver } from '../support/session/session-driver';

const GLOBALS = [
  ...['process', 'Buffer', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Symbol'],
  ...[
    'Promise',
    'JSON',
    'Error',
    'TypeError',
    'RangeError',
    'ArrayBuffer',
    'SharedArrayBuffer',
    'Uint8Array',
  ],
  ...['Int32Array', 'Float64Array', 'BigInt64Array', 'DataView', 'Atomics', 'Proxy', 'Reflect', 'Object'],
  ...[
    'Array',
    'String',
    'Number',
    'Boolean',
    'BigInt',
    'Math',
    'Date',
    'RegExp',
    'Function',
    'URL',
    'console',
  ],
  ...['AbortController', 'AbortSignal', 'EventTarget', 'structuredClone', 'queueMicrotask', 'performance'],
  ...['setTimeout', 'setImmediate', 'setInterval', 'globalThis', 'global', 'isNaN', 'parseInt', 'undefined'],
];
const OWNERS = ['Array', 'String', 'Object', 'Number', 'RegExp', 'Promise', 'Map', 'Set', 'Symbol', 'WeakMap']
  .flatMap((name) => [name, `${name}.prototype`])
  .concat(
    'JSON',
    'Math',
    'Reflect',
    'Atomics',
    'ArrayBuffer',
    'Buffer',
    'Buffer.prototype',
    'Function.prototype',
  );

const ACTIONS = [
  `const p = new exports.lib.Process({ target: (x) => x.a[1], args: [{ a: [1, 2] }] });
  p.start(); await p.join(); if (p.exitcode !== 0) throw 'exit ' + p.exitcode;`,
  `const q = new exports.lib.Queue(); q.put({ a: [1, 'x'] });
  const got = await q.get(); if (got.a[1] !== 'x') throw 'wrong';`,
  `const pool = new exports.lib.Pool({ processes: 1 }); const got = await pool.map((x) => x * 2, [1, 2]);
  if (got[1] !== 4) throw 'wrong'; await pool.terminate();`,
];
const LONGEST_MS = 10_000;

describe('after a cell has replaced', () => {
  let session: SessionDriver;

  async function begin(): Promise<void> {
    session = new SessionDriver();
    await session.report('', ({ type }) => type === 'ready');
    await session.evaluate(`
      exports.lib = require('parlab');
      exports.defineProperty = Object.defineProperty;
      exports.own = Object.getOwnPropertyDescriptor;
      exports.everything = globalThis;`);
  }
  async function end(): Promise<void> {
    session.child.kill('SIGKILL');
    await session.stop().catch(() => {});
  }
  before(begin);
  after(async () => {
    await end();
    await nothingLeft();
  });

  /** What a session says of children, queues and pools while one property of `holder` is something else. */
  async function replaced(holder: string, key: string, value: string): Promise<string[]> {
    await session.evaluate(`
      exports.holder = ${holder};
      exports.saved = exports.own(exports.holder, ${key});
      exports.defineProperty(exports.holder, ${key}, { value: ${value}, configurable: true, writable: true });`);
    const said: string[] = [];
    for (const action of ACTIONS) {
      const cell = session.evaluate(`await (async () => { ${action} })();`, { isAsync: true });
      const ended = await Promise.race([cell, sleep(LONGEST_MS, undefined, { ref: false })]);
      if (ended === undefined) said.push(`never ends: ${action}`);
      else if (ended.outcome.type !== 'returned') said.push(JSON.stringify(ended.outcome));
    }
    const { outcome } = await session.evaluate(
      `exports.defineProperty(exports.holder, ${key}, exports.saved);`,
    );
    assert.equal(outcome.type, 'returned', JSON.stringify(outcome));
    return said;
  }

  for (const name of GLOBALS) {
    test(`${name}, children, queues and pools work or a sentence says so`, async (t) => {
      const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
      if (descriptor?.configurable === false) return t.skip('nobody can replace it');
      for (const said of await replaced('exports.everything', `'${name}'`, "'mine'")) {
        assert.match(said, new RegExp(`${name}(?:,| and | is | are ).*a cell has replaced`), said);
      }
    });
  }

  for (const owner of OWNERS) {
    test(`a method of ${owner}, they work or a sentence says so`, async () => {
      const holder = Function(`return ${owner};`)() as object;
      for (const key of Reflect.ownKeys(holder)) {
        const what = `${owner}.${String(key)}`;
        const property = Object.getOwnPropertyDescriptor(holder, key);
        const isMethod = typeof property?.value === 'function' && key !== 'constructor';
        const written = typeof key === 'symbol' ? String(key.description) : `'${key}'`;
        const isNodes = typeof key === 'symbol' && !written.startsWith('Symbol.');
        if (!isMethod || !property.configurable || isNodes) continue;
        const failing = "() => { throw new Error('replaced on purpose'); }";
        for (const said of await replaced(owner, written, failing)) {
          assert.match(said, /a cell has replaced|at [\w.]+ \(Cell \d+:\d+:\d+\)/, `${what}: ${said}`);
        }
        // What does nothing, and says nothing.
        if (!vitalNames.has(what)) continue;
        assert.deepEqual(await replaced(owner, written, '() => undefined'), [], what);
      }
    });
  }

  test('the prototypes that all children of a process need, the child says so', async () => {
    await end();
    await begin();
    const { stderr } = await session.evaluate(
      `const p = new exports.lib.Process({ target: () => {
        Map.prototype.get = () => { throw new Error('replaced on purpose'); };
        new (require('parlab').Process)({ target: () => {} }).start();
      } });
      p.start(); await p.join();`,
      { isAsync: true },
    );
    assert.match(
      stderr,
      /Map\.prototype\.get is not what JavaScript has by this name: this process has replaced it/,
    );
  });
});
