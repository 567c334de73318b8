// Children with children, which wait in every way there is: none outlives its parent, and what they had is given back.
import { setTimeout as sleep } from 'node:timers/promises';
import { Lock, Process, Queue, wait } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';

const waits = [
  (lock: Lock) => lock.acquireSync(),
  (lock: Lock) => lock.acquire(),
  (_lock: Lock, queue: Queue<string>) => queue.getSync(),
  (_lock: Lock, queue: Queue<string>) => queue.get(),
  () => sleep(1e6),
  () => {
    for (;;);
  },
];

async function raise(self: Actor, method: 'process' | 'thread'): Promise<void> {
  const lock = new Lock();
  const queue = new Queue<string>();
  await lock.acquire();
  while (!self.isOver()) {
    self.says('starts its children');
    const children = [0, 1].map(() => {
      const target = waits[self.random.below(waits.length)] as (lock: Lock, queue: Queue<string>) => unknown;
      const child = new Process({ target, args: [lock, queue], method });
      child.start();
      return child;
    });
    self.says('waits for the first to end');
    setTimeout(() => children[self.random.below(2)]?.kill(), self.random.below(60));
    await wait([...children, queue]);
    for (const child of children) child.kill();
    self.says('joins its children');
    for (const child of children) self.random.chance(0.5) ? child.joinSync() : await child.join();
  }
}

export async function family(stage: Stage): Promise<void> {
  const parents = stage.keep(2, 'parent', raise, stage.method);
  await stage.torment();
  await parents.ended();
}
