// A short wait without a system call: for what a process on another core is likely to do within microseconds.

import { processorCount } from './processors';
import { performance } from './timers';

// About 20 microseconds in all, which is what going to sleep and being woken costs.
const TURNS = 6;
const FIRST_PAUSE = 1024;

/**
 * Attempts after longer and longer pauses: whoever has what we want keeps its cache lines meanwhile, and so
 * is done sooner.
 */
export function spin<T>(attempt: () => T | undefined): T | undefined {
  let value: T | undefined;
  const most = turns();
  for (let turn = 0; turn < most && value === undefined; turn++) {
    pause(FIRST_PAUSE << turn);
    value = attempt();
  }
  return value;
}

// To wake an awaiting process takes about 40 microseconds. So two processes that answer each other soon come
// to need none of it.
const LONGEST_MS = 0.05;
const SHORT_PAUSE = 128;
const ENOUGH = 4;
const AGAIN = 32;

/** Spins as long as it pays. Where it was in vain it is tried again only now and then. */
export class Patience {
  #inVain = 0;

  spin<T>(attempt: () => T | undefined): T | undefined {
    if (this.#inVain >= ENOUGH && this.#inVain++ % AGAIN !== 0) return undefined;
    const value = turns() === 0 ? undefined : this.#look(attempt);
    this.#inVain = value === undefined ? this.#inVain + 1 : 0;
    return value;
  }

  /** It looks with short pauses: what it looks at is only written when it is over. */
  #look<T>(attempt: () => T | undefined): T | undefined {
    const end = performance.now() + LONGEST_MS;
    do {
      const value = attempt();
      if (value !== undefined) return value;
      pause(SHORT_PAUSE);
    } while (performance.now() < end);
    return undefined;
  }
}

/** Returns how often to look: with one core nothing changes meanwhile. */
function turns(): number {
  return processorCount() > 1 ? TURNS : 0;
}

function pause(loops: number): void {
  for (let i = 0; i < loops; i++);
}
