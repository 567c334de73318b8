// Which threads of this process are still loading native code. Node aborts the whole program when a thread is
// terminated in the middle of that, also if it is only because the thread that started it ends.
import { workerData } from 'node:worker_threads';
import { SLOT_COUNT } from '../memory/layout';
import type { ThreadTicket } from './child-ticket';

/** A load takes a few hundredths of a second; who is stopped meanwhile must not stop us for ever. */
const LONGEST_MS = 2000;

/** A word for each slot, the same for all threads of the process. */
const words =
  (workerData as ThreadTicket | null)?.loading ?? new Int32Array(new SharedArrayBuffer(SLOT_COUNT * 4));
let watchesExit = false;

export function beginLoading(slot: number): Int32Array {
  Atomics.store(words, slot, 1);
  if (!watchesExit) process.once('exit', waitUntilAllAreLoaded);
  watchesExit = true;
  return words;
}

/** By the thread itself, or by who sees its end. */
export function endLoading(slot: number): void {
  Atomics.store(words, slot, 0);
  Atomics.notify(words, slot);
}

export function isLoading(slot: number): boolean {
  return Atomics.load(words, slot) === 1;
}

/** Blocks. One that begins later is far from its native code when a thread that is terminated now ends. */
export function waitUntilAllAreLoaded(): void {
  const deadline = performance.now() + LONGEST_MS;
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    if (isLoading(slot)) Atomics.wait(words, slot, 1, Math.max(0, deadline - performance.now()));
  }
}
