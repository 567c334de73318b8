// `npm run chaos`: the library under random signals, for as long as you like, and then a kernel. What is tried and checked: scenarios/,
// kernel-rounds.ts, room-rounds.ts.
import '../support/processes/nothing-left';
import { parseArgs } from 'node:util';
import type { StartMethodName } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';
import { chaos } from './chaos';
import { kernelRounds } from './kernel-rounds';
import { Random } from './random';
import { roomRounds } from './room-rounds';
import { type ScenarioName, scenarios } from './scenarios/index';

const USAGE = `Usage: npm run chaos -- [--seconds 600] [--seed N] [--scenario NAME]… [--method process|thread]… [--kernel-rounds 200] [--room-rounds 50]
Scenarios: ${Object.keys(scenarios).join(', ')}`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    scenario: { type: 'string', multiple: true, default: Object.keys(scenarios) },
    method: { type: 'string', multiple: true, default: ['process', 'thread'] },
    'kernel-rounds': { type: 'string', default: '200' },
    'room-rounds': { type: 'string', default: '50' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const { seed, seconds, scenario, method } = values;
  const isKnown =
    scenario.every((name) => name in scenarios) &&
    method.every((name) => ['process', 'thread'].includes(name));
  const kernels = Number(values['kernel-rounds']);
  const rooms = Number(values['room-rounds']);
  if (
    values.help ||
    !isKnown ||
    !(Number(seconds) >= 0) ||
    !(kernels >= 0) ||
    !(rooms >= 0) ||
    !Number.isInteger(Number(seed))
  ) {
    console.log(USAGE);
    process.exit(values.help ? 0 : 2);
  }
  console.log(`chaos: ${seconds} s, seed ${seed}`);
  try {
    const { rounds, deaths } = await chaos({
      seconds: Number(seconds),
      seed: Number(seed),
      methods: method as StartMethodName[],
      names: scenario as ScenarioName[],
      tell: (line) => console.log(`  ${line}`),
    });
    await nothingLeft();
    await kernelRounds({
      rounds: kernels,
      random: new Random(Number(seed)),
      tell: (line) => console.log(`  ${line}`),
    });
    await roomRounds({
      rounds: rooms,
      random: new Random(Number(seed)),
      tell: (line) => console.log(`  ${line}`),
    });
    console.log(
      `chaos: ${rounds} rounds, ${deaths} deaths, ${kernels} rounds of a kernel, ${rooms} of a room, nothing wrong`,
    );
  } catch (error) {
    console.error(error);
    console.error(
      `chaos: to run it again: npm run chaos -- ${process.argv.slice(2).join(' ')} --seed ${seed}`,
    );
    process.exitCode = 1;
  }
}

void main();
