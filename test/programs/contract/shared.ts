// A lock and a queue, one as argument and one by closure, and what a queue carries back.
import { Lock, Process, Queue } from 'parlab';

const results = new Queue<{ square: number; from: string }>();

async function square(n: number, lock: Lock) {
  await lock.acquire();
  try {
    await results.put({ square: n * n, from: `n = ${n}` });
  } finally {
    lock.release();
  }
}

async function main() {
  const lock = new Lock();
  const processes = [1, 2, 3].map((n) => new Process({ target: square, args: [n, lock] }));
  for (const process of processes) process.start();
  const squares = [await results.get(), await results.get(), await results.get()];
  for (const process of processes) await process.join();
  console.log(
    squares
      .map((result) => `${result.from}: ${result.square}`)
      .sort()
      .join(', '),
  );
  console.log(processes.map((process) => process.exitcode));
}

main();
