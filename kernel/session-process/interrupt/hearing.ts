// Whether the main thread still hears the kernel: a cell may have broken what it hears with, and then no
// answer would ever come.

import { Session } from 'node:inspector';
import { setTimeout } from 'node:timers';
import { evaluate } from './main-thread';

const LOOK_MS = 100;
/** What had been sent before has been read by then, or never will be. */
const TURNS = 3;

export class Hearing {
  /** How many evaluations the main thread has heard of. */
  readonly #heard: Int32Array;
  readonly #isDeaf: () => void;
  #wanted = 0;
  #mainThread: Session | undefined;

  constructor(heard: Int32Array, isDeaf: () => void) {
    this.#heard = heard;
    this.#isDeaf = isDeaf;
  }

  /** A thread that is busy with a cell hears when it is done; one that turns without having heard is deaf. */
  check(evaluations: number): void {
    this.#wanted = Math.max(this.#wanted, evaluations);
    if (this.#mainThread || this.#hasHeard()) return;
    this.#mainThread = new Session();
    this.#mainThread.connectToMainThread();
    this.#look(this.#mainThread);
  }

  #look(mainThread: Session, first?: number): void {
    evaluate(mainThread, 'turns()', ({ value, failure }) => {
      // Where a termination has cut the answer, there is neither.
      const turns = typeof value === 'number' ? value : first;
      const since = first ?? turns;
      const isDeaf =
        failure !== undefined || (turns !== undefined && since !== undefined && turns - since >= TURNS);
      if (!this.#hasHeard() && !isDeaf) {
        setTimeout(() => this.#look(mainThread, since), LOOK_MS);
        return;
      }
      mainThread.disconnect();
      this.#mainThread = undefined;
      if (!this.#hasHeard()) this.#isDeaf();
    });
  }

  #hasHeard(): boolean {
    return Atomics.load(this.#heard, 0) >= this.#wanted;
  }
}
