// Which functions share a variable, and what `this` is in an arrow function: in the other process as in this one.
import assert from 'node:assert/strict';
import test, { after, describe } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { allElsewhere } from './elsewhere';
import { instances, type Way, ways } from './program-files';
import { sharingPrograms, thisPrograms } from './sharing-programs';

after(nothingLeft);

const programs = { ...sharingPrograms, ...thisPrograms };

for (const way of Object.keys(ways) as Way[]) {
  describe(`${way}, functions answer in another process as they answer here:`, () => {
    let answers: unknown[] = [];
    let right: unknown[] = [];

    test('all programs are captured', async () => {
      const texts = Object.values(programs);
      // Of each program two instances: who is called here is not who travels.
      const [here, there] = [await instances(way, texts), await instances(way, texts)];
      answers = allElsewhere(there);
      right = await Promise.all(here.map((target) => target()));
    });

    for (const [index, name] of Object.keys(programs).entries()) {
      test(name, () => assert.deepEqual(answers[index], right[index]));
    }
  });
}
