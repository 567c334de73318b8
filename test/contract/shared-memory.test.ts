// SharedMemory and ShareableList, as CPython's _TestSharedMemory asks, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  getAllStartMethods,
  InvalidArgumentError,
  ManagerStateError,
  Process,
  Queue,
  ShareableList,
  SharedMemory,
  SharedMemoryClosedError,
  SharedMemoryExistsError,
  SharedMemoryManager,
  SharedMemoryNotFoundError,
} from '../../src/index';
import { ffiStatus } from '../../src/memory/memory';
import { countObjects } from '../../src/objects/references';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`shared memory in children started by '${method}'`, () => {
    test('is found by its name, in both directions', async () => {
      const names = new Queue<string>();
      const memory = new SharedMemory({ create: true, size: 10 });
      const target = (name: string) => {
        new SharedMemory({ name }).buf[3] = 33;
        const own = new SharedMemory({ create: true, size: 5 });
        own.buf[4] = 44;
        names.putSync(own.name);
      };
      const child = new Process({ target, args: [memory.name], method });
      child.start();
      await child.join();
      assert.equal(memory.buf[3], 33);
      const others = new SharedMemory({ name: await names.get() });
      assert.equal(others.buf[4], 44, 'it outlived its maker');
      others.unlink();
      memory.unlink();
    });

    test('is the same when it travels itself, as argument and by closure, with views and a list', async () => {
      const memory = new SharedMemory({ create: true, size: 64 });
      const numbers = new Float64Array(memory.buf.buffer, memory.buf.byteOffset + 8, 2);
      const list = new ShareableList([1, 'two', null, true]);
      const target = (given: SharedMemory, view: Float64Array, items: ShareableList) => {
        given.buf[0] = memory.size;
        view[1] = 2.5;
        items.set(1, 'three');
      };
      const child = new Process({ target, args: [memory, numbers, list], method });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 0);
      assert.deepEqual([memory.buf[0], numbers[1], list.get(1)], [64, 2.5, 'three']);
      memory.unlink();
      list.shm.unlink();
    });

    test('is freed when its name is gone and its users have died by kill -9', async (context) => {
      // docs/decisions/shared-array.md
      if (!ffiStatus().available) return context.skip('not seen without FFI');
      await collectGarbage();
      const before = countObjects();
      const ready = new Queue<boolean>();
      // A function of its own: nothing of it, not even the process and what its target closed over, stays here.
      const useAndDie = async () => {
        const memory = new SharedMemory({ create: true, size: 1000 });
        const child = new Process({
          target: () => {
            memory.buf[0] = 1;
            ready.putSync(true);
            if (method === 'process') for (;;);
          },
          method,
        });
        child.start();
        memory.unlink();
        await ready.get();
        child.kill();
        await child.join();
      };
      await useAndDie();
      await collectGarbage();
      assert.ok(
        countObjects() <= before + 1,
        `${countObjects() - before} objects more, of which one is the queue`,
      );
    });
  });
}

test('a second attachment sees the first, a new name is given, a taken one refused', () => {
  const memory = new SharedMemory({ name: 'ours', create: true, size: 512 });
  assert.deepEqual([memory.name, memory.size, memory.buf.length], ['ours', 512, 512]);
  assert.ok(memory.buf.every((byte) => byte === 0));
  memory.buf[0] = 42;
  const again = new SharedMemory({ name: 'ours' });
  assert.equal(again.size, 512);
  again.buf[1] = 43;
  assert.deepEqual([...memory.buf.subarray(0, 2)], [42, 43]);
  assert.throws(() => new SharedMemory({ name: 'ours', create: true, size: 1 }), SharedMemoryExistsError);
  again.close();
  again.close();
  assert.throws(() => again.buf, SharedMemoryClosedError);
  assert.equal(memory.buf[0], 42);
  memory.unlink();
  assert.throws(() => memory.unlink(), SharedMemoryNotFoundError);
  assert.throws(() => new SharedMemory({ name: 'ours' }), SharedMemoryNotFoundError);
  assert.equal(memory.buf[0], 42, 'whoever has it keeps it');
  const anew = new SharedMemory({ name: 'ours', create: true, size: 8 });
  assert.equal(anew.buf[0], 0);
  anew.unlink();
});

test('wrong sizes and names are refused', () => {
  for (const size of [0, -1, 1.5]) {
    assert.throws(() => new SharedMemory({ create: true, size }), InvalidArgumentError);
  }
  assert.throws(() => new SharedMemory({ create: true } as never), InvalidArgumentError);
  assert.throws(() => new SharedMemory({} as never), InvalidArgumentError);
  assert.throws(
    () => new SharedMemory({ name: 'x'.repeat(200), create: true, size: 1 }),
    InvalidArgumentError,
  );
});

test('a list has the items it was made of, and takes others where they fit', () => {
  const items = [
    -273.154,
    100,
    'howdy',
    'HoWdY',
    -(2n ** 70n),
    true,
    null,
    new Uint8Array([1, 2]),
    42,
    'ключ',
  ];
  const list = new ShareableList(items);
  assert.deepEqual([...list].map(plain), items);
  assert.equal(list.length, 10);
  assert.equal(list.format, 'number number string string bigint boolean null bytes number string');
  assert.equal(list.get(-2), 42);
  assert.deepEqual([list.count(42), list.index('HoWdY')], [1, 3]);
  list.set(4, 'some');
  list.set(0, null);
  assert.deepEqual([list.get(4), list.get(0)], ['some', null]);
  for (const round of [1, 2, 3]) list.set(8, round);
  assert.equal(list.get(8), 3);
  assert.throws(() => list.set(2, 'far too long for it'), InvalidArgumentError);
  assert.equal(list.get(2), 'howdy', 'what did not fit changed nothing');
  assert.throws(() => list.get(10), InvalidArgumentError);
  assert.throws(() => list.index('nowhere'), InvalidArgumentError);
  const again = new ShareableList(undefined, { name: list.shm.name });
  again.set(3, 'seen');
  assert.equal(list.get(3), 'seen');
  list.shm.unlink();
  const named = new ShareableList([], { name: 'empty list' });
  assert.deepEqual([named.length, named.shm.name], [0, 'empty list']);
  named.shm.unlink();
});

function plain(item: unknown): unknown {
  return item instanceof Uint8Array ? new Uint8Array(item) : item;
}

test('an item that is longer than its state can say is refused', () => {
  const name = 'too-long';
  assert.throws(
    () => new ShareableList([1, new Uint8Array(2 ** 26)], { name }),
    /item 1 must be at most 67108863 bytes long/,
  );
  assert.throws(() => new SharedMemory({ name }), SharedMemoryNotFoundError, 'nothing is left of it');
});

test('SharedMemoryManager_basics: what a manager made has no name any more after its shutdown', () => {
  const first = new SharedMemoryManager();
  assert.throws(() => first.SharedMemory(9), ManagerStateError);
  first.start();
  assert.throws(() => first.start(), ManagerStateError);
  const lists = [5, 6, 7].map((length) => first.ShareableList(Array.from({ length }, (_, i) => i)));
  const memories = [32, 48, 64].map((size) => first.SharedMemory(size));
  const name = String(memories[0]?.name);
  assert.equal(new ShareableList(undefined, { name: String(lists[0]?.shm.name) }).length, 5);
  assert.equal(new SharedMemory({ name }).size, 32);
  memories[1]?.unlink();
  first.shutdown();
  for (const { name } of memories) assert.throws(() => new SharedMemory({ name }), SharedMemoryNotFoundError);
  assert.throws(() => first.SharedMemory(9), ManagerStateError);
  let held: string;
  {
    using second = new SharedMemoryManager();
    second.start();
    held = second.ShareableList(['howdy']).shm.name;
    second.SharedMemory(128);
  }
  assert.throws(() => new ShareableList(undefined, { name: held }), SharedMemoryNotFoundError);
});

after(nothingLeft);
