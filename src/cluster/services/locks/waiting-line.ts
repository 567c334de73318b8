// Who waits for a lock, the first one first. Each has a number, its ticket, which it keeps when the line goes
// from one holder to the next, and also when a holder dies.
import type { Waiting } from './conversation';

/** Places in a line, for each number of the broker. */
const PLACES = 2 ** 20;

export class WaitingLine {
  readonly #all: Waiting[];
  readonly #base: number;
  #places = 0;

  /** `sequence`: a number of the broker, which later holders have a greater one of. */
  constructor(all: readonly Waiting[], sequence: number) {
    this.#all = [...all];
    this.#base = sequence * PLACES;
  }

  get all(): readonly Waiting[] {
    return this.#all;
  }

  /** The place in the line. Who stands in it already, or stood in that of an earlier holder, has one. */
  enqueue(waiting: Waiting): number {
    const found = this.#all.find(({ process, id }) => process === waiting.process && id === waiting.id);
    if (found?.number !== undefined) return found.number;
    const number = waiting.number ?? this.#base + ++this.#places;
    const at = this.#all.findIndex((other) => (other.number ?? 0) > number);
    this.#all.splice(at < 0 ? this.#all.length : at, 0, { ...waiting, number });
    return number;
  }

  remove({ process, id }: Waiting): void {
    const at = this.#all.findIndex((each) => each.process === process && each.id === id);
    if (at >= 0) this.#all.splice(at, 1);
  }

  shift(): Waiting | undefined {
    return this.#all.shift();
  }
}
