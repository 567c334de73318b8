// One acquisition of a lock: its record in the broker, renewed as long as it is held, and the line of those
// who wait for it.
import { clearInterval, performance, setInterval } from '../../../system/timers';
import type { Waiting } from './conversation';
import type { OwnRecord, Written } from './own-record';

/** Places in a line, for each number of the broker. */
const PLACES = 2 ** 20;

export class Lease {
  /** The number with which it was taken: greater than that of all who had the lock before. */
  readonly token: number;
  readonly record: OwnRecord;
  /** Who waits for it, the first one first. */
  readonly line: Waiting[];
  /** Resolves to who has the lock when this one is over. */
  readonly over: Promise<string | undefined>;
  isReleasing = false;
  readonly #whenLost: () => void;
  readonly #renewing: NodeJS.Timeout;
  #sequence: number;
  #until: number;
  #places = 0;
  #isOver = false;
  /** A release waits for what is being written, or it would name a record that is gone. */
  #writing: Promise<void> | undefined;
  #end: (to: string | undefined) => void = () => {};

  constructor(record: OwnRecord, written: Written, line: readonly Waiting[], whenLost: () => void) {
    this.record = record;
    this.token = written.sequence;
    this.line = [...line];
    this.#sequence = written.sequence;
    this.#until = written.askedAt + record.leaseMs;
    this.#whenLost = whenLost;
    this.#renewing = setInterval(() => this.#renewOrLose(), record.leaseMs / 3);
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get hasExpired(): boolean {
    return performance.now() > this.#until;
  }

  /** The place in the line. Who stands in it already, or stood in that of an earlier holder, has one. */
  enqueue(waiting: Waiting): number {
    const found = this.line.find(({ process, id }) => process === waiting.process && id === waiting.id);
    if (found?.number !== undefined) return found.number;
    const number = waiting.number ?? this.token * PLACES + ++this.#places;
    const at = this.line.findIndex((other) => (other.number ?? 0) > number);
    this.line.splice(at < 0 ? this.line.length : at, 0, { ...waiting, number });
    return number;
  }

  remove({ process, id }: Waiting): void {
    const at = this.line.findIndex((each) => each.process === process && each.id === id);
    if (at >= 0) this.line.splice(at, 1);
  }

  /** The number of the last writing, which from now on stays the last of ours. */
  async settle(): Promise<number> {
    this.isReleasing = true;
    clearInterval(this.#renewing);
    await this.#writing;
    return this.#sequence;
  }

  /** `to`: who has the lock now, if anybody. */
  end(to: string | undefined): void {
    this.#isOver = true;
    clearInterval(this.#renewing);
    this.#end(to);
  }

  #renewOrLose(): void {
    if (this.hasExpired) this.#lose();
    else this.#writing ??= this.#renew();
  }

  async #renew(): Promise<void> {
    try {
      const written = await this.record.renew(this.#sequence);
      if (written === undefined) this.#lose();
      else {
        this.#sequence = written.sequence;
        this.#until = written.askedAt + this.record.leaseMs;
      }
    } catch {
      // The next time, if there is one before the end.
    } finally {
      this.#writing = undefined;
    }
  }

  #lose(): void {
    if (this.#isOver) return;
    this.end(undefined);
    this.#whenLost();
  }
}
