// To whom a process has given a lock: whoever asks for it is sent there. After a while the record in the
// broker knows better, for that one may be gone.
import { performance } from '../../../system/timers';

const RECENT_MS = 1000;

export class RecentHolder {
  #process: string | undefined;
  #at = 0;

  get process(): string | undefined {
    return performance.now() - this.#at < RECENT_MS ? this.#process : undefined;
  }

  set(process: string | undefined): void {
    this.#process = process;
    this.#at = performance.now();
  }
}
