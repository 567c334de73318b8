// Programs by chance: in another process their functions answer as they answer here.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import fc from 'fast-check';
import { allElsewhere } from '../support/capture/elsewhere';
import { instances, type Target, type Way, ways } from '../support/capture/program-files';
import { randomProgram } from '../support/capture/random-program';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** More of them by hand: PARLAB_PROGRAMS=2000, and PARLAB_SEED=… for those of a run before. */
const PROGRAMS = Number(process.env.PARLAB_PROGRAMS ?? 100);
const SEED = Number(process.env.PARLAB_SEED ?? Date.now() % 2 ** 31);
const AT_ONCE = 100;

const programs = fc.array(fc.nat(2 ** 16), { minLength: 60, maxLength: 60 }).map((numbers) => {
  let next = 0;
  return randomProgram((count) => (numbers[next++ % numbers.length] as number) % count);
});

test(`${PROGRAMS} programs answer in another process as they answer here (seed ${SEED})`, async () => {
  const all = fc.sample(programs, { numRuns: PROGRAMS, seed: SEED });
  for (let from = 0; from < all.length; from += AT_ONCE) await compare(all.slice(from, from + AT_ONCE));
});

async function compare(texts: string[]): Promise<void> {
  const here: Target[] = [];
  const there: Target[] = [];
  const wayOf: Way[] = [];
  for (const [index, text] of texts.entries()) {
    const way = Object.keys(ways)[index % Object.keys(ways).length] as Way;
    wayOf.push(way);
    here.push(...(await instances(way, [text])));
    there.push(...(await instances(way, [text])));
  }
  const answers = allElsewhere(there);
  for (const [index, target] of here.entries()) {
    assert.deepEqual(answers[index], await target(), `${wayOf[index]}:\n${texts[index]}`);
  }
}
