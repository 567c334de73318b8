import { fileURLToPath } from 'node:url';
import workerpool from 'workerpool';

export function open(threads) {
  const worker = fileURLToPath(new URL('./workerpool-worker.mjs', import.meta.url));
  const pool = workerpool.pool(worker, { minWorkers: threads, maxWorkers: threads, workerType: 'thread' });
  const run = (name, item) => pool.exec(name, [item]);
  return {
    run,
    runAll: (name, items) => Promise.all(items.map((item) => run(name, item))),
    close: () => pool.terminate(),
  };
}
