// Prints which options of Node hold in a child and in its child.
import { Process, Queue } from 'parlab';

const flags = () => [Error.stackTraceLimit, process.noDeprecation === true];

function tell(queue: Queue<unknown>, depth: number) {
  queue.putSync(flags());
  if (depth === 0) return;
  const child = new Process({ target: tell, args: [queue, depth - 1] });
  child.start();
  child.joinSync();
}

const queue = new Queue<unknown>();
const child = new Process({ target: tell, args: [queue, 1] });
child.start();
child.joinSync();
console.log(JSON.stringify([flags(), queue.getSync(), queue.getSync()]));
