// Shared things made and dropped by the thousand: their memory, their places in the table and their names come back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  Barrier,
  Condition,
  Event,
  getAllStartMethods,
  JoinableQueue,
  Lock,
  Pipe,
  Process,
  Queue,
  RLock,
  Semaphore,
  ShareableList,
  SharedArray,
  SharedMemory,
  Value,
} from '../../src/index';
import { holdings } from '../chaos/leftovers';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

const makers: Record<string, (n: number) => unknown> = {
  Lock: () => new Lock().acquireSync(),
  RLock: () => new RLock().acquireSync().release(),
  Semaphore: () => new Semaphore(2).acquireSync(),
  Event: () => new Event().set(),
  Condition: () => new Condition(),
  Barrier: () => new Barrier(2),
  Value: (n) => new Value('i', n),
  SharedArray: (n) => new SharedArray('d', (n % 100) + 1),
  ShareableList: (n) => {
    const list = new ShareableList([n, 'text']);
    list.shm.unlink();
  },
  'SharedMemory by one name': () => new SharedMemory({ create: true, size: 5000, name: 'again' }).unlink(),
  'Queue with a lock in it': (n) => {
    const queue = new Queue<unknown>();
    queue.putSync([n, new Lock()]);
  },
  JoinableQueue: (n) => new JoinableQueue<number>().putSync(n),
  Pipe: () => Pipe()[0].sendSync('left unread'),
};

test('thousands of things come and go', async () => {
  const makeAll = (n: number) => {
    for (const make of Object.values(makers)) make(n);
  };
  makeAll(0);
  const before = await holdings();
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 300; n++) makeAll(n);
    await collectGarbage();
  }
  assert.deepEqual(await holdings(before), before);
});

for (const method of getAllStartMethods()) {
  test(`children by '${method}' that made and got things take nothing with them`, async () => {
    const round = async () => {
      const queue = new Queue<unknown>();
      const child = new Process({
        target: (lock: Lock) => {
          const own = Array.from({ length: 100 }, () => new Lock());
          queue.putSync([lock, own, new SharedMemory({ create: true, size: 100 }).buf]);
        },
        args: [new Lock()],
        method,
      });
      child.start();
      const [, own] = (await queue.get()) as [Lock, Lock[]];
      assert.equal(own.length, 100);
      await child.join();
      assert.equal(child.exitcode, 0);
    };
    await round();
    const before = await holdings();
    for (let i = 0; i < 10; i++) await round();
    // A name keeps its memory until unlink(), also when its maker is gone: one for each round.
    const objects = before.objects + 10;
    const blocks = before.blocks + 20;
    const now = await holdings({ ...before, objects, blocks });
    assert.deepEqual([now.slots, now.objects, now.blocks], [before.slots, objects, blocks]);
  });
}

after(nothingLeft);
