// What comes out of a queue is what went in.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Queue } from '../../src/channel/queue';
import { NotSerializableError } from '../../src/errors';
import { toHandle } from '../../src/objects/handle';
import { Lock } from '../../src/sync/lock';
import { startChild } from '../support/processes/children';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const queue = new Queue<unknown>();
function through(item: unknown): unknown {
  queue.putSync(item);
  return queue.getSync();
}

const values: Record<string, unknown> = {
  integers: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)],
  'other numbers': [-0, 0.1, 2 ** 31, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
  bigints: [0n, -1n, 2n ** 200n, -(2n ** 64n)],
  strings: [
    '',
    'a',
    'ÿ',
    'Ā',
    'naïve',
    '漢字',
    '\u{1d11e}',
    '\ud800',
    '\0',
    'x'.repeat(1000),
    '€'.repeat(1000),
  ],
  'truth and absence': [true, false, null, undefined],
  'nested arrays': [[], [[[1]]], [1, [2, 'x', [null]]]],
  objects: [
    {},
    { a: 1, b: { c: [{ d: undefined }] } },
    { '': 1, 'with space': 2, ключ: 3, ['k'.repeat(300)]: 4 },
  ],
  dates: [new Date(0), new Date(1.5e12)],
  maps: [
    new Map<unknown, unknown>([
      [1, { a: 1 }],
      ['k', new Map([[null, undefined]])],
    ]),
  ],
  sets: [new Set([1, 'a', null])],
  'typed arrays': [
    new Uint8Array([1, 2]),
    new Int8Array([-1]),
    new Uint8ClampedArray([255]),
    new Uint16Array([65535]),
    new Int16Array([-2]),
    new Uint32Array([2 ** 32 - 1]),
    new Int32Array([-3]),
    new Float32Array([0.5]),
    new Float64Array([0.1]),
    new BigInt64Array([-1n]),
    new BigUint64Array([1n]),
  ],
  buffers: [Buffer.from('bytes'), new Uint8Array([1, 2, 3]).buffer, new DataView(new ArrayBuffer(3))],
  'a view of a part': [
    new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3),
    new Float64Array([1, 2, 3]).subarray(1),
  ],
  'binary data inside': [{ image: new Uint8Array([1]), wave: new Float64Array([0.1, 0.2]) }],
  errors: [new RangeError('too far')],
  'regular expressions': [/a+/gi],
  'arrays with holes': [Object.assign(new Array<unknown>(3), { 0: 1, 2: 3 })],
  'a key named __proto__': [JSON.parse('{"__proto__": 1, "a": 2}')],
  'objects without prototype': [Object.assign(Object.create(null), { a: 1 })],
  'many objects': [Array.from({ length: 500 }, (_, i) => ({ i, text: `number ${i}` }))],
};

for (const [name, list] of Object.entries(values)) {
  test(`${name} come through a queue unchanged`, () => {
    for (const value of list as unknown[]) {
      const twice = [through(value), (through({ nested: value }) as { nested: unknown }).nested];
      for (const received of twice) {
        assert.deepEqual(received, value);
        if (typeof value === 'object' && value !== null) {
          assert.equal(Object.getPrototypeOf(received), Object.getPrototypeOf(value));
          assert.notEqual(received, value);
        }
      }
    }
  });
}

test('one object in two places stays one, and a cycle stays a cycle', () => {
  const shared = { n: 1 };
  const pair = through([shared, shared]) as object[];
  assert.equal(pair[0], pair[1]);
  const many = through(Array.from({ length: 50 }, () => shared)) as object[];
  assert.equal(new Set(many).size, 1);
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const received = through(cycle) as { self: unknown };
  assert.equal(received.self, received);
});

test('an instance keeps its class, and a function what it closes over', () => {
  class Point {
    x: number;
    y: number;
    constructor(x: number, y: number) {
      this.x = x;
      this.y = y;
    }
    length(): number {
      return Math.hypot(this.x, this.y);
    }
  }
  assert.equal((through(new Point(3, 4)) as Point).length(), 5);
  const factor = 3;
  assert.equal((through((x: number) => x * factor) as (x: number) => number)(2), 6);
});

test('a lock goes through a queue and is the same lock', async () => {
  const lock = new Lock();
  assert.equal(through(lock), lock);
  const questions = new Queue<unknown>();
  const answers = new Queue<unknown>();
  const child = startChild('channel/answer.js', [questions, answers]);
  await questions.put({ lock });
  assert.equal(((await answers.get({ timeout: 20_000 })) as { lock: Lock }).lock, lock);
  await questions.put(null);
  assert.equal(await answers.get({ timeout: 20_000 }), null);
  await child.exited;
});

test('a lock inside a message lives until the message is received, though nobody else has it', async () => {
  const messages = new Queue<unknown>();
  const handle = (() => {
    const lock = new Lock();
    messages.putNowait([lock]);
    return lock[toHandle]();
  })();
  await collectGarbage();
  // The words of a freed object are the first that a new one gets.
  const others = Array.from({ length: 20 }, () => new Lock());
  assert.ok(others.every((other) => other[toHandle]().offset !== handle.offset));
  const [lock] = messages.getNowait() as [Lock];
  assert.deepEqual(lock[toHandle](), handle);
  lock.acquireSync().release();
});

test('what cannot travel is named by its path, and nothing is put', () => {
  const unfit = { deep: { promise: Promise.resolve() } };
  assert.throws(
    () => queue.putSync(unfit),
    (error: unknown) => error instanceof NotSerializableError && error.path.includes('deep.promise'),
  );
  assert.equal(queue.empty(), true);
});
