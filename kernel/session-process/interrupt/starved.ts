// Whether the main thread would run and is not let, as on a machine with too much to do: then it is not its
// fault that it does not answer.

import { readFileSync } from 'node:fs';

/**
 * The times of this process's main thread: nanoseconds on a processor, nanoseconds of waiting for one, turns.
 */
const SCHEDULE = '/proc/self/schedstat';

export class Starvation {
  #waitedMs = waitedMs();

  /** Whether it has waited for a processor most of the time since the last call, these milliseconds ago. */
  hasBeen(ms: number): boolean {
    const before = this.#waitedMs;
    this.#waitedMs = waitedMs();
    return this.#waitedMs - before > ms / 2;
  }
}

/** Always 0 where the system does not tell. */
function waitedMs(): number {
  try {
    return Number(readFileSync(SCHEDULE, 'latin1').split(' ')[1]) / 1e6 || 0;
  } catch {
    return 0;
  }
}
