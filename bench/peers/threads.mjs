import { Pool, spawn, Worker } from 'threads';

export function open(threads) {
  const pool = Pool(() => spawn(new Worker('./threads-worker.mjs')), threads);
  const run = (name, item) => pool.queue((worker) => worker[name](item));
  return {
    run,
    runAll: (name, items) => Promise.all(items.map((item) => run(name, item))),
    close: () => pool.terminate(),
  };
}
