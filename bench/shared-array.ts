// How long until a running child can read 100 MiB of numbers that lie in shared memory already?
import { Process, Queue, RawArray } from '../src/index';
import { python } from './contenders';
import type { Question } from './question';
import { times } from './quick';

const NUMBERS = (100 * 2 ** 20) / 8;
const SENDS = times(50);
const COLLECTED =
  'the way itself takes about 1 ms. The rest is V8, which counts the array as memory of its own and collects garbage in the ' +
  'child, once for each array of this size. It is left to do so, or arrays that nobody uses any more would fill the shared memory.';

async function answer(arrays: Queue<Float64Array>, answers: Queue<number>): Promise<void> {
  for (let i = 0; i < SENDS; i++) {
    const array = await arrays.get();
    answers.putSync((array[0] as number) + (array[array.length - 1] as number));
  }
}

/** Median of the time from put() in the parent to the child's answer, which has read the first and the last number. */
async function reach(): Promise<number> {
  const arrays = new Queue<Float64Array>();
  const answers = new Queue<number>();
  const child = new Process({ target: answer, args: [arrays, answers] });
  child.start();
  const tookMs: number[] = [];
  for (let i = 0; i < SENDS; i++) {
    // Another array each time, or the child would know it already.
    const array = new RawArray('float64', NUMBERS) as Float64Array;
    array[0] = i;
    array[NUMBERS - 1] = 0.5;
    const began = performance.now();
    await arrays.put(array);
    const sum = await answers.get();
    tookMs.push(performance.now() - began);
    if (sum !== i + 0.5) throw new Error(`the child read ${sum}`);
  }
  await child.join();
  return tookMs.sort((a, b) => a - b)[SENDS >> 1] as number;
}

export const sharedArray: Question = {
  name: 'shared-array',
  title: 'How long until a running child can read a `Float64Array` of 100 MiB?',
  note:
    'There and back: the parent puts the array into a queue, the child reads its first and last number and answers. ' +
    "Python's twin sends the name of a `SharedMemory` that the child attaches; its other way copies all bytes through a queue.",
  cases: [
    {
      name: '100 MiB in shared memory',
      unit: 'ms',
      better: 'less',
      measure: reach,
      beside: [
        python('shared_array_speed.py', ['shared', SENDS], 'Python SharedMemory'),
        python('shared_array_speed.py', ['copied', 3], 'Python Queue'),
      ],
      goals: [5, 1].map((value) => ({ is: 'at most', value, ifMissed: COLLECTED })),
    },
  ],
};
