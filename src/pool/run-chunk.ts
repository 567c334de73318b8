// A worker's inner loop: the items of one chunk, one after the other, until one of the reasons to stop.
import { performance } from '../system/timers';
import { type Claims, claim } from './claims';
import { type Outcome, pack, type Reply, type RunOrder } from './conversation';

export type Target = (...args: unknown[]) => unknown;

/** Reading the clock costs as much as a small task: as long as items are quick it is read after so many. */
const MOST_UNTIMED = 16;
const QUICK_MS = 0.05;

/** Runs the items of a chunk. `sendMs`: what it costs to send one result, which is part of the budget. */
export async function runChunk(
  target: Target,
  order: RunOrder,
  claims: Claims,
  sendMs: number,
): Promise<Reply> {
  const clock = new Clock(order.budgetMs, sendMs);
  const values: unknown[] = [];
  let outcomes: Outcome[] | undefined;
  for (let i = claim(claims, order.turn); i >= 0; i = claim(claims, order.turn)) {
    try {
      let value =
        outcomes === undefined ? runPlain(target, order, claims, clock, values, i) : call(target, order, i);
      if (value === STOPPED) break;
      if (isPromise(value)) value = await value;
      if (outcomes === undefined) values.push(value);
      else outcomes.push({ value });
    } catch (error) {
      outcomes ??= values.map((value) => ({ value }));
      outcomes.push({ error });
      if (order.stopsAtError) break;
    }
    if (clock.isOver((outcomes ?? values).length)) break;
  }
  const tookMs = performance.now() - clock.began;
  return outcomes === undefined
    ? { type: 'returned', tookMs, values: pack(values) }
    : { type: 'settled', tookMs, outcomes };
}

const STOPPED = Symbol('nothing more to run');

/**
 * From item `i` on, whatever needs no `await`; returns the first value that does. A function of its own, and
 * a small one, since V8 compiles it in the worker's own thread while the pool waits.
 */
function runPlain(
  target: Target,
  order: RunOrder,
  claims: Claims,
  clock: Clock,
  values: unknown[],
  first: number,
): unknown {
  const { turn } = order;
  for (let i = first; i >= 0; i = claim(claims, turn)) {
    const value = call(target, order, i);
    // Awaiting every value would cost more than a small task does.
    if (isPromise(value)) return value;
    values.push(value);
    if (clock.isOver(values.length)) break;
  }
  return STOPPED;
}

function call(target: Target, { items, spread }: RunOrder, i: number): unknown {
  return spread ? target(...(items[i] as unknown[])) : target(items[i]);
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

class Clock {
  readonly began = performance.now();
  readonly #budgetMs: number;
  readonly #sendMs: number;
  #lookedAt = this.began;
  #untimed = 0;
  #stride = 1;

  constructor(budgetMs: number, sendMs: number) {
    this.#budgetMs = budgetMs;
    this.#sendMs = sendMs;
  }

  /** Is to be asked after each item. */
  isOver(done: number): boolean {
    return ++this.#untimed >= this.#stride && this.#look(done);
  }

  #look(done: number): boolean {
    const now = performance.now();
    if (now - this.began + done * this.#sendMs > this.#budgetMs) return true;
    this.#stride = now - this.#lookedAt > QUICK_MS ? 1 : Math.min(MOST_UNTIMED, this.#stride * 2);
    this.#lookedAt = now;
    this.#untimed = 0;
    return false;
  }
}
