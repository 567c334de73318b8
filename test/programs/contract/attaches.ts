// A child attaches to shared memory by its name and ends; the parent goes on using it.
import { Process, SharedMemory } from 'parlab';

const memory = new SharedMemory({ create: true, size: 16 });
const child = new Process({
  target: (name: string) => {
    new SharedMemory({ name }).buf[0] = 7;
  },
  args: [memory.name],
});
child.start();
child.join().then(() => {
  console.log(child.exitcode, memory.buf[0], new SharedMemory({ name: memory.name }).buf[0]);
});
