// A timer on the virtual clock: it goes off when nothing of its process is due before.
import { outsideOfTasks } from '../../sync/task';
import { runner } from '../operations';

export class ControlledTimer {
  readonly #runner = runner();
  readonly #callback: () => void;
  readonly #ms: number;
  readonly #repeats: boolean;
  #number = -1;
  #isOver = false;
  /** Whether the process goes on for it. */
  #isKept = true;

  constructor(callback: () => void, ms: number, repeats: boolean) {
    if (typeof callback !== 'function') {
      throw new TypeError('The "callback" argument must be of type function.');
    }
    this.#callback = callback;
    this.#ms = ms >= 1 && ms <= MOST_MS ? ms : 1;
    this.#repeats = repeats;
    this.#begin();
  }

  ref(): this {
    return this.#keep(true);
  }
  unref(): this {
    return this.#keep(false);
  }
  hasRef(): boolean {
    return this.#isKept;
  }
  refresh(): this {
    this.close();
    this.#isOver = false;
    this.#begin();
    return this;
  }
  close(): this {
    if (!this.#isOver) this.#runner.cancel(this.#number);
    this.#isOver = true;
    return this;
  }
  [Symbol.dispose](): void {
    this.close();
  }
  [Symbol.toPrimitive](): number {
    return this.#number;
  }

  #keep(isKept: boolean): this {
    this.#isKept = isKept;
    if (!this.#isOver) this.#runner.keepGoing(this.#number, isKept);
    return this;
  }

  #begin(): void {
    const due = this.#runner.clock + this.#ms;
    const key = `timer ${due} ${this.#ms}`;
    const nothing = { object: -1, isSync: false, timeoutMs: undefined, where: undefined } as const;
    const gone = this.#runner.request({ ...nothing, kind: 'timer', args: [due, this.#ms], key });
    this.#number = this.#runner.lastAsked;
    if (!this.#isKept) this.#runner.keepGoing(this.#number, false);
    void gone.then(() => {
      this.#runner.clock = Math.max(this.#runner.clock, due);
      if (this.#isOver) return;
      if (this.#repeats) this.#begin();
      else this.#isOver = true;
      try {
        // Node calls it from the event loop, whoever set it.
        outsideOfTasks(this.#callback);
      } catch (error) {
        this.#runner.fail(error);
      }
    });
  }
}

/** What Node takes as a timeout. */
const MOST_MS = 2 ** 31 - 1;
