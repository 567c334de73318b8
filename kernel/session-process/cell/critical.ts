// Sections of code that an interrupt may not cut in two, such as the writing of a message.

import { store } from '../safeguards/pristine';

/**
 * How many of them the main thread is in, one within the other. Shared with the watcher: here it may block
 * for a slow reader.
 */
export const criticalDepth = new Int32Array(new SharedArrayBuffer(4));
let depth = 0;
let whenLeft: (() => void) | undefined;

export function critical<T>(section: () => T): T {
  store(criticalDepth, 0, ++depth);
  try {
    return section();
  } finally {
    store(criticalDepth, 0, --depth);
    if (depth === 0 && whenLeft) {
      const act = whenLeft;
      whenLeft = undefined;
      act();
    }
  }
}

export function isCritical(): boolean {
  return depth > 0;
}

/** Calls `act`, which must look whether it is still wanted, when the critical section that runs is left. */
export function afterCritical(act: () => void): void {
  whenLeft = act;
}

/** Native code that is cut while it is being loaded ends the process. */
export function guardNativeAddons(): void {
  const load = process.dlopen;
  process.dlopen = (...options: unknown[]) => critical(() => load.apply(process, options as never));
}
