// poolifier's own way to run a function over many items.
import { fileURLToPath } from 'node:url';
import { FixedThreadPool } from 'poolifier';

export function open(threads) {
  const pool = new FixedThreadPool(
    threads,
    fileURLToPath(new URL('./poolifier-worker.mjs', import.meta.url)),
  );
  return {
    run: (name, item) => pool.execute(item, name),
    runAll: (name, items) => pool.mapExecute(items, name),
    close: () => pool.destroy(),
  };
}
