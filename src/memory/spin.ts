// A short wait without a system call: for what a process on another core is likely to do within microseconds.
import { availableParallelism } from 'node:os';

// About 20 microseconds in all, which is what going to sleep and being woken costs. With one core nothing changes meanwhile.
const TURNS = availableParallelism() > 1 ? 6 : 0;
const FIRST_PAUSE = 1024;

/** Attempts after longer and longer pauses: whoever has what we want keeps its cache lines meanwhile, and so is done sooner. */
export function spin<T>(attempt: () => T | undefined): T | undefined {
  let value: T | undefined;
  for (let turn = 0; turn < TURNS && value === undefined; turn++) {
    pause(FIRST_PAUSE << turn);
    value = attempt();
  }
  return value;
}

function pause(turns: number): void {
  for (let i = 0; i < turns; i++);
}
