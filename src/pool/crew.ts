// The workers of a pool and the calls that they serve: who gets which chunk, and who takes the place of one that is gone.
import { PoolClosedError, ProcessDiedError } from '../errors';
import type { StartMethodName } from '../process/choose-method';
import type { Process } from '../process/process';
import type { Call, Chunk } from './call';
import type { Answer, Outcome } from './conversation';
import type { PoolFunction } from './pool-function';
import { fromRemote } from './remote-error';
import { Worker } from './worker';

export interface CrewOptions {
  processes: number;
  method: StartMethodName | undefined;
  beginning: PoolFunction;
  maxTasksPerChild: number | undefined;
}

/** So many in a row that ended before they were ready tell that none ever will be. */
const EARLY_DEATHS = 5;

export class Crew {
  readonly #options: CrewOptions;
  readonly #workers = new Set<Worker>();
  /** Those killed, too, until they are gone. */
  readonly #processes = new Set<Process>();
  readonly #calls = new Set<Call>();
  /** Calls that may have chunks to give. */
  readonly #waiting = new Set<Call>();
  #state: 'open' | 'closed' | 'terminated' = 'open';
  #broken: { error: unknown } | undefined;
  #started = 0;
  #earlyDeaths = 0;
  #isAssigning = false;
  #mustAssignAgain = false;
  readonly counts = { done: 0, failed: 0, died: 0, replaced: 0 };

  constructor(options: CrewOptions) {
    this.#options = options;
    try {
      while (this.#workers.size < options.processes) this.#start();
    } catch (error) {
      this.terminate();
      throw error;
    }
  }

  get state(): 'open' | 'closed' | 'terminated' {
    return this.#state;
  }

  get processes(): Process[] {
    return [...this.#workers]
      .filter((worker) => !worker.isLeaving)
      .map(({ process }) => process as unknown as Process);
  }

  get busy(): number {
    return [...this.#workers].filter((worker) => worker.inHand.length > 0).length;
  }

  get calls(): number {
    return this.#calls.size;
  }

  /** One that has not ended yet. */
  get remaining(): Process | undefined {
    return this.#processes.values().next().value;
  }

  /** `then` is called when its outcome stands. */
  add(call: Call, then: () => void): void {
    call.onEnd = () => {
      then();
      this.#ended(call);
    };
    this.#calls.add(call);
    this.#waiting.add(call);
    if (this.#broken !== undefined) call.fail(this.#broken.error);
    else this.assign();
  }

  /** Ends the workers that run it, too. */
  stop(call: Call, error: unknown): void {
    call.fail(error);
    for (const worker of [...this.#workers]) if (worker.inHand[0]?.call === call) this.#replace(worker);
    this.assign();
  }

  close(): void {
    if (this.#state === 'open') this.#state = 'closed';
    this.#leaveIfDone();
  }

  terminate(error: unknown = new PoolClosedError('get', 'terminate')): void {
    this.#state = 'terminated';
    for (const call of [...this.#calls]) call.fail(error);
    for (const worker of [...this.#workers]) this.#dismiss(worker);
    this.#options.beginning.release();
  }

  /** Gives work to those who have too little. Called whenever something may have changed that. */
  assign(): void {
    if (this.#state === 'terminated' || this.#broken !== undefined) return;
    // A source may call the pool in here, and a worker answer already.
    this.#mustAssignAgain = true;
    if (this.#isAssigning) return;
    this.#isAssigning = true;
    try {
      while (this.#mustAssignAgain) {
        this.#mustAssignAgain = false;
        this.#restaff();
        for (const worker of [...this.#workers]) if (worker.inHand.length === 0) this.#giveTo(worker, false);
      }
    } finally {
      this.#isAssigning = false;
    }
    this.#leaveIfDone();
  }

  #giveTo(worker: Worker, mustBeQuick: boolean): void {
    const most = (this.#options.maxTasksPerChild ?? Number.POSITIVE_INFINITY) - worker.given;
    if (worker.isLeaving || most < 1) return;
    for (const call of this.#waiting) {
      if (mustBeQuick && !call.isQuick) continue;
      const chunk = call.next(this.#options.processes, most);
      if (chunk === undefined) continue;
      try {
        worker.give(chunk);
      } catch (error) {
        call.answered(
          chunk,
          chunk.items.map(() => ({ error })),
          0,
        );
        continue;
      }
      if (worker.given >= (this.#options.maxTasksPerChild ?? Number.POSITIVE_INFINITY)) worker.leave();
      return;
    }
  }

  #start(): void {
    const worker = new Worker(
      `PoolWorker-${++this.#started}`,
      this.#options.method,
      this.#options.beginning.program,
      {
        answered: (from, chunk, answer) => this.#answered(from, chunk, answer),
        failedToStart: (_from, error) => this.#break(error),
        ended: (gone) => this.#gone(gone),
      },
    );
    this.#workers.add(worker);
    this.#processes.add(worker.process as unknown as Process);
  }

  #restaff(): void {
    const isNeeded = this.#state === 'open' || this.#calls.size > 0;
    try {
      while (isNeeded && this.#workers.size < this.#options.processes) {
        this.#start();
        this.counts.replaced++;
      }
    } catch (error) {
      // With fewer hands the work goes on; without any it cannot.
      if (this.#workers.size === 0) this.#break(error);
    }
  }

  #answered(
    worker: Worker,
    chunk: Chunk,
    answer: Exclude<Answer, { type: 'ready' | 'failedToStart' }>,
  ): void {
    const { call, items } = chunk;
    const { name, pid = 0 } = worker.process;
    this.#earlyDeaths = 0;
    // Replaced at once: its end alone would not keep the event loop alive for those who wait.
    if (worker.isLeaving && worker.inHand.length === 0) this.#workers.delete(worker);
    let outcomes: Outcome[];
    if (answer.type === 'returned') outcomes = answer.values.map((value) => ({ value }));
    else if (answer.type === 'settled') {
      outcomes = answer.outcomes.map((outcome) =>
        'error' in outcome ? { error: fromRemote(outcome.error, { name, pid }, call.site) } : outcome,
      );
    } else outcomes = items.map(() => ({ error: fromRemote(answer.error, { name, pid }, call.site) }));
    for (const outcome of outcomes) this.counts['error' in outcome ? 'failed' : 'done']++;
    call.answered(chunk, outcomes, answer.type === 'refused' ? 0 : answer.tookMs);
    this.#forgetIfDone(call);
    this.assign();
    this.#stockUp(worker);
  }

  /** A second chunk saves a worker the wait for it. Only one that has just shown to be quick gets it: nothing should stand behind a slow task. */
  #stockUp(worker: Worker): void {
    if (this.#broken === undefined && worker.inHand.length === 1) this.#giveTo(worker, true);
    this.#leaveIfDone();
  }

  #gone(worker: Worker): void {
    this.#processes.delete(worker.process as unknown as Process);
    if (!this.#workers.delete(worker)) return;
    const hasBegun = worker.hasBegun();
    const [current, ...later] = worker.inHand.splice(0);
    for (const chunk of later) this.#returned(chunk);
    const { name, pid = 0, exitcode } = worker.process;
    if (!hasBegun) {
      // Another one may do it.
      if (current !== undefined) this.#returned(current);
      if (!worker.isReady && ++this.#earlyDeaths >= EARLY_DEATHS) {
        this.#break(new ProcessDiedError(name, pid, exitcode, 'the initializer of its pool'));
      }
    } else if (current !== undefined) {
      this.counts.died++;
      const error = new ProcessDiedError(
        name,
        pid,
        exitcode,
        `${current.call.target.name} for ${current.call.what}`,
      );
      this.counts.failed += current.items.length;
      current.call.answered(
        current,
        current.items.map(() => ({ error })),
        0,
      );
      this.#forgetIfDone(current.call);
    }
    this.assign();
  }

  #returned(chunk: Chunk): void {
    chunk.call.giveBack(chunk);
    this.#forgetIfDone(chunk.call);
  }

  #replace(worker: Worker): void {
    const [running, ...later] = worker.inHand.splice(0);
    this.#dismiss(worker);
    for (const chunk of [...(running ? [running] : []), ...later]) this.#returned(chunk);
  }

  #dismiss(worker: Worker): void {
    this.#workers.delete(worker);
    worker.kill();
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const call of [...this.#calls]) call.fail(this.#broken.error);
    for (const worker of [...this.#workers]) this.#dismiss(worker);
  }

  #ended(call: Call): void {
    this.#calls.delete(call);
    this.#waiting.delete(call);
    this.#forgetIfDone(call);
    this.#leaveIfDone();
  }

  #forgetIfDone(call: Call): void {
    if (!call.hasEnded || call.out > 0 || call.target.isConstant) return;
    for (const worker of this.#workers) worker.forget(call.target.id);
    call.target.release();
  }

  #leaveIfDone(): void {
    if (this.#state !== 'closed' || this.#calls.size > 0) return;
    for (const worker of this.#workers) worker.leave();
  }
}
