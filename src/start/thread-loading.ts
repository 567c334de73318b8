// Which threads of this process are still loading native code. Node aborts the whole program when a thread is
// terminated in the middle of that, also if it is only because the thread that started it ends.

import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { SLOT_COUNT } from '../memory/layout';
import { process } from '../system/node-process';
import { performance } from '../system/timers';

/** A load takes a few hundredths of a second; who is stopped meanwhile must not stop us for ever. */
const LONGEST_MS = 2000;

/**
 * How many words there are for threads without a slot, which the program started itself. Two may share a
 * word.
 */
const OTHERS = 256;

/** A word for each thread, the same for all threads of the process: each hands it to those that it starts. */
const words = inherited();
let watchesExit = false;

function inherited(): Int32Array {
  const KEY = 'parlab: threads that are loading';
  const given = getEnvironmentData(KEY);
  const words =
    given instanceof Int32Array ? given : new Int32Array(new SharedArrayBuffer((SLOT_COUNT + OTHERS) * 4));
  setEnvironmentData(KEY, words);
  return words;
}

/** The place of a thread that has no slot. */
export function placeOfThread(threadId: number): number {
  return SLOT_COUNT + (threadId % OTHERS);
}

/** `place` is the thread's slot, or what `placeOfThread()` says. */
export function beginLoading(place: number): void {
  Atomics.store(words, place, 1);
  waitForLoadingAtExit();
}

/** Each thread calls it that starts a thread which loads native code. */
export function waitForLoadingAtExit(): void {
  if (!watchesExit) process.once('exit', waitUntilAllAreLoaded);
  watchesExit = true;
}

/** The thread itself calls it, or the thread that sees its end. */
export function endLoading(place: number): void {
  Atomics.store(words, place, 0);
  Atomics.notify(words, place);
}

export function isLoading(place: number): boolean {
  return Atomics.load(words, place) === 1;
}

/** Blocks. One that begins later is far from its native code when a thread that is terminated now ends. */
export function waitUntilAllAreLoaded(): void {
  const deadline = performance.now() + LONGEST_MS;
  for (let place = 0; place < words.length; place++) {
    if (isLoading(place)) Atomics.wait(words, place, 1, Math.max(0, deadline - performance.now()));
  }
}
