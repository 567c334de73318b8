import { fileURLToPath } from 'node:url';
import { FixedThreadPool } from 'poolifier';

export function open(threads) {
  const pool = new FixedThreadPool(
    threads,
    fileURLToPath(new URL('./poolifier-worker.mjs', import.meta.url)),
  );
  const run = (name, item) => pool.execute(item, name);
  return {
    run,
    runAll: (name, items) => Promise.all(items.map((item) => run(name, item))),
    close: () => pool.destroy(),
  };
}
