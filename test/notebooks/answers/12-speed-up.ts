// Answers to the exercises of notebook 12.
import type { Answers } from './answers';

const pool = (map: string, { workers = 'workers', end = 'pool.close(); await pool.join();' } = {}) =>
  `async function developAll(photos: number[], workers: number) {
  const pool = new Pool({ processes: ${workers} });
  const results = ${map};
  ${end}
  return results;
}`;

/** Processes and queues in place of a pool; how the answers are gathered. */
const byHand = (answers: string) =>
  `async function dark(jobs: Queue<number | null>, done: Queue<[number, number]>) {
  for (let photo = await jobs.get(); photo !== null; photo = await jobs.get()) {
    await done.put([photo, await develop(photo)]);
  }
}
async function developAll(photos: number[], workers: number) {
  const jobs = new Queue<number | null>();
  const done = new Queue<[number, number]>();
  const all = Array.from({ length: workers }, () => new Process({ target: dark, args: [jobs, done] }));
  for (const each of all) each.start();
  for (const photo of photos) await jobs.put(photo);
  for (const each of all) await jobs.put(null);
  for (const each of all) await each.join();
  const pairs: [number, number][] = [];
  while (!done.empty()) pairs.push(await done.get());
  return ${answers};
}`;
const IMPORT = "import { Process, Queue } from 'parlab';\n";

export default {
  'develop-all': {
    right: [
      'const developAll = (photos: number[], workers: number) => inPool(workers, develop, photos);',
      // Shared memory: everybody writes into places of its own.
      `import { Process, RawArray } from 'parlab';
async function developAll(photos: number[], workers: number) {
  const results = new RawArray('int32', photos.length);
  const part = async (first: number) => {
    for (let at = first; at < photos.length; at += workers) results[at] = await develop(photos[at]);
  };
  const all = Array.from({ length: workers }, (_, at) => new Process({ target: part, args: [at] }));
  for (const each of all) each.start();
  for (const each of all) await each.join();
  return [...results];
}`,
      IMPORT + byHand('photos.map((photo) => pairs.find(([each]) => each === photo)![1])'),
    ],
    wrong: [
      // As many as there are cores, whatever was asked for.
      [
        pool('await pool.map(develop, photos, { chunkSize: 1 })', { workers: '7' }),
        /7 processes are started; it must be 2/,
      ],
      [pool('await pool.map(develop, photos)', { workers: '1' }), /1 process is started; it must be 2/],
      // All photos in one message.
      [
        pool('await pool.map(develop, photos, { chunkSize: photos.length })'),
        /at most 1 process is at work at a time; it must be 2/,
      ],
      // Started, and then the parent does it.
      [
        pool('[] as number[]; for (const photo of photos) results.push(await develop(photo))'),
        /at most 1 process is at work|MainProcess does 4 of the 4 pieces/,
      ],
      // They develop, and the parent makes the results by itself.
      [
        pool('photos.map((photo) => photo * 10); await pool.map(develop, photos, { chunkSize: 1 })'),
        /it returns \[ 10, 20, 30, 40 \] whatever the children send, so they work for nothing/,
      ],
      // One photo after the other.
      [
        pool(
          '[] as number[]; for (const photo of photos) results.push(...(await pool.map(develop, [photo])))',
        ),
        /at most 1 process is at work at a time; it must be 2/,
      ],
      // Nobody develops.
      [pool('await pool.map((photo: number) => photo * 10, photos)'), /none of them sleeps/],
      // Who is ready first stands first.
      [IMPORT + byHand('pairs.map(([, result]) => result)'), /it returns \[.*\] instead of|goes wrong/],
      // Nobody waits for the workers.
      [
        pool('await pool.map(develop, photos, { chunkSize: 1 })', { end: 'pool.close();' }),
        /without join\(\) of/,
      ],
      [
        `async function developAll(photos: number[], workers: number) {
  return Promise.all(photos.map(develop));
}`,
        /no process is started/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
