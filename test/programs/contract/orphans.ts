// A program with children in the state that its argument names. Prints their pids, then sits there to be killed, or kills itself.
import { writeSync } from 'node:fs';
import { Lock, Pool, Process, Queue } from 'parlab';

const pids = new Queue<number>();
const lock = new Lock();

function tell(...known: (number | undefined)[]): void {
  writeSync(1, `${known.join(' ')}\n`);
}

async function start(target: () => unknown): Promise<void> {
  new Process({ target }).start();
  tell(await pids.get());
}

const states: Record<string, () => unknown> = {
  stopped: () =>
    start(() => {
      pids.putSync(process.pid);
      process.kill(process.pid, 'SIGSTOP');
      for (;;);
    }),
  starting: () => {
    const children = Array.from(
      { length: 6 },
      () => new Process({ target: () => setInterval(() => {}, 1000) }),
    );
    for (const child of children) child.start();
    tell(...children.map(({ pid }) => pid));
    const delay = Number(process.argv[3]);
    if (delay === 0) process.kill(process.pid, 'SIGKILL');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), delay);
  },
  'with threads': () =>
    start(async () => {
      const busy = new Queue<number>();
      for (let i = 0; i < 2; i++) {
        const loop = () => {
          busy.putSync(1);
          for (;;);
        };
        new Process({ target: loop, method: 'thread' }).start();
      }
      await busy.get();
      await busy.get();
      pids.putSync(process.pid);
    }),
  'in a pool': async () => {
    const pool = new Pool({ processes: 2 });
    pool.mapAsync(
      () => {
        pids.putSync(process.pid);
        for (;;);
      },
      [1, 2],
      { chunkSize: 1 },
    );
    tell(await pids.get(), await pids.get());
  },
  'in a pool, idle': async () => {
    const pool = new Pool({ processes: 2 });
    await pool.map((x) => x, [1, 2]);
    tell(...pool.processes.map(({ pid }) => pid));
  },
  'blocked in acquireSync()': async () => {
    lock.acquireSync();
    await start(() => {
      pids.putSync(process.pid);
      lock.acquireSync();
    });
  },
};

setInterval(() => {}, 1000);
void states[process.argv[2] ?? '']?.();
