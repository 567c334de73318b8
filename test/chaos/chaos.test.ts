// A short run of `npm run chaos`: every scenario in both start methods, with new random choices each time.
import { after, test } from 'node:test';
import { findsProcesses } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';
import { chaos } from './chaos';
import { kernelRounds } from './kernel-rounds';
import { Random } from './random';
import { type ScenarioName, scenarios } from './scenarios/index';

const SECONDS = 60;
const ROUNDS = 8;

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

test(
  'under random signals a kernel ends every cell, runs the next one, and leaves nothing',
  findsProcesses,
  async (t) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    t.diagnostic(`to run it again: npm run chaos -- --seconds 0 --kernel-rounds ${ROUNDS} --seed ${seed}`);
    await kernelRounds({ rounds: ROUNDS, random: new Random(seed), tell: (line) => t.diagnostic(line) });
  },
);

after(nothingLeft);
