// A turn of the event loop for one thing.
import { setImmediate } from '../system/timers';

/**
 * Does it in a turn of the event loop of its own, and resolves when all has run that follows from it at once.
 */
export function inTurn(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      setImmediate(() => resolve());
      act();
    });
  });
}
