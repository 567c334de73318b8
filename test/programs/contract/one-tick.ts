// Everything in one turn of the event loop: the blocking calls need nobody to turn it.
import { Lock, Process, Queue } from 'parlab';

const lock = new Lock();
const queue = new Queue<number>(1);

function send(n: number) {
  lock.acquireSync();
  lock.release();
  queue.putSync(n);
  queue.putSync(n + 1);
}

lock.acquireSync();
const process_ = new Process({ target: send, args: [40] });
process_.start();
lock.release();
console.log(queue.getSync() + queue.getSync());
process_.joinSync();
console.log(process_.exitcode, process_.isAlive());
