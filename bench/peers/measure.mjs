// Prints how many tasks a second a worker library runs. Arguments: which of the files beside this one; map, apply or heavy;
// tasks; threads. Each of these files opens a pool in the way of its own manual.
const [library, kind, count, threads] = process.argv.slice(2);
const { open } = await import(`./${library}.mjs`);
const { runAll, run, close } = await open(Number(threads));
const items = Array.from({ length: Number(count) }, (_, i) => i);

async function once() {
  if (kind === 'apply') for (const item of items) await run('tiny', item);
  else return runAll(kind === 'map' ? 'tiny' : 'heavy', items);
}

// As ours, for V8 to have compiled what matters; a slow library has had its time sooner.
const WARM_MS = 1000;
const ENOUGH_MS = 3000;
const warmFrom = performance.now();
for (let round = 0, ms = 0; ms < WARM_MS || (round < 3 && ms < ENOUGH_MS); round++) {
  await once();
  ms = performance.now() - warmFrom;
}
const MEASURED_MS = 600;
const began = performance.now();
let runs = 0;
let results;
for (; runs === 0 || performance.now() - began < MEASURED_MS; runs++) results = await once();
const seconds = (performance.now() - began) / 1000;
if (kind === 'map' && results[items.length - 1] !== 2 * (items.length - 1)) throw new Error('a wrong result');
console.log((runs * items.length) / seconds);
await close();
