// One acquisition of a lock: its record in the broker, renewed as long as it is held, and the line of those
// who wait for it. It is there from the moment in which the broker is asked, so that whoever asks for a place
// meanwhile has one.
import { clearInterval, performance, setInterval } from '../../../system/timers';
import type { Waiting } from './conversation';
import type { OwnRecord, Written } from './own-record';
import { WaitingLine } from './waiting-line';

export class Lease {
  readonly record: OwnRecord;
  /** Who waits for it, the first one first. */
  readonly line: WaitingLine;
  /** Which wait of this process it is for. */
  readonly waiter: number;
  /** Resolves to whether the broker gave it. */
  readonly began: Promise<boolean>;
  /** Resolves to who has the lock when this one is over, if that is known. */
  readonly over: Promise<string | undefined>;
  isReleasing = false;
  isOver = false;
  /** Who was just offered it, and the line with it: whoever comes now is sent after the line. */
  offeredTo: string | undefined;
  /** They came after the line was sent on: they stand in it here only if the offer is not taken. */
  readonly late: Waiting[] = [];
  #whenLost: () => void = () => {};
  #renewing: NodeJS.Timeout | undefined;
  #token = 0;
  #sequence = 0;
  #until = 0;
  /** A release waits for what is being written, or it would name a record that is gone. */
  #writing: Promise<void> | undefined;
  #end: (to: string | undefined) => void = () => {};
  #begin: (isHeld: boolean) => void = () => {};

  /** `expected`: the number that is written over. */
  constructor(record: OwnRecord, expected: number, waiter: number, line: readonly Waiting[] = []) {
    this.record = record;
    this.waiter = waiter;
    this.line = new WaitingLine(line, expected);
    this.began = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** The number with which it was taken: greater than that of all who had the lock before. 0: not yet. */
  get token(): number {
    return this.#token;
  }

  get hasExpired(): boolean {
    return performance.now() > this.#until;
  }

  hold(written: Written, whenLost: () => void): void {
    this.#token = written.sequence;
    this.#wrote(written);
    this.#whenLost = whenLost;
    this.#renewing = setInterval(() => this.#renewOrLose(), this.record.leaseMs / 3);
    this.#begin(true);
  }

  /** The number of the last writing, which from now on stays the last of ours. */
  async settle(): Promise<number> {
    this.isReleasing = true;
    clearInterval(this.#renewing);
    await this.#writing;
    return this.#sequence;
  }

  end(to?: string): void {
    this.isOver = true;
    clearInterval(this.#renewing);
    this.#begin(false);
    this.#end(to);
  }

  #wrote({ sequence, askedAt }: Written): void {
    this.#sequence = sequence;
    this.#until = askedAt + this.record.leaseMs;
  }

  #renewOrLose(): void {
    if (this.hasExpired) this.#lose();
    else this.#writing ??= this.#renew();
  }

  async #renew(): Promise<void> {
    try {
      const written = await this.record.renew(this.#sequence);
      if (written === undefined) this.#lose();
      else this.#wrote(written);
    } catch {
      // The next time, if there is one before the end.
    } finally {
      this.#writing = undefined;
    }
  }

  #lose(): void {
    if (this.isOver) return;
    this.end();
    this.#whenLost();
  }
}
