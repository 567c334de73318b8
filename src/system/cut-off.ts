// A blocking wait that is cut off without running its `finally`: so ends an endless cell that the kernel
// interrupts. What the wait had put down in shared memory must not stay there, for others would reckon with
// one who is gone.

import { clearImmediate, setImmediate } from './timers';

/** Returns what `wait` returns. If that is cut off, `whenCutOff` runs when the event loop turns again. */
export function whileBlocking<T>(wait: () => T, whenCutOff: () => void): T {
  // The loop cannot turn while a wait blocks, so if it does before the wait has ended, the wait was cut off.
  const turn = setImmediate(whenCutOff);
  try {
    return wait();
  } finally {
    clearImmediate(turn);
  }
}
