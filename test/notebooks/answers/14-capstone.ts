// Answers to the exercise of notebook 14.
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

export default {
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
      [
        byHand(`${SENTINELS} ${GET_ALL} take(await done.get()); ${JOIN}`),
        /waits in Queue\.get\(\) for an item/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
