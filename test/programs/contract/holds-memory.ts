// Has one of everything that lives in shared memory, with a child that holds it too, and waits to be ended.
import { Lock, Process, Queue, Semaphore, SharedMemory } from 'parlab';

const memory = new SharedMemory({ create: true, size: 1 << 20, name: 'held' });
const lock = new Lock();
const semaphore = new Semaphore(3);
const queue = new Queue<string>();

new Process({
  target: () => {
    lock.acquireSync();
    semaphore.acquireSync();
    queue.putSync(new SharedMemory({ name: memory.name }).name);
    setInterval(() => {}, 1000);
  },
}).start();

queue.get().then((name) => {
  console.log(name);
  setInterval(() => {}, 1000);
});
