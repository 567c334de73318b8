// Value, Array and their raw forms, as CPython's _TestValue, _TestArray and _TestSharedCTypes ask, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import * as parlab from '../../src/index';
import {
  type AnyType,
  getAllStartMethods,
  InvalidArgumentError,
  Lock,
  Manager,
  Process,
  Queue,
  RawArray,
  RawValue,
  SharedArray,
  Value,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const codes: [AnyType, number | bigint, number | bigint][] = [
  ['i', 4343, 24234],
  ['d', 3.625, -4.25],
  ['h', -232, 234],
  ['q', 2n ** 33n, 2n ** 34n],
  ['uint8', 255, 1],
  ['float32', 0.5, 1.5],
  ['biguint64', 0n, 2n ** 64n - 1n],
];

async function run(child: Process<never[]>): Promise<void> {
  child.start();
  await child.join();
  assert.equal(child.exitcode, 0);
}

for (const method of getAllStartMethods()) {
  describe(`shared numbers in children started by '${method}'`, () => {
    test('a Value and a RawValue of each type are changed by the child', async () => {
      for (const Class of [Value, RawValue]) {
        const values = codes.map(([type, first]) => new Class(type, first as number));
        const target = () => {
          values.forEach((value, index) => {
            value.value = codes[index]![2] as number;
          });
        };
        assert.deepEqual(
          values.map(({ value }) => value),
          codes.map(([, first]) => first),
        );
        await run(new Process({ target, method }));
        assert.deepEqual(
          values.map(({ value }) => value),
          codes.map(([, , last]) => last),
        );
      }
    });

    test('an Array and a RawArray are changed by the child, given as argument', async () => {
      for (const Class of [SharedArray, RawArray]) {
        const numbers = new Class('int32', [680, 626, 934, 821, 150, 233, 548, 982, 714, 831]);
        const expected = [...numbers];
        const accumulate = (array: Int32Array) => {
          for (let i = 1; i < array.length; i++) array[i] = array[i]! + array[i - 1]!;
        };
        assert.equal(numbers.length, 10);
        assert.deepEqual([...numbers.slice(2, 5)], expected.slice(2, 5));
        for (let i = 1; i < 10; i++) expected[i] = expected[i]! + expected[i - 1]!;
        await run(new Process({ target: accumulate, args: [numbers], method }) as Process<never[]>);
        assert.deepEqual([...numbers], expected);
      }
    });

    test('a thousand additions of each of four children are all there, under the lock', async () => {
      const hits = new Value('int32');
      const sums = new SharedArray('bigint64', 2);
      const add = async () => {
        for (let i = 0; i < 1000; i++) {
          await hits.with(() => {
            hits.value += 1;
          });
          await sums.guard(() => {
            sums[1] = sums[1]! + 2n;
          });
        }
      };
      const children = [1, 2, 3, 4].map(() => new Process({ target: add, method }));
      for (const child of children) child.start();
      for (const child of children) await child.join();
      assert.deepEqual([hits.value, sums[1]], [4000, 8000n]);
    });

    test('Atomics count exactly on an integer view, without a lock', async () => {
      const words = new RawArray('int32', 4);
      const add = () => {
        for (let i = 0; i < 20_000; i++) Atomics.add(words, 3, 1);
      };
      const children = [1, 2, 3].map(() => new Process({ target: add, method }));
      for (const child of children) child.start();
      for (const child of children) await child.join();
      assert.equal(words[3], 60_000);
    });

    test('a view of a part, sent through a queue, is a view of the same memory', async () => {
      const whole = new RawArray('float64', 10);
      const views = new Queue<Float64Array>();
      const target = async () => {
        const view = await views.get();
        view[0] = 0.5;
        await views.put(view);
      };
      const child = new Process({ target, method });
      child.start();
      await views.put(whole.subarray(4, 6));
      await child.join();
      assert.equal(whole[4], 0.5);
      const back = await views.get();
      whole[5] = 7;
      assert.deepEqual([...back], [0.5, 7]);
    });

    test('getLock and getObj give what they guard, the same in the child', async () => {
      const value = new Value('int32', 5);
      const other = new Value('int32', 6, { lock: value.getLock() });
      const array = new SharedArray('d', 3);
      assert.equal(other.getLock(), value.getLock());
      const target = () => {
        if (other.getLock() !== value.getLock()) throw new Error('The lock was doubled.');
        const held = value.acquireSync();
        value.getObj().value += other.value;
        array.getObj()[0] = value.value;
        if (held) held.release();
        array.acquireSync();
        array.release();
      };
      await run(new Process({ target, method }));
      assert.deepEqual([value.value, array[0]], [11, 11]);
    });

    test('hundred MiB reach the child without a copy', async () => {
      const large = new RawArray('float64', 2 ** 20 * 12.5);
      large[large.length - 1] = 1;
      const child = new Process({
        target: (array: Float64Array) => {
          array[0] = array[array.length - 1]! + 1;
        },
        args: [large],
        method,
      });
      const before = process.memoryUsage().arrayBuffers;
      child.start();
      assert.ok(process.memoryUsage().arrayBuffers - before < 2 ** 20);
      await child.join();
      assert.equal(large[0], 2);
    });
  });
}

test('an array from a size is zeros, again and again', () => {
  for (let round = 0; round < 3; round++) {
    const array = new RawArray('i', 10);
    assert.deepEqual([...array], Array(10).fill(0));
    array.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  assert.equal(new RawArray('d', 0).length, 0);
});

test('a copy is independent of what it was made of', () => {
  const first = new RawArray('q', [2n, 5n, 2n ** 33n]);
  const copy = new RawArray('q', first);
  first.fill(0n);
  assert.deepEqual([...copy], [2n, 5n, 2n ** 33n]);
  assert.equal(new SharedArray('i', [1, 2]).map((n) => n * 2).constructor, Int32Array);
});

test('a loop over the keys of an array comes to its elements alone', () => {
  const keys: string[] = [];
  for (const key in new SharedArray('int32', 2)) keys.push(key);
  assert.deepEqual(keys, ['0', '1']);
});

test('a lock that is given is the one that is used', () => {
  const lock = new Lock();
  assert.equal(new SharedArray('i', 1, { lock }).getLock(), lock);
  assert.equal(new Value('i', 1, { lock }).getLock(), lock);
});

test('what is neither a length nor elements is refused, and a type that is none', async () => {
  for (const initial of [undefined, null, {}, 'abc', 1.5, -1, Number.NaN]) {
    for (const Class of [RawArray, SharedArray])
      assert.throws(() => new Class('int32', initial as never), /initial must be a length of 0 or more/);
  }
  for (const type of [undefined, null, 5, {}]) {
    for (const Class of [RawValue, Value])
      assert.throws(() => new Class(type as never), /type must be one of 'int8'/);
  }
  await using manager = await Manager();
  await assert.rejects(manager.Array('int32', undefined as never), /initial must be a length of 0 or more/);
  await assert.rejects(manager.Array('int32', ['x'] as never), /initial\[0\] must be a whole number/);
});

test('a number of a manager is checked as any other, and an array gives its parts', async () => {
  await using manager = await Manager();
  const value = await manager.Value('int32', 1);
  await assert.rejects(value.set(1.5), /value must be a whole number/);
  assert.equal(await value.get(), 1);
  await assert.rejects(manager.Value('int32', 'x' as never), InvalidArgumentError);
  const big = await manager.Array('bigint64', [1n, 2n, 3n]);
  await assert.rejects(big.set(0, 5 as never), /value must be a bigint/);
  assert.deepEqual(await big.slice(1), [2n, 3n]);
  assert.deepEqual(await big.getValue(), [1n, 2n, 3n]);
});

test('a Value of a RawValue that exists becomes what is given as its first number', () => {
  const raw = new RawValue('int32', 1);
  assert.equal(new Value(raw).value, 1);
  assert.equal(new Value(raw, 7).value, 7);
  assert.equal(raw.value, 7);
});

test("an unknown type is refused by name, Python's name for the class is exported", () => {
  assert.throws(() => new RawArray('x' as 'i', 1), InvalidArgumentError);
  assert.throws(() => new Value('int' as 'i'), /one of 'int8'.*'int'/);
  assert.throws(() => new RawArray('i', -1), InvalidArgumentError);
  assert.equal(parlab.Array, SharedArray);
});

after(nothingLeft);
