// Who is hired: the workers of a pool, those who take the place of one that is gone, and when there is no
// hope of any. What they work at is not known here.

import { ProcessDiedError } from '../errors';
import type { StartMethodName } from '../identity/identity';
import type { JoinOptions } from '../process/ending';
import type { Process } from '../process/process';
import { performance } from '../system/timers';
import { timeoutOf } from '../waiting/wake';
import type { Reply } from './conversation';
import type { Program } from './programs';
import { type Given, Worker } from './worker';

export interface WorkforceOptions {
  processes: number;
  method: StartMethodName | undefined;
  beginning: Program;
  maxTasksPerChild: number | undefined;
}

interface WorkforceEvents {
  /** A worker can be given something, or another one is needed. */
  changed(): void;
  answered(worker: Worker, given: Given, reply: Reply): void;
  /** A worker has ended that was not dismissed; what it had in hand is to be given to others. */
  died(worker: Worker): void;
  /** No worker will ever be ready. */
  failed(error: unknown): void;
  /** The last process has ended. */
  allGone(): void;
}

/** After how many workers in a row that ended before they were ready none is expected to become ready. */
const EARLY_DEATHS = 5;

export class Workforce {
  readonly #options: WorkforceOptions;
  readonly #events: WorkforceEvents;
  readonly #workers = new Set<Worker>();
  /** The processes of all workers, also of those that were killed, until they are gone. */
  readonly #processes = new Set<Process>();
  #started = 0;
  #earlyDeaths = 0;
  /** How many took the place of another one. */
  replaced = 0;

  /** No worker is hired yet: hireAll() does that. */
  constructor(options: WorkforceOptions, events: WorkforceEvents) {
    this.#options = options;
    this.#events = events;
  }

  get processes(): Process[] {
    return [...this.#workers]
      .filter((worker) => !worker.isLeaving)
      .map(({ process }) => process as unknown as Process);
  }

  get size(): number {
    return this.#options.processes;
  }

  /** Whether no process is left, not even one that was killed. */
  get areAllGone(): boolean {
    return this.#processes.size === 0;
  }

  get busy(): number {
    // A slow starter whose chunk went to another still has to answer for nothing.
    return [...this.#workers].filter(({ inHand }) => inHand.some(({ end }) => end > 0)).length;
  }

  /** The workers that have something in hand, each by the number of its thread. */
  get tagsAtWork(): number[] {
    return [...this.#workers].flatMap((worker) => (worker.inHand.length > 0 ? worker.tag : []));
  }

  [Symbol.iterator](): Iterator<Worker> {
    return this.#workers.values();
  }

  /** Throws when a worker cannot be started. */
  hireAll(): void {
    while (this.#workers.size < this.size) this.#hire();
  }

  /** Hires in place of those who are gone. */
  replaceMissing(): void {
    try {
      while (this.#workers.size < this.size) {
        this.#hire();
        this.replaced++;
      }
    } catch (error) {
      // With fewer hands the work goes on; without any it cannot.
      if (this.#workers.size === 0) this.#events.failed(error);
    }
  }

  /** A worker that has had all its tasks ends after what it has in hand. */
  retireIfWorn(worker: Worker): void {
    const { maxTasksPerChild } = this.#options;
    if (maxTasksPerChild !== undefined && worker.given >= maxTasksPerChild) worker.leave();
    // Replaced at once: its end alone would not keep the event loop alive for those who wait.
    if (worker.isLeaving && worker.inHand.length === 0) this.#workers.delete(worker);
  }

  /** Ends the worker now. */
  dismiss(worker: Worker): void {
    this.#workers.delete(worker);
    worker.kill();
  }

  dismissAll(): void {
    for (const worker of [...this.#workers]) this.dismiss(worker);
  }

  /** All workers end after what they have in hand. */
  letAllLeave(): void {
    for (const worker of this.#workers) worker.leave();
  }

  /** Waits until no process of it is left. */
  async left({ timeout, signal }: JoinOptions): Promise<void> {
    const timeoutMs = timeoutOf(timeout);
    const deadline = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    for (const process of this.#remaining()) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return;
      await process.join({
        ...(timeoutMs !== undefined && { timeout: leftMs }),
        ...(signal !== undefined && { signal }),
      });
    }
  }

  /** Gives the first process that has not ended yet, as long as there is one. */
  *#remaining(): Generator<Process> {
    for (let next = this.#first; next !== undefined; next = this.#first) yield next;
  }

  get #first(): Process | undefined {
    return this.#processes.values().next().value;
  }

  #hire(): void {
    const { method, beginning } = this.#options;
    const worker = new Worker(`PoolWorker-${++this.#started}`, method, beginning.bytes, {
      ready: () => this.#events.changed(),
      answered: (from, given, reply) => {
        this.#earlyDeaths = 0;
        this.#events.answered(from, given, reply);
      },
      failedToStart: (error) => this.#events.failed(error),
      ended: (gone) => this.#gone(gone),
    });
    this.#workers.add(worker);
    this.#processes.add(worker.process as unknown as Process);
  }

  #gone(worker: Worker): void {
    this.#processes.delete(worker.process as unknown as Process);
    if (this.#workers.delete(worker)) this.#died(worker);
    if (this.areAllGone) this.#events.allGone();
  }

  #died(worker: Worker): void {
    this.#events.died(worker);
    if (!worker.isReady && ++this.#earlyDeaths >= EARLY_DEATHS) {
      const { name, pid = 0, exitcode } = worker.process;
      this.#events.failed(new ProcessDiedError(name, pid, exitcode, 'the initializer of its pool'));
    }
    this.#events.changed();
  }
}
