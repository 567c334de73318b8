// Answers to the exercises of notebook 10.
import type { Answers } from './answers';

const QUEUES = 'const [jobs, results] = [new Queue<Pair[] | null>(), new Queue<number>()];';
const START = 'const workers = startWorkers(count, jobs, results);';
const PUT = 'for (const pair of pairs) await jobs.put([pair]);';
const SENTINELS = 'for (const worker of workers) await jobs.put(null);';
const JOIN = 'for (const worker of workers) await worker.join();';
const SUM = 'return takeSum(results);';

const farm = (...lines: string[]) =>
  `async function farm(pairs: Pair[], count: number) {
  ${[QUEUES, ...lines].join('\n  ')}
}`;
const inBlocks = (...lines: string[]) =>
  `async function farmInBlocks(pairs: Pair[], count: number, size: number) {
  ${[QUEUES, START, ...lines].join('\n  ')}
}`;
const SLICES = 'for (let at = 0; at < pairs.length; at += size) await jobs.put(pairs.slice(at, at + size));';

export default {
  farm: {
    right: [
      farm(PUT, 'for (let i = 0; i < count; i++) await jobs.put(null);', START, JOIN, SUM),
      // One answer from each worker, not one from each block.
      `async function summing(jobs: Queue<Pair | null>, results: Queue<number>) {
  let sum = 0;
  for (let pair = await jobs.get(); pair !== null; pair = await jobs.get()) sum += gcd(pair);
  await results.put(sum);
}
async function farm(pairs: Pair[], count: number) {
  const jobs = new Queue<Pair | null>();
  const results = new Queue<number>();
  const workers = Array.from({ length: count }, () => new Process({ target: summing, args: [jobs, results] }));
  for (const worker of workers) worker.start();
  for (const pair of [...pairs, ...workers.map(() => null)]) await jobs.put(pair);
  let sum = 0;
  for (const worker of workers) sum += await results.get();
  for (const worker of workers) await worker.join();
  return sum;
}`,
      // A pool has queues and sentinels of its own.
      `import { Pool } from 'parlab';
async function farm(pairs: Pair[], count: number) {
  const pool = new Pool({ processes: count });
  const divisors = await pool.map(gcd, pairs);
  pool.close();
  await pool.join();
  return divisors.reduce((sum, each) => sum + each, 0);
}`,
      // The sum grows in shared memory.
      `import { Lock, RawValue } from 'parlab';
async function farm(pairs: Pair[], count: number) {
  const [total, lock, jobs] = [new RawValue('int32', 0), new Lock(), new Queue<Pair | null>()];
  const adding = async () => {
    for (let pair = await jobs.get(); pair !== null; pair = await jobs.get()) {
      using turn = lock.acquireSync();
      total.value += gcd(pair);
    }
  };
  const workers = Array.from({ length: count }, () => new Process({ target: adding }));
  for (const worker of workers) worker.start();
  for (const pair of pairs) await jobs.put(pair);
  for (const worker of workers) await jobs.put(null);
  for (const worker of workers) await worker.join();
  return total.value;
}`,
    ],
    wrong: [
      // The parent has computed it, and a worker only hands it back.
      [
        farm(
          START,
          'if (pairs.length > 0) await jobs.put([[pairs.reduce((sum, pair) => sum + gcd(pair), 0), 0]]);',
          SENTINELS,
          JOIN,
          SUM,
        ),
        /the pair \[12, 18\] is sent to nobody/,
      ],
      // One sentinel for all.
      [farm(START, PUT, 'await jobs.put(null);', JOIN, SUM), /I called it with .* 2\): in .* never ends/],
      // None.
      [farm(START, PUT, JOIN, SUM), /1\): in .* never ends.*waits in Queue\.get\(\)/],
      // Before the jobs.
      [farm(START, SENTINELS, PUT, JOIN, SUM), /it returns 0 instead of 6/],
      // One too many.
      [farm(START, PUT, SENTINELS, 'await jobs.put(null);', JOIN, SUM), /1 message is left in/],
      // One for each job.
      [
        farm(START, 'for (const pair of pairs) { await jobs.put([pair]); await jobs.put(null); }', JOIN, SUM),
        /3\): .*never ends|it returns .* instead/,
      ],
      // Always two workers.
      [
        farm('const workers = startWorkers(2, jobs, results);', PUT, SENTINELS, JOIN, SUM),
        /2 processes are started; it must be 1/,
      ],
      // Nobody waits for the end.
      [farm(START, PUT, SENTINELS, SUM), /it returns 0 instead of 6|goes wrong/],
      // The parent counts.
      [
        farm(START, SENTINELS, JOIN, 'return pairs.map(gcd).reduce((sum, each) => sum + each, 0);'),
        /it returns 6 whatever the children send, so they work for nothing/,
      ],
      // They count, and the parent counts once more.
      [
        farm(
          START,
          PUT,
          SENTINELS,
          JOIN,
          'takeSum(results);',
          'return pairs.map(gcd).reduce((sum, each) => sum + each, 0);',
        ),
        /it returns 6 whatever the children send/,
      ],
      // What came out for the first input.
      [
        farm(START, PUT, SENTINELS, JOIN, 'await takeSum(results);', 'return 6;'),
        /whatever the children send/,
      ],
      // Ended by force.
      [
        farm(START, PUT, 'for (const worker of workers) worker.terminate();', JOIN, SUM),
        /exit code|it returns/,
      ],
    ],
  },
  'farm-in-blocks': {
    right: [
      inBlocks('while (pairs.length > 0) await jobs.put(pairs.splice(0, size));', SENTINELS, JOIN, SUM),
      inBlocks(
        'let block: Pair[] = [];',
        'for (const pair of pairs) { block.push(pair); if (block.length === size) { await jobs.put(block); block = []; } }',
        'if (block.length > 0) await jobs.put(block);',
        SENTINELS,
        JOIN,
        SUM,
      ),
    ],
    wrong: [
      [inBlocks(PUT, SENTINELS, JOIN, SUM), /the parent puts 7 messages, not 5/],
      // All in one.
      [inBlocks('await jobs.put(pairs);', SENTINELS, JOIN, SUM), /the parent puts 3 messages, not 5/],
      // As many messages as blocks, and all pairs in the first.
      [
        inBlocks(
          'await jobs.put(pairs); for (let at = size; at < pairs.length; at += size) await jobs.put([]);',
          SENTINELS,
          JOIN,
          SUM,
        ),
        /the blocks have 5 pairs, not 2, 2, 1/,
      ],
      // Blocks of one size.
      [
        inBlocks(
          'const even = Math.ceil(pairs.length / Math.ceil(pairs.length / size)); for (let at = 0; at < pairs.length; at += even) await jobs.put(pairs.slice(at, at + even));',
          SENTINELS,
          JOIN,
          SUM,
        ),
        /the blocks have 2, 2 pairs, not 3, 1/,
      ],
      // The short last block is forgotten.
      [
        inBlocks(
          'for (let at = 0; at + size <= pairs.length; at += size) await jobs.put(pairs.slice(at, at + size));',
          SENTINELS,
          JOIN,
          SUM,
        ),
        /it returns 9 instead of 10/,
      ],
      // slice(from, to), not slice(from, how many).
      [
        inBlocks(
          'for (let at = 0; at < pairs.length; at += size) await jobs.put(pairs.slice(at, size));',
          SENTINELS,
          JOIN,
          SUM,
        ),
        /it returns 7 instead of 10/,
      ],
      // Blocks that overlap.
      [
        inBlocks(
          'for (let at = 0; at < pairs.length; at++) await jobs.put(pairs.slice(at, at + size));',
          SENTINELS,
          JOIN,
          SUM,
        ),
        /it returns 14 instead of 10/,
      ],
      [inBlocks(SLICES, 'await jobs.put(null);', JOIN, SUM), /never ends/],
      [
        inBlocks(SLICES, SENTINELS, JOIN, 'await takeSum(results);', 'return 10;'),
        /it returns 10 whatever the children send/,
      ],
      [inBlocks(SLICES, SENTINELS, JOIN, 'return 10;'), /messages are left in|message is left in/],
    ],
  },
} satisfies Record<string, Answers>;
