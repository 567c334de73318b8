// A small value that all processes of a room see and change, one after the other: an event, the permits of a
// semaphore, a barrier. How it may change is said by pure functions elsewhere; here they are applied by
// compare-and-swap, and changes are waited for.
import { randomBytes } from 'node:crypto';
import { clearTimeout, setTimeout } from '../../../system/timers';
import { heard } from '../../connection/broker';
import { type States, statesOf } from '../../connection/states';
import { isAway, pause, persist } from '../../connection/trouble';
import { type Desk, GAVE_UP, type Patience } from '../../line/service';

/** Somebody who waits looks so often even if nothing was said: a word may be lost with a connection. */
const LOOK_MS = 1000;
const AGAIN_MS = 200;
/** At first; more for each time in a row that another was quicker. */
const CONFLICT_MS = 2;

/** More than can be written while one asks again. */
const MARKS = 24;
const { random } = Math;

export const TIMED_OUT = 'timed out';

/** `state` undefined: it stays as it is. */
export interface Step<S, R> {
  readonly state?: S;
  readonly result: R;
}

/** As it stands in the broker. */
interface CellRecord<S> {
  readonly state: S;
  /**
   * Of the latest changes: by its mark a change is known that was made although the broker's answer was lost.
   */
  readonly marks: readonly string[];
}

export class Cell<S> {
  readonly #desk: Desk;
  readonly #states: States;
  readonly #subject: string;
  readonly #initial: () => S;
  readonly #lookers = new Set<() => void>();
  #subscription: { unsubscribe(): void } | undefined;

  constructor(desk: Desk, kind: string, name: string, initial: () => S) {
    this.#desk = desk;
    this.#states = statesOf(desk);
    this.#subject = desk.names.state(kind, name);
    this.#initial = initial;
  }

  /** Nobody of this process waits for it. */
  get isIdle(): boolean {
    return this.#lookers.size === 0;
  }

  async read(stop?: AbortSignal): Promise<S | undefined> {
    const seen = await persist(() => this.#states.read(this.#subject), stop);
    return seen && this.#decode(seen.bytes).state;
  }

  /**
   * Until the step was taken, or `stop` is aborted before it was: then undefined. It may be tried several
   * times, and is taken once.
   */
  async change<R>(step: (state: S) => Step<S, R>, stop?: AbortSignal): Promise<R | undefined> {
    const mark = randomBytes(6).toString('base64url');
    let maybe: { result: R } | undefined;
    for (let conflicts = 0; stop?.aborted !== true || maybe !== undefined; ) {
      try {
        const { sequence, bytes } = await this.#states.read(this.#subject);
        const { state: before, marks } = this.#decode(bytes);
        // It was taken, though the broker's answer was lost.
        if (maybe !== undefined && marks.includes(mark)) return maybe.result;
        maybe = undefined;
        const { state, result } = step(before);
        if (state === undefined) return result;
        const record: CellRecord<S> = { state, marks: [...marks.slice(1 - MARKS), mark] };
        const written = new TextEncoder().encode(JSON.stringify(record));
        maybe = { result };
        if ((await this.#states.swap(this.#subject, written, sequence)) !== undefined) return result;
        maybe = undefined;
        await pause(random() * CONFLICT_MS * Math.min(50, ++conflicts), stop);
      } catch (error) {
        if (!isAway(error)) throw error;
        await pause(AGAIN_MS);
      }
    }
    return undefined;
  }

  /** The first thing that `look` sees in the state. `eachTime`: what else is to be done from time to time. */
  async until<R>(
    look: (state: S) => R | undefined,
    { stop, timeoutMs }: Patience,
    eachTime: () => Promise<void> = async () => {},
  ): Promise<R | typeof TIMED_OUT | typeof GAVE_UP> {
    const over = new AbortController();
    let outcome: R | typeof TIMED_OUT | typeof GAVE_UP = TIMED_OUT;
    const giveUp = () => {
      outcome = GAVE_UP;
      over.abort();
    };
    if (stop.aborted) return GAVE_UP;
    stop.addEventListener('abort', giveUp);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => over.abort(), timeoutMs);
    let wake = new AbortController();
    const looker = () => wake.abort();
    over.signal.addEventListener('abort', looker);
    try {
      // Before the first look, so that nothing is missed in between.
      await this.#watch(looker);
      for (;;) {
        wake = new AbortController();
        const state = await this.read(over.signal);
        const found = state && look(state);
        if (found !== undefined) return found;
        if (over.signal.aborted) return outcome;
        await pause(LOOK_MS * (0.7 + random() * 0.6), wake.signal);
        if (over.signal.aborted) return outcome;
        if (!wake.signal.aborted) await eachTime();
      }
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', giveUp);
      wake.abort();
      over.abort();
      this.#unwatch(looker);
    }
  }

  async #watch(looker: () => void): Promise<void> {
    this.#lookers.add(looker);
    if (this.#subscription !== undefined) return;
    const { nc } = await this.#desk.broker();
    this.#subscription ??= nc.subscribe(this.#subject, {
      callback: heard(() => {
        for (const look of this.#lookers) look();
      }),
    });
  }

  #unwatch(looker: () => void): void {
    this.#lookers.delete(looker);
    if (this.#lookers.size > 0) return;
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  #decode(bytes: Uint8Array | undefined): CellRecord<S> {
    if (bytes === undefined) return { state: this.#initial(), marks: [] };
    return JSON.parse(new TextDecoder().decode(bytes)) as CellRecord<S>;
  }
}
