// Values of another realm, such as node:vm and test runners make, and the library itself loaded in one.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { Pool, Queue } from '../../src/index';
import { runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

/** Texts of values, and of functions that say something of what came of them. */
const VALUES: readonly (readonly [text: string, says?: (value: never) => unknown])[] = [
  ['({ a: 1, b: { c: [2] } })'],
  ['[1, , "x", [null]]'],
  ['new Map([["a", { b: 1 }], [{}, new Map()]])'],
  ['new Set([1, new Set([2])])'],
  ['new Date(5)'],
  ['/a(b)?/gi'],
  ['new Error("e", { cause: { a: 1 } })', ({ message, cause }: Error) => [message, cause]],
  ['new TypeError("t")', ({ name, message }: Error) => [name, message]],
  ['new AggregateError([new RangeError("r")], "a")', ({ errors }: AggregateError) => errors.map(String)],
  ['new (class Wrong extends Error { code = 7 })("w")', (error: object) => ({ ...error })],
  ['(x) => [x + 1]', (f: (x: number) => unknown) => f(1)],
  ['(function f(x) { return f.name + x })', (f: (x: number) => unknown) => f(1)],
  ['async (x) => x', (f: () => unknown) => Object.prototype.toString.call(f)],
  ['(function* () { yield 1 })', (f: () => Iterable<number>) => [...f()]],
  ['new (class A { #n = 1; get n() { return this.#n } })()', (a: { n: number }) => a.n],
  ['(() => { let n = 0; return [() => ++n, () => n] })()', ([up, n]: (() => number)[]) => [up?.(), n?.()]],
  ['new Uint8Array([1, 2])'],
  ['new Float64Array([1.5])'],
  ['new BigInt64Array([1n])'],
  ['new DataView(new ArrayBuffer(2))'],
  ['new Uint8Array([1, 2]).buffer'],
  ['Object(1)'],
  ['Object("text")'],
  ['Object(1n)'],
  ['Object.create(null, { a: { value: 1, enumerable: true } })'],
  ['Object.freeze({ a: 1 })', (value: object) => Object.isFrozen(value)],
  ['({ get a() { return 3 } })', (value: { a: number }) => value.a],
  ['Map', (value: unknown) => value === Map],
  ['Object.prototype', (value: unknown) => value === Object.prototype],
  ['Function.prototype', (value: unknown) => value === Function.prototype],
  [
    '[Array, Error, Promise, RegExp]',
    (value: unknown[]) => [Array, Error, Promise, RegExp].every((own, i) => own === value[i]),
  ],
];

const pool = new Pool({ processes: 1 });
const queue = new Queue();
after(async () => {
  await pool[Symbol.asyncDispose]();
  await nothingLeft();
});

describe('values of another realm', () => {
  for (const [text, says = (value: unknown) => value] of VALUES) {
    test(text, async () => {
      // As the value of this realm from the same text.
      const expected = says(new Function(`return ${text}`)() as never);
      await queue.put(runInNewContext(text));
      const arrived = (await queue.get()) as never;
      assert.deepStrictEqual(says(arrived), expected);
      assert.deepStrictEqual(
        says((await pool.apply((value) => value, [runInNewContext(text)])) as never),
        expected,
      );
    });
  }

  test('what they say when they cannot travel is what others say', async () => {
    for (const text of ['Promise.resolve(1)', '[1].values()', 'new WeakRef({})', 'new WeakMap()']) {
      const messageOf = (value: unknown) => queue.put(value).then(String, (error: Error) => error.message);
      assert.equal(await messageOf(runInNewContext(text)), await messageOf(new Function(`return ${text}`)()));
    }
  });

  test('an error of another realm, thrown by a task, keeps its name and message', async () => {
    const task = () => {
      require('node:vm').runInNewContext('null.x');
    };
    await assert.rejects(
      pool.apply(task),
      (error) => error instanceof TypeError && /null/.test(error.message),
    );
  });
});

for (const [runner, options] of [
  ['Jest', []],
  ['Vitest with --pool=vmThreads', ['module']],
] as const) {
  test(`the library in another realm, as under ${runner}, does what it does outside`, async () => {
    const program = join(__dirname, '..', '..', '..', 'test', 'programs', 'realms', 'runner.cjs');
    const { stdout, stderr, code } = await runProgram([program, ...options]);
    assert.equal(stderr, '');
    assert.equal(code, 0);
    const wrong = stdout.split('\n').filter((line) => line !== '' && !line.endsWith(' ok'));
    assert.deepEqual(wrong, []);
    assert.ok(stdout.split('\n').length > 10);
  });
}
