// A short run of `npm run chaos`: every scenario in both start methods, with new random choices each time.
import { after, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { chaos } from './chaos';
import { type ScenarioName, scenarios } from './scenarios/index';

const SECONDS = 60;

test('under random signals nothing is corrupt, lost, hung or left behind', async (t) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  t.diagnostic(`to run it again: npm run chaos -- --seconds ${SECONDS} --seed ${seed}`);
  await chaos({
    seconds: SECONDS,
    seed,
    methods: ['process', 'thread'],
    names: Object.keys(scenarios) as ScenarioName[],
    tell: (line) => t.diagnostic(line),
  });
});

after(nothingLeft);
