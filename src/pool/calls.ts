// The calls of a pool that have no outcome yet: whose turn it is to give work, and when a function that they
// called is needed no longer.

import { type Demand, nextOf } from './assignment';
import type { Call, Chunk } from './call';
import type { Programs } from './programs';

export class Calls {
  readonly #programs: Programs;
  readonly #forget: (functionId: number) => void;
  readonly #all = new Set<Call>();
  /** The same calls; the one that gave last is the last. */
  readonly #inTurn = new Set<Call>();
  /** The functions of calls of which something may still come. */
  readonly #used = new Set<number>();

  /** `forget` is called with the id of each function that no call will use again. */
  constructor(programs: Programs, forget: (functionId: number) => void = () => {}) {
    this.#programs = programs;
    this.#forget = forget;
  }

  get size(): number {
    return this.#all.size;
  }

  add(call: Call): void {
    this.#all.add(call);
    this.#inTurn.add(call);
    this.#used.add(call.target.id);
  }

  delete(call: Call): void {
    this.#all.delete(call);
    this.#inTurn.delete(call);
  }

  /** All calls give in turn, so that a long one does not hold up a short one. */
  next(demand: Demand): Chunk | undefined {
    const chunk = nextOf(this.#inTurn, demand);
    if (chunk === undefined) return undefined;
    this.#inTurn.delete(chunk.call);
    this.#inTurn.add(chunk.call);
    return chunk;
  }

  /** All work is to be done, whether or not its results are taken. */
  keepAll(): void {
    for (const call of this.#all) call.keepAll();
  }

  /** Each call as it is now; those that begin meanwhile are not among them. */
  [Symbol.iterator](): Iterator<Call> {
    return [...this.#all].values();
  }

  /** Forgets the function of a call of which nothing is to come any more. */
  forgetIfDone(call: Call): void {
    if (!call.hasEnded || call.out > 0 || call.target.isConstant) return;
    const { id, program } = call.target;
    if (!this.#used.delete(id)) return;
    this.#forget(id);
    this.#programs.drop(program);
  }
}
