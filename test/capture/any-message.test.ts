// The quick way through a queue says what the slow one says: whatever a value is, it arrives by a queue, a pipe, a pool and a manager as it
// arrives as an argument of a process.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { Manager, Pipe, Pool, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

/** All that can be told of it from outside, in words. */
function told(value: unknown): string {
  const users = usersOfMemory(value);
  const seen = new Map<object, number>();
  const lines: string[] = [];
  const name = (each: unknown): string => {
    if (typeof each === 'symbol') return String(each);
    if (typeof each === 'bigint') return `${each}n`;
    if (typeof each !== 'object' || each === null) {
      return Object.is(each, -0) ? '-0' : typeof each === 'string' ? JSON.stringify(each) : String(each);
    }
    let number = seen.get(each);
    if (number === undefined) {
      number = seen.size;
      seen.set(each, number);
      waiting.push(each);
    }
    return `#${number}`;
  };
  const waiting: object[] = [];
  lines.push(name(value));
  for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
    const parts = [Object.getPrototypeOf(each)?.constructor?.name ?? 'nothing'];
    if (!Object.isExtensible(each)) parts.push(Object.isFrozen(each) ? 'frozen' : 'closed');
    if (each instanceof Date) parts.push(String(each.getTime()));
    if (each instanceof Map) for (const [key, item] of each) parts.push(`${name(key)} -> ${name(item)}`);
    if (each instanceof Set) for (const item of each) parts.push(name(item));
    if (each instanceof RegExp) parts.push(String(each));
    if (each instanceof ArrayBuffer) parts.push(Buffer.from(each).toString('hex'));
    const skips = ArrayBuffer.isView(each) ? each.byteLength : 0;
    if (ArrayBuffer.isView(each)) {
      parts.push(
        Buffer.from(each.buffer, each.byteOffset, each.byteLength).toString('hex'),
        shared(each, name, users),
      );
    }
    for (const key of Reflect.ownKeys(each)) {
      if (typeof key === 'string' && skips > 0 && /^\d+$/.test(key)) continue;
      const { value: held, get, ...rest } = Object.getOwnPropertyDescriptor(each, key) as PropertyDescriptor;
      const flags = Object.entries(rest)
        .map(([flag, is]) => (is === true ? flag[0] : ''))
        .join('');
      parts.push(`${String(key)} ${flags}: ${get ? 'accessor' : name(held)}`);
    }
    lines.push(parts.join(' | '));
  }
  return lines.join('\n');
}

/** Views of one memory are told by its number; how much more of it there is that nobody sees is not. */
function shared(
  view: ArrayBufferView,
  name: (value: unknown) => string,
  users: ReadonlyMap<unknown, number>,
): string {
  return (users.get(view.buffer) ?? 0) > 1 ? `${name(view.buffer)} from ${view.byteOffset}` : '';
}

/** Of each memory: its views, and who names it itself. */
function usersOfMemory(value: unknown): Map<unknown, number> {
  const users = new Map<unknown, number>();
  const seen = new Set<unknown>();
  const waiting = [value];
  for (let each = waiting.pop(); waiting.length > 0 || each !== undefined; each = waiting.pop()) {
    if (typeof each !== 'object' || each === null || seen.has(each)) continue;
    seen.add(each);
    const memory = each instanceof ArrayBuffer ? each : ArrayBuffer.isView(each) ? each.buffer : undefined;
    if (memory) users.set(memory, (users.get(memory) ?? 0) + 1);
    if (memory) continue;
    if (each instanceof Map) for (const pair of each) waiting.push(...pair);
    if (each instanceof Set) waiting.push(...each);
    for (const key of Reflect.ownKeys(each)) waiting.push(Object.getOwnPropertyDescriptor(each, key)?.value);
  }
  return users;
}

const scalar = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.bigInt(),
  fc.constantFrom(null, undefined, -0, Number.NaN, Number.POSITIVE_INFINITY),
);
const key = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__', 'constructor', 'length', '0', '7', 'toJSON', 'then'),
  fc.string(),
);

/** What is done to a thing that was plain. */
const twists: ((thing: object, item: unknown) => unknown)[] = [
  (thing) => thing,
  (thing) => thing,
  (thing) => Object.freeze(thing),
  (thing) => Object.seal(thing),
  (thing) => Object.preventExtensions(thing),
  (thing, item) => Object.assign(thing, { more: item }),
  (thing, item) =>
    Object.defineProperty(thing, 'hidden', { value: item, configurable: true, writable: true }),
  (thing, item) => Object.defineProperty(thing, 'fixed', { value: item, enumerable: true }),
  (thing) => Object.defineProperty(thing, 'read', { get: () => 1, enumerable: true, configurable: true }),
  (thing, item) => Object.assign(thing, { [Symbol.for('known')]: item }),
  (thing, item) => [thing, item, thing],
  (thing) => ({ one: thing, other: { again: thing } }),
];

const bytes = fc.uint8Array({ maxLength: 12 });
const binary = fc.oneof(
  bytes,
  bytes.map((all) => all.buffer as ArrayBuffer),
  bytes.map((all) => Buffer.from(all)),
  bytes.map((all) => new Float64Array([...all])),
  bytes.map((all) => new DataView(new Uint8Array(all).buffer)),
  bytes.map((all) => [all, all.buffer]),
  bytes.map((all) => [all, new Uint8Array(all.buffer)]),
  bytes.map((all) => ({ all, beginning: all.subarray(0, all.length >> 1) })),
);
const found = fc.string().map((text) => /(?<first>[a-z])?(.)?/.exec(text));

const { value: anything } = fc.letrec<{ value: unknown; thing: object }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, binary, found, tie('thing')),
  thing: fc
    .tuple(
      fc.oneof(
        fc.array(tie('value'), { maxLength: 5 }),
        fc.array(tie('value'), { maxLength: 5 }).map((items) => {
          const sparse: unknown[] = [];
          items.forEach((item, index) => {
            sparse[index * 2] = item;
          });
          return sparse;
        }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }).map((plain) => ({ ...plain })),
        fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: false }),
        fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
        fc.array(tie('value'), { maxLength: 4 }).map((items) => new Set(items)),
        fc.date({ noInvalidDate: false }),
      ),
      fc.constantFrom(...twists),
      tie('value'),
    )
    .map(([thing, twist, item]) => twist(thing as object, item) as object),
}));

/** A symbol cannot go the quick way, nor can what is beside it. */
const slowly = (value: unknown) => [value, Symbol('slow')];

describe('any value', () => {
  after(nothingLeft);

  const queue = new Queue<unknown>();
  const [near, far] = Pipe<unknown, unknown>();
  const asArgument = async (value: unknown) => {
    await queue.put(slowly(value));
    return ((await queue.get()) as unknown[])[0];
  };
  const ways: { [name: string]: (value: unknown) => Promise<unknown> } = {
    async queue(value) {
      await queue.put(value);
      return queue.get();
    },
    async pipe(value) {
      await near.send(value);
      return far.recv();
    },
  };

  for (const [name, way] of Object.entries(ways)) {
    test(`arrives by a ${name} as it arrives as an argument`, async () => {
      await fc.assert(
        fc.asyncProperty(anything, async (value) => {
          assert.equal(told(await way(value)), told(await asArgument(value)));
        }),
        { numRuns: 1000 },
      );
    });
  }

  describe('through other processes', () => {
    let pool: Pool;
    let manager: Awaited<ReturnType<typeof Manager>>;
    before(async () => {
      pool = new Pool({ processes: 1 });
      manager = await Manager();
    });
    after(async () => {
      await pool.terminate();
      await manager.shutdown();
    });

    test('arrives by a pool and by a manager, there and back', async () => {
      const list = await manager.list<unknown>([]);
      await fc.assert(
        fc.asyncProperty(anything, async (value) => {
          const right = told(await asArgument(await asArgument(value)));
          assert.equal(told(await pool.apply((each: unknown) => each, [value])), right);
          await list.push(value);
          assert.equal(told(await list.pop()), right);
        }),
        { numRuns: 150 },
      );
    });
  });

  for (const levels of [100, 200, 201, 5000, 100_000]) {
    test(`nested ${levels} deep arrives`, async () => {
      let value: unknown = [];
      for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { value };
      await queue.put(value);
      let depth = 0;
      for (let at = (await queue.get()) as unknown; ; depth++) {
        const next: unknown = Array.isArray(at) ? at[0] : (at as { value: unknown }).value;
        if (next === undefined) break;
        at = next;
      }
      assert.equal(depth, levels);
    });
  }

  test('nested 200,000 deep arrives as an argument, too', async () => {
    let value: unknown = null;
    for (let level = 0; level < 200_000; level++) value = [value];
    const child = new Process({
      target: (of: unknown) => {
        let depth = 0;
        for (let at = of; Array.isArray(at); at = at[0]) depth++;
        queue.putSync(depth);
      },
      args: [value],
    });
    child.start();
    assert.equal(await queue.get(), 200_000);
    await child.join();
  });

  for (const length of [0, 1, 100, 101, 5000]) {
    test(`an array of ${length} keeps what else it has`, async () => {
      const bin = Object.assign(
        Array.from({ length }, (_, index) => index),
        { x0: 0, x1: 1 },
      );
      await queue.put(bin);
      const got = (await queue.get()) as typeof bin;
      assert.deepEqual([got.length, got.x0, got.x1], [length, 0, 1]);
      await queue.put(Object.defineProperty([...bin], 'raw', { value: 1 }));
      assert.equal(((await queue.get()) as { raw?: number }).raw, 1);
    });
  }
});
