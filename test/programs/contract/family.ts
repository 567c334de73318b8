// Children that do all that may keep a process alive: loop, wait for a lock, for a message, for a timer, for a child.
// Prints their pids when all are at it; then does what its argument says.
import { Lock, Process, Queue } from 'parlab';

const lock = new Lock();
const pids = new Queue<number>();
const never = new Queue<number>();

const activities: (() => unknown)[] = [
  () => {
    pids.putSync(process.pid);
    for (;;);
  },
  () => {
    pids.putSync(process.pid);
    lock.acquireSync();
  },
  async () => {
    await pids.put(process.pid);
    await never.get();
  },
  () => {
    pids.putSync(process.pid);
    setInterval(() => {}, 1000);
  },
  () => {
    pids.putSync(process.pid);
    const nested = new Process({
      target: () => {
        pids.putSync(process.pid);
        for (;;);
      },
    });
    nested.start();
    nested.joinSync();
  },
];

const endings: Record<string, () => unknown> = {
  wait: () => new Promise(() => setInterval(() => {}, 1000)),
  block: () => never.getSync(),
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('the parent failed');
  },
};

async function main() {
  await lock.acquire();
  for (const target of activities) new Process({ target }).start();
  const known = [];
  while (known.length < activities.length + 1) known.push(await pids.get());
  process.stdout.write(`${known.join(' ')}\n`);
  setTimeout(() => endings[process.argv[2] ?? 'wait']?.(), 10);
}

main();
