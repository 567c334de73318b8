import { Tinypool } from 'tinypool';

export function open(threads) {
  const filename = new URL('./tasks.mjs', import.meta.url).href;
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads });
  const run = (name, item) => pool.run(item, { name });
  return {
    run,
    runAll: (name, items) => Promise.all(items.map((item) => run(name, item))),
    close: () => pool.destroy(),
  };
}
