// Classes by chance: whatever way a thing of one takes, it answers as it answered where it came from.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import fc from 'fast-check';
import { Pipe, Pool, Queue } from '../../src/index';
import { instances, type Way, ways } from '../support/capture/program-files';
import { randomClasses } from '../support/capture/random-classes';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** More of them by hand: PARLAB_PROGRAMS=2000, and PARLAB_SEED=… for those of a run before. */
const PROGRAMS = Number(process.env.PARLAB_PROGRAMS ?? 25);
const SEED = Number(process.env.PARLAB_SEED ?? Date.now() % 2 ** 31);

interface Program {
  things: object[];
  facts(thing: object): unknown[];
  make(): object[];
}

const texts = fc.array(fc.nat(2 ** 16), { minLength: 30, maxLength: 30 }).map((numbers) => {
  let next = 0;
  return randomClasses((count) => (numbers[next++ % numbers.length] as number) % count);
});

const worker = globalThis as { kept?: object[] };

test(`things of ${PROGRAMS} programs keep their classes (seed ${SEED})`, async () => {
  await using pool = new Pool({ processes: 1 });
  const queue = new Queue<object[]>();
  const [left, right] = Pipe<object[]>();
  for (const [index, text] of fc.sample(texts, { numRuns: PROGRAMS, seed: SEED }).entries()) {
    const way = Object.keys(ways)[index % Object.keys(ways).length] as Way;
    const { things, facts, make } = (await instances(way, [text]))[0] as unknown as Program;
    const here = things.map(facts);
    const same = (there: unknown, by: string) => assert.deepEqual(there, here, `${by}, ${way}:\n${text}`);
    queue.putSync(things);
    left.sendSync(things);
    same(queue.getSync().map(facts), 'queue');
    same(right.recvSync().map(facts), 'pipe');
    same(await pool.map(facts, things, { chunkSize: 2 }), 'arguments');
    same(await pool.apply(() => things.map(facts)), 'variables');
    same((await pool.map((thing) => thing, things)).map(facts), 'there and back');
    same((await pool.apply(make)).map(facts), 'made there');
    await pool.apply(
      (them: object[]) => {
        worker.kept = them;
      },
      [things],
    );
    same(await pool.apply(() => worker.kept?.map(facts)), 'kept there');
  }
});
