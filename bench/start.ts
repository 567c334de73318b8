// How long does it take from start() until join() has seen the end of a function that does nothing?
import { setTimeout } from 'node:timers/promises';
import { Process } from '../src/index';
import { python } from './contenders';
import { type Question, times } from './question';

const STARTS = times(30);
const PAUSE_MS = 60;

const WHOLE_NODE =
  'unless `PARLAB_ZYGOTE=on` lets it be forked, a child of ours is a whole Node with a V8 of its own: also a warm one has to ' +
  'restore the function, run it and end all of that in order. Python’s fork copies an interpreter that is ready.';

function nothing(): void {}

/** Median of single starts with a pause between them, as a program at work meets them. */
async function startToJoin(): Promise<number> {
  const tookMs: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const process = new Process({ target: nothing });
    await setTimeout(PAUSE_MS);
    const began = performance.now();
    process.start();
    await process.join();
    tookMs.push(performance.now() - began);
    if (process.exitcode !== 0) throw new Error(`it ended with ${process.exitcode}`);
  }
  return tookMs.sort((a, b) => a - b)[STARTS >> 1] as number;
}

export const start: Question = {
  name: 'start',
  title: 'How long from `start()` until `join()` has seen the end of an empty function?',
  note: 'With a pause of 60 ms before each start, and the exit code seen.',
  cases: [
    {
      name: 'start to join',
      unit: 'ms',
      better: 'less',
      measure: startToJoin,
      beside: ['fork', 'forkserver', 'spawn'].map((method) =>
        python('start_speed.py', [method, STARTS, PAUSE_MS], `Python ${method}`),
      ),
      goals: [
        { beside: 'Python fork', is: 'at most', value: 1.5, ifMissed: WHOLE_NODE },
        { beside: 'Python forkserver', is: 'at most', value: 0.3, ifMissed: WHOLE_NODE },
      ],
    },
  ],
};
