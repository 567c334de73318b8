// Keeps the explorer process small: V8 would let garbage grow to several times of what is in use, and the
// process is ended for its size.
import { collectGarbage } from '../../system/collect-garbage';

const SMALL_BYTES = 256 * 2 ** 20;
const GROWN_BYTES = 96 * 2 ** 20;
/** To ask the system costs more than a state does. */
const ASK_EVERY = 256;

export class Tidier {
  #calls = 0;
  #sizeBytes = SMALL_BYTES;

  /** Is to be called again and again. */
  readonly tidy = (): void => {
    if (++this.#calls % ASK_EVERY !== 0 || process.memoryUsage.rss() < this.#sizeBytes + GROWN_BYTES) return;
    collectGarbage();
    this.#sizeBytes = Math.max(SMALL_BYTES, process.memoryUsage.rss());
  };
}
