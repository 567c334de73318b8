// One acquire() that waits, in the thread of the line: until it has the lock, its time is up, or whoever
// asked gives up.
import { clearTimeout, setTimeout } from '../../../system/timers';
import { ANSWER_MS } from '../../connection/broker';
import { GAVE_UP, type Question } from '../../line/service';
import type { LockRecord } from './conversation';

export interface AcquireArgs {
  readonly lock: string;
  /** Undefined: for ever. 0: only try. */
  readonly timeoutMs: number | undefined;
  /** Whether it wants to be told that the last owner's lease ended. */
  readonly tellsDeath: boolean;
}

/** The token; undefined when the time was up. */
export type Outcome = number | undefined | typeof GAVE_UP;

const OVER = 'over';

let lastId = 0;

export class Waiter {
  readonly id = ++lastId;
  readonly onlyTries: boolean;
  readonly tellsDeath: boolean;
  readonly outcome: Promise<Outcome>;
  /** Its place in the line, once it has one. */
  number: number | undefined;
  /** In whose line it stands, as far as it knows. */
  holder: string | undefined;
  lastOwner: LockRecord['who'] | undefined;
  /** How often in a row nobody knew who has the lock. */
  misses = 0;
  readonly #ended = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  #settle: (outcome: Outcome) => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor({ timeoutMs, tellsDeath }: AcquireArgs, { stop }: Question) {
    this.onlyTries = timeoutMs === 0;
    this.tellsDeath = tellsDeath;
    this.outcome = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    // Who only tries waits for the answer of the broker, if there is one.
    const ms = this.onlyTries ? ANSWER_MS : timeoutMs;
    if (ms !== undefined) this.#timer = setTimeout(() => this.end(undefined), ms);
    if (stop.aborted) this.end(GAVE_UP);
    else stop.addEventListener('abort', () => this.end(GAVE_UP));
  }

  get isOver(): boolean {
    return this.#ended.signal.aborted;
  }

  /** Aborted when it is over. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** False if it was over before. */
  end(outcome: Outcome): boolean {
    if (this.isOver) return false;
    this.#close();
    this.#settle(outcome);
    return true;
  }

  fail(error: unknown): void {
    if (this.isOver) return;
    this.#close();
    this.#fail(error);
  }

  /** Or until it is over, or `until` resolves. */
  pause(ms: number, until?: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.ended.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.ended.addEventListener('abort', done);
      void until?.then(done);
    });
  }

  #close(): void {
    clearTimeout(this.#timer);
    // With a reason, or an error would be made for each.
    this.#ended.abort(OVER);
  }
}
