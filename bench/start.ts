// How long does it take from start() until join() has seen the end of a function that does nothing?
import { setTimeout } from 'node:timers/promises';
import { Process } from '../src/index';
import { python } from './contenders';
import type { Case, Goal, Question } from './question';
import { times } from './quick';

const STARTS = times(30);
const PAUSE_MS = 60;

const WHOLE_NODE =
  'a spawned child is a whole Node, which has to begin, restore the function, run it and end in order; ' +
  'with a start every 60 ms the stock of warm ones is mostly empty. Python’s fork copies an interpreter that is ready.';
const FORKED =
  'a forked Node, too, has to end in order what Python’s fork does not have: an event loop, a heap that is not to be copied, its streams.';

const BEGINS =
  'it claims a slot, writes what the child is to do into shared memory, and asks the zygote for a fork.';

function nothing(): void {}

/** Median of single starts with a pause between them, as a program at work meets them. */
async function startToJoin(): Promise<number> {
  const tookMs: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const child = new Process({ target: nothing });
    await setTimeout(PAUSE_MS);
    const began = performance.now();
    child.start();
    await child.join();
    tookMs.push(performance.now() - began);
    if (child.exitcode !== 0) throw new Error(`it ended with ${child.exitcode}`);
  }
  return tookMs.sort((a, b) => a - b)[STARTS >> 1] as number;
}

const variables = { one: 1, two: 'two', three: [3], four: { four: 4 }, five: new Map([[5, 5]]) };
const { one, two, three, four, five } = variables;

function fiveCaptured(): unknown {
  return [one, two, three, four, five];
}

/** Median of the milliseconds that start() itself takes, once its function has been seen. */
async function startAlone(target: () => unknown): Promise<number> {
  const tookMs: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const child = new Process({ target });
    await setTimeout(PAUSE_MS);
    const began = performance.now();
    child.start();
    tookMs.push(performance.now() - began);
    await child.join();
  }
  return tookMs.sort((a, b) => a - b)[STARTS >> 1] as number;
}

function startItself(name: string, target: () => unknown, most: number): Case {
  return {
    name,
    unit: 'ms',
    better: 'less',
    measure: () => startAlone(target),
    beside: [],
    goals: [{ is: 'at most', value: most, ifMissed: BEGINS }],
  };
}

function fromStartToJoin(
  name: string,
  { measure, ifMissed, beyond = [] }: { measure: () => Promise<number>; ifMissed: string; beyond?: number[] },
): Case {
  return {
    name,
    unit: 'ms',
    better: 'less',
    measure,
    beside: ['fork', 'forkserver', 'spawn'].map((method) =>
      python('start_speed.py', [method, STARTS, PAUSE_MS], `Python ${method}`),
    ),
    goals: [
      ...[1.5, ...beyond].map((value): Goal => ({ beside: 'Python fork', is: 'at most', value, ifMissed })),
      { beside: 'Python forkserver', is: 'at most', value: 0.3, ifMissed },
    ],
  };
}

export const start: Question = {
  name: 'start',
  title: 'How long from `start()` until `join()` has seen the end of an empty function?',
  note: 'With a pause of 60 ms before each start, and the exit code seen. Spawned: with `PARLAB_ZYGOTE=off`, see decisions/zygote.md.',
  cases: [
    fromStartToJoin('start to join', { measure: startToJoin, ifMissed: FORKED, beyond: [1] }),
    startItself('start() of a function that closes over nothing', nothing, 0.5),
    startItself('start() of a function with five captured variables', fiveCaptured, 1),
    fromStartToJoin('start to join, spawned', {
      measure: () => {
        process.env.PARLAB_ZYGOTE = 'off';
        return startToJoin();
      },
      ifMissed: WHOLE_NODE,
    }),
  ],
};
