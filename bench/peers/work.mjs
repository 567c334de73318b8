// Prints how many milliseconds a kind of work takes in this Node, or in a thread of piscina's. Arguments: Node or piscina; the kind.
import { fileURLToPath } from 'node:url';

const [where, kind] = process.argv.slice(2);
const file = new URL('../../dist/bench/work-kinds.js', import.meta.url);
if (where === 'piscina') {
  const { Piscina } = await import('piscina');
  const pool = new Piscina({ filename: fileURLToPath(file), minThreads: 1, maxThreads: 1 });
  console.log(await pool.run(kind, { name: 'timed' }));
  await pool.destroy();
} else {
  const { timed } = (await import(file.href)).default;
  console.log(await timed(kind));
}
