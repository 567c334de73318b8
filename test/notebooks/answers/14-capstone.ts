// Answers to the exercises of notebook 14.
import type { Answers } from './answers';

const SENTINELS = 'for (const each of all) await jobs.put(null);';
const JOIN = 'for (const each of all) await each.join();';

/** Workers with two queues; what the parent does when the pages are put. */
const byHand = (after: string, { count = 'workers', result = 'merge(counts, more);' } = {}) =>
  `async function read(jobs: Queue<string | null>, done: Queue<Counts>) {
  for (let page = await jobs.get(); page !== null; page = await jobs.get()) await done.put(await countPage(page));
}
async function wordCount(pages: string[], workers: number) {
  const jobs = new Queue<string | null>();
  const done = new Queue<Counts>();
  const all = Array.from({ length: ${count} }, () => new Process({ target: read, args: [jobs, done] }));
  for (const each of all) each.start();
  for (const page of pages) await jobs.put(page);
  let counts: Counts = {};
  const take = (more: Counts) => { ${result} };
  ${after}
  return counts;
}`;
const GET_ALL = 'for (const page of pages) take(await done.get());';

/** A child for each part of the numbers from 0 to `all`, who sends what it finds; the parent takes it. */
const inParts = (name: string, all: string, parts: { part: string; take: string; answer: string }) =>
  `type Part = [at: number, found: any];
async function worker(picture: Picture, density: number, mine: number[], at: number, done: Queue<Part>) {
  ${parts.part}
}
async function ${name} {
  const done = new Queue<Part>();
  const numbers = Array.from({ length: ${all} }, (_, at) => at);
  const size = Math.ceil(numbers.length / workers);
  const children = Array.from({ length: workers }, (_, at) =>
    new Process({ target: worker, args: [${name.startsWith('blur') ? 'picture, 0' : '[], density'}, numbers.slice(at * size, (at + 1) * size), at, done] }));
  for (const child of children) child.start();
  ${parts.take}
  for (const child of children) await child.join();
  ${parts.answer}
}`;

const blurInStrips = ({
  part = 'const rows: Picture = []; for (const y of mine) rows.push(await blurRow(picture, y)); await done.put([at, rows]);',
  take = 'const strips: Picture[] = []; for (const child of children) { const [at, rows] = await done.get(); strips[at] = rows; }',
  answer = 'return strips.flat();',
}) => inParts('blurAll(picture: Picture, workers: number)', 'picture.length', { part, take, answer });

const burnInParts = ({
  part = 'let sum = 0; for (const seed of mine) sum += await burn(density, seed); await done.put([at, sum]);',
  take = 'let sum = 0; for (const child of children) sum += (await done.get())[1];',
  answer = 'return sum / trials;',
}) =>
  inParts('meanBurnt(density: number, trials: number, workers: number)', 'trials', { part, take, answer });

/** The solution, with something else in it. */
const burnInPool = ({
  seeds = 'Array.from({ length: trials }, (_, seed) => seed)',
  one = 'burn(density, seed)',
  answer = 'return results.reduce((sum, burnt) => sum + burnt, 0) / trials;',
  processes = 'workers',
  end = 'pool.close(); await pool.join();',
}) => `async function meanBurnt(density: number, trials: number, workers: number) {
  const pool = new Pool({ processes: ${processes} });
  const seeds = ${seeds};
  const results = await pool.map((seed: number) => ${one}, seeds, { chunkSize: 1 });
  ${end}
  ${answer}
}`;

const withoutEdges =
  'const strip = picture.slice(mine[0], mine[0] + mine.length); const rows: Picture = []; for (let y = 0; y < strip.length; y++) rows.push(await blurRow(strip, y)); await done.put([at, rows]);';
const EDGES = 'const from = Math.max(0, mine[0] - 1); const strip = picture.slice(from, mine.at(-1)! + 2);';

export default {
  'blur-all': {
    right: [
      blurInStrips({}),
      // One row more above and below, which are not sent back.
      blurInStrips({
        part: `${EDGES} const rows: Picture = []; for (const y of mine) rows.push(await blurRow(strip, y - from)); await done.put([at, rows]);`,
      }),
      // Row by row, with its number.
      blurInStrips({
        part: 'for (const y of mine) await done.put([y, await blurRow(picture, y)]);',
        take: 'const rows: Picture = []; for (const row of picture) { const [y, made] = await done.get(); rows[y] = made; }',
        answer: 'return rows;',
      }),
    ],
    wrong: [
      // Nobody helps.
      [
        `async function blurAll(picture: Picture) {
  const rows: Picture = [];
  for (let y = 0; y < picture.length; y++) rows.push(await blurRow(picture, y));
  return rows;
}`,
        /no process is started; it must be 2/,
      ],
      [blurInStrips({ part: withoutEdges }), /row 1 comes out as if there were no row 2 below it/],
      // What stands above and below is sent back, too.
      [
        blurInStrips({
          part: `${EDGES} const rows: Picture = []; for (let y = 0; y < strip.length; y++) rows.push(await blurRow(strip, y)); await done.put([at, rows]);`,
        }),
        /it returns 6 rows instead of 4: look for rows that two strips know/,
      ],
      // A child writes into its copy, and says nothing.
      [
        blurInStrips({
          part: 'for (const y of mine) picture[y] = await blurRow(picture, y);',
          take: '',
          answer: 'return picture;',
        }),
        /row 0 is as it was, not blurred/,
      ],
      [
        blurInStrips({
          part: 'for (const y of mine) picture[y] = await blurRow(picture, y); await done.put([at, mine.map((y) => picture[y])]);',
        }),
        /row 1 comes out as if made with the new row 0, and not with the old one/,
      ],
      // As they come.
      [
        blurInStrips({
          take: 'const strips: Picture[] = []; for (const child of children) strips.push((await done.get())[1]);',
        }),
        /in \d+ of \d+ orders .*row 2 of the new picture stands where row 0 should be/,
      ],
      // The first two rows change places: the upper one is then what the lower one is without its neighbour below.
      [
        blurInStrips({ answer: 'const rows = strips.flat(); return [rows[1], rows[0], ...rows.slice(2)];' }),
        /row 1 of the new picture stands where row 0 should be/,
      ],
      // And the last two.
      [
        blurInStrips({
          answer: 'const rows = strips.flat(); return [...rows.slice(0, -2), rows.at(-1)!, rows.at(-2)!];',
        }),
        /row 3 of the new picture stands where row 2 should be/,
      ],
      // The first one does it all.
      [
        blurInStrips({
          part: 'const rows: Picture = []; if (at === 0) for (const y of picture.keys()) rows.push(await blurRow(picture, y)); await done.put([at, rows]);',
        }),
        /at most 1 process is at work at a time/,
      ],
      // Nobody waits for the rows: those that are there are taken.
      [
        blurInStrips({
          take: 'const strips: Picture[] = []; while (!done.empty()) { const [at, rows] = await done.get(); strips[at] = rows; }',
        }),
        /it returns \d rows instead of 4|it goes wrong/,
      ],
      [blurInStrips({}).replace('await child.join()', 'child.isAlive()'), /without join\(\) of/],
      // They blur, and the parent blurs once more.
      [
        blurInStrips({
          take: 'for (const child of children) await done.get();',
          answer: `return picture.map((row, y) => row.map((_, x) => {
    const near = picture.slice(Math.max(0, y - 1), y + 2).flatMap((each) => each.slice(Math.max(0, x - 1), x + 2));
    return Math.round(near.reduce((sum, point) => sum + point, 0) / near.length);
  }));`,
        }),
        /it returns \[.*\] whatever the children send, so they work for nothing/,
      ],
    ],
  },
  'mean-burnt': {
    right: [
      burnInParts({}),
      // Shared memory, with a lock.
      `async function meanBurnt(density: number, trials: number, workers: number) {
  const sum = new Value('int32', 0);
  const lock = sum.getLock();
  const part = async (first: number) => {
    let mine = 0;
    for (let seed = first; seed < trials; seed += workers) mine += await burn(density, seed);
    await lock.acquire();
    sum.value += mine;
    lock.release();
  };
  const children = Array.from({ length: workers }, (_, at) => new Process({ target: part, args: [at] }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return sum.value / trials;
}`,
      // Each part counts as much as it has trials.
      burnInParts({
        part: 'let sum = 0; for (const seed of mine) sum += await burn(density, seed); await done.put([mine.length, sum / mine.length]);',
        take: 'let mean = 0; for (const child of children) { const [count, part] = await done.get(); mean += part * count / trials; }',
        answer: 'return mean;',
      }),
    ],
    wrong: [
      // Nobody helps.
      [
        `async function meanBurnt(density: number, trials: number) {
  let sum = 0;
  for (let seed = 0; seed < trials; seed++) sum += await burn(density, seed);
  return sum / trials;
}`,
        /no process is started; it must be 2/,
      ],
      [
        burnInPool({ answer: 'return results.reduce((sum, burnt) => sum + burnt, 0);' }),
        /it returns 196, the sum of all trials, and not their mean/,
      ],
      // All trials are alike.
      [burnInPool({ one: 'burn(density, 0)' }), /it returns 61, the mean of the trial with seed 0 only/],
      // Each child begins with seed 0 again.
      [
        burnInParts({
          part: 'let sum = 0; for (let seed = 0; seed < mine.length; seed++) sum += await burn(density, seed); await done.put([at, sum]);',
        }),
        /it returns 58.5, the mean of the trials with the seeds 0 to 1 only/,
      ],
      // Three trials for two: the third is lost.
      [
        burnInPool({
          seeds: 'Array.from({ length: Math.floor(trials / workers) * workers }, (_, seed) => seed)',
        }),
        /with \(60, 3, 2\).*it returns 39, as if nothing had burnt but in the trials with the seeds 0 to 1/,
      ],
      // Parts that are not alike count the same.
      [
        burnInParts({
          part: 'let sum = 0; for (const seed of mine) sum += await burn(density, seed); await done.put([at, sum / mine.length]);',
          answer: 'return sum / workers;',
        }),
        /with \(60, 3, 2\).*the mean of means of parts that are not alike/,
      ],
      [
        burnInPool({ answer: 'console.log(results.reduce((sum, burnt) => sum + burnt, 0) / trials);' }),
        /it returns nothing: what is printed does not come to the caller/,
      ],
      // A child adds to its own copy.
      [
        burnInParts({
          part: 'for (const seed of mine) total += await burn(density, seed);',
          take: '',
          answer: 'return total / trials;',
        }).replace('type Part', 'let total = 0;\ntype Part'),
        /it returns 0 instead of 49/,
      ],
      // What stood ready.
      [
        burnInPool({ answer: 'return [49, 167 / 3, 284 / 5][[4, 3, 5].indexOf(trials)];' }),
        /it returns 49 whatever the children send, so they work for nothing/,
      ],
      [burnInPool({ processes: '1' }), /1 process is started; it must be 2/],
      [burnInParts({}).replace('await child.join()', 'child.isAlive()'), /without join\(\) of/],
      // Read, wait, write, without a lock.
      [
        `async function meanBurnt(density: number, trials: number, workers: number) {
  const sum = new RawValue('int32', 0);
  const part = async (first: number) => {
    for (let seed = first; seed < trials; seed += workers) sum.value = sum.value + (await burn(density, seed));
  };
  const children = Array.from({ length: workers }, (_, at) => new Process({ target: part, args: [at] }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return sum.value / trials;
}`,
        /in [\d,]+ of [\d,]+ orders .*it returns/,
      ],
    ],
  },
  'word-count': {
    right: [
      byHand(`${SENTINELS} ${GET_ALL} ${JOIN}`),
      `async function part(pages: string[], done: Queue<Counts>) {
  const counts: Counts = {};
  for (const page of pages) merge(counts, await countPage(page));
  await done.put(counts);
}
async function wordCount(pages: string[], workers: number) {
  const done = new Queue<Counts>();
  const all = Array.from({ length: workers }, (_, at) =>
    new Process({ target: part, args: [pages.filter((_, page) => page % workers === at), done] }));
  for (const each of all) each.start();
  const counts: Counts = {};
  for (const each of all) merge(counts, await done.get());
  for (const each of all) await each.join();
  return counts;
}`,
    ],
    wrong: [
      // Nobody helps.
      [
        `async function wordCount(pages: string[]) {
  const all: Counts = {};
  for (const page of pages) merge(all, await countPage(page));
  return all;
}`,
        /no process is started; it must be 2/,
      ],
      // One sentinel for all.
      [byHand(`await jobs.put(null); ${GET_ALL} ${JOIN}`), /it never ends/],
      // The newest count takes the place of the older ones.
      [
        byHand(`${SENTINELS} ${GET_ALL} ${JOIN}`, { result: 'counts = { ...counts, ...more };' }),
        /orders? (it goes wrong|it returns).* instead of|it goes wrong/,
      ],
      // What is not there yet is forgotten.
      [
        byHand(`${SENTINELS} while (!done.empty()) take(await done.get()); ${JOIN}`),
        /it returns .* instead of|it goes wrong/,
      ],
      // Always one worker.
      [byHand(`${SENTINELS} ${GET_ALL} ${JOIN}`, { count: '1' }), /1 process is started; it must be 2/],
      [byHand(`${SENTINELS} ${GET_ALL}`), /without join\(\) of/],
      // All pages to one of them.
      [
        `async function part(pages: string[], done: Queue<Counts>) {
  const counts: Counts = {};
  for (const page of pages) merge(counts, await countPage(page));
  await done.put(counts);
}
async function wordCount(pages: string[], workers: number) {
  const done = new Queue<Counts>();
  const all = Array.from({ length: workers }, (_, at) =>
    new Process({ target: part, args: [at === 0 ? pages : [], done] }));
  for (const each of all) each.start();
  const counts: Counts = {};
  for (const each of all) merge(counts, await done.get());
  for (const each of all) await each.join();
  return counts;
}`,
        /at most 1 process is at work at a time/,
      ],
      // A result too many is taken from nobody.
      // They count, and the parent counts once more.
      [
        byHand(
          `${SENTINELS} for (const page of pages) await done.get(); ${JOIN}
  for (const word of pages.join(' ').split(' ')) counts[word] = (counts[word] ?? 0) + 1;`,
        ),
        /it returns \{ sun: 3, rain: 2, fog: 1 \} whatever the children send, so they work for nothing/,
      ],
      [
        byHand(`${SENTINELS} ${GET_ALL} take(await done.get()); ${JOIN}`),
        /waits in Queue\.get\(\) for an item/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
