// The workers of a pool and the calls that they serve: who gets which chunk, and who takes the place of one
// that is gone.

import { PoolClosedError, ProcessDiedError } from '../errors';
import type { StartMethodName } from '../identity/identity';
import type { Subject } from '../objects/subject';
import type { JoinOptions } from '../process/ending';
import type { Process } from '../process/process';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import type { Call } from './call';
import { type Chunk, part, singly } from './call';
import type { Reply } from './conversation';
import type { PoolStats } from './options';
import { type Program, Programs } from './programs';
import { allFailed, resultsOf } from './results';
import { findShare } from './sharing';
import type { Staff } from './staff';
import { type Given, Worker } from './worker';

export interface CrewOptions {
  processes: number;
  method: StartMethodName | undefined;
  beginning: Program;
  maxTasksPerChild: number | undefined;
}

/** After how many workers in a row that ended before they were ready none is expected to become ready. */
const EARLY_DEATHS = 5;

export class Crew implements Staff {
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
  #shareTimer: NodeJS.Timeout | undefined;
  /** What brings results, as it is at any moment. */
  readonly subject: Subject;
  readonly programs = new Programs(({ id }) => {
    for (const worker of this.#workers) worker.unlearn(id);
  });
  /** Functions of calls, until nothing of them is to come. */
  readonly #used = new Set<number>();
  readonly counts = { done: 0, failed: 0, died: 0, replaced: 0 };

  constructor(options: CrewOptions) {
    this.#options = options;
    const workers = this.#workers;
    this.subject = {
      type: 'work',
      get workers() {
        return [...workers].flatMap((worker) => (worker.inHand.length > 0 ? worker.tag : []));
      },
    };
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

  get size(): number {
    return this.#options.processes;
  }

  get stats(): PoolStats {
    return { processes: this.processes.length, busy: this.#busy, calls: this.#calls.size, ...this.counts };
  }

  get #busy(): number {
    // A slow starter whose chunk went to another still has to answer for nothing.
    return [...this.#workers].filter(({ inHand }) => inHand.some(({ end }) => end > 0)).length;
  }

  get #idle(): number {
    let idle = 0;
    for (const { isLeaving, inHand } of this.#workers) if (!isLeaving && inHand.length === 0) idle++;
    return idle;
  }

  async left({ timeout, signal }: JoinOptions): Promise<void> {
    const deadline = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
    for (const process of this.#remaining()) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return;
      await process.join({
        ...(timeout !== undefined && { timeout: leftMs }),
        ...(signal !== undefined && { signal }),
      });
    }
  }

  /** The first that has not ended yet, as long as there is one. */
  *#remaining(): Generator<Process> {
    for (let next = this.#first; next !== undefined; next = this.#first) yield next;
  }

  get #first(): Process | undefined {
    return this.#processes.values().next().value;
  }

  /** `then` is called when its outcome stands. */
  add(call: Call, then: () => void): void {
    call.onEnd = () => {
      then();
      this.#ended(call);
    };
    this.#calls.add(call);
    this.#used.add(call.target.id);
    this.#waiting.add(call);
    if (call.hasEnded) call.onEnd();
    else if (this.#broken !== undefined) call.fail(this.#broken.error);
    else this.assign();
  }

  /** Ends the workers that run it, too. */
  stop(call: Call, error: unknown): void {
    call.fail(error);
    for (const worker of [...this.#workers]) {
      if (worker.inHand[0]?.chunk.call === call) this.#replace(worker);
    }
    this.assign();
  }

  close(): void {
    if (this.#state === 'open') this.#state = 'closed';
    this.#leaveIfDone();
  }

  /** All work is to be done, whether or not somebody takes its results. */
  finish(): void {
    for (const call of this.#calls) call.keepAll();
    this.assign();
  }

  terminate(error: unknown = new PoolClosedError('get', 'terminate')): void {
    this.#state = 'terminated';
    for (const call of [...this.#calls]) call.fail(error);
    for (const worker of [...this.#workers]) this.#dismiss(worker);
    clearTimeout(this.#shareTimer);
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
        for (const worker of [...this.#workers]) {
          if (worker.inHand.length === 0 && !this.#giveTo(worker, false)) this.#shareWith(worker);
        }
      }
    } finally {
      this.#isAssigning = false;
    }
    this.#leaveIfDone();
  }

  /** Whether there was something for it. */
  #giveTo(worker: Worker, mustBeQuick: boolean): boolean {
    const most = this.#mostFor(worker);
    if (most < 1) return false;
    for (const call of this.#waiting) {
      if (mustBeQuick && !call.isQuick) continue;
      const chunk = call.next(most, { processes: this.#options.processes, idle: this.#idle });
      if (chunk === undefined) continue;
      // All calls in turn, so that a long one does not hold up a short one.
      this.#waiting.delete(call);
      this.#waiting.add(call);
      try {
        worker.give(chunk);
        return true;
      } catch (error) {
        this.#notGiven(chunk, error);
      }
    }
    return false;
  }

  #mostFor(worker: Worker): number {
    if (worker.isLeaving) return 0;
    return (this.#options.maxTasksPerChild ?? Number.POSITIVE_INFINITY) - worker.given;
  }

  /** Some of them may travel, if not all together. */
  #notGiven(chunk: Chunk, error: unknown): void {
    const { call, first, items } = chunk;
    if (items.length === 1) {
      this.counts.failed++;
      call.answered(first, allFailed(items.length, error), true);
    } else {
      call.giveBack(singly(chunk), true);
      this.#mustAssignAgain = true;
    }
  }

  /** Nothing is left to give, but another worker may have more than it can do soon. */
  #shareWith(idle: Worker): void {
    if (this.#mostFor(idle) < 1) return;
    const share = findShare(this.#workers, performance.now());
    // What waits for one that starts is not begun sooner by another one that starts.
    if (share === undefined || !idle.hasStarted()) return;
    if (typeof share === 'object') {
      share.given.chunk.call.giveBack([share.worker.takeBack(share.given, share.keep)], false);
      this.#giveTo(idle, false);
    } else if (this.#shareTimer === undefined) {
      const again = () => {
        this.#shareTimer = undefined;
        this.assign();
      };
      this.#shareTimer = setTimeout(again, share);
    }
  }

  #start(): void {
    const worker = new Worker(
      `PoolWorker-${++this.#started}`,
      this.#options.method,
      this.#options.beginning.bytes,
      {
        ready: () => this.assign(),
        answered: (from, given, reply) => this.#answered(from, given, reply),
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

  #answered(worker: Worker, given: Given, reply: Reply): void {
    const { chunk, end } = given;
    const { call } = chunk;
    this.#earlyDeaths = 0;
    if (reply.type === 'refused' && end > 1) {
      // One of them may be to blame, or the function.
      call.giveBack(singly(part(chunk, 0, end)), true);
    } else {
      const { results, count, failed } = resultsOf(reply, end, worker.process, call.site);
      this.counts.failed += failed;
      this.counts.done += count - failed;
      if (reply.type !== 'refused')
        call.target.program.ran.add(count, Math.max(reply.tookMs, given.sendMs * count));
      worker.given -= end - count;
      // First, so that the call does not end before it has them back.
      call.giveBack([part(chunk, count, end)], false);
      call.answered(chunk.first, results, true);
    }
    if (call.wantsNoMore) this.#cut(call);
    this.#forgetIfDone(call);
    this.#leaveIfWorn(worker);
    this.assign();
    this.#stockUp(worker);
  }

  /** What is not begun yet is not begun any more. */
  #cut(call: Call): void {
    for (const worker of this.#workers) {
      for (const given of worker.inHand) if (given.chunk.call === call) worker.takeBack(given);
    }
  }

  #leaveIfWorn(worker: Worker): void {
    const { maxTasksPerChild } = this.#options;
    if (maxTasksPerChild !== undefined && worker.given >= maxTasksPerChild) worker.leave();
    // Replaced at once: its end alone would not keep the event loop alive for those who wait.
    if (worker.isLeaving && worker.inHand.length === 0) this.#workers.delete(worker);
  }

  /**
   * A second chunk saves a worker the wait for it. Only one that has just shown to be quick gets it: nothing
   * should stand behind a slow task.
   */
  #stockUp(worker: Worker): void {
    if (this.#broken === undefined && worker.inHand.length === 1) this.#giveTo(worker, true);
    this.#leaveIfDone();
  }

  #gone(worker: Worker): void {
    this.#processes.delete(worker.process as unknown as Process);
    if (!this.#workers.delete(worker)) return;
    const hadTaken = worker.hadTaken();
    const [current, ...later] = worker.inHand.splice(0);
    for (const given of later) this.#returned(given);
    if (current !== undefined && hadTaken) this.#lost(worker, current);
    else if (current !== undefined) this.#returned(current);
    if (!worker.isReady && ++this.#earlyDeaths >= EARLY_DEATHS) {
      const { name, pid = 0, exitcode } = worker.process;
      this.#break(new ProcessDiedError(name, pid, exitcode, 'the initializer of its pool'));
    }
    this.assign();
  }

  /**
   * What it had begun fails; if that is nothing, it died of the function or of the items, and so would the
   * next.
   */
  #lost(worker: Worker, { chunk, turn, end }: Given): void {
    const { call, first } = chunk;
    const begun = worker.begun({ turn }) || end;
    const { name, pid = 0, exitcode } = worker.process;
    const error = new ProcessDiedError(name, pid, exitcode, `${call.target.name} for ${call.what}`);
    this.counts.died++;
    this.counts.failed += begun;
    call.giveBack([part(chunk, begun, end)], false);
    call.answered(first, allFailed(begun, error), true);
    if (call.wantsNoMore) this.#cut(call);
    this.#forgetIfDone(call);
  }

  #returned({ chunk, end }: Given): void {
    chunk.call.giveBack([part(chunk, 0, end)], true);
    this.#forgetIfDone(chunk.call);
  }

  #replace(worker: Worker): void {
    const [running, ...later] = worker.inHand.splice(0);
    this.#dismiss(worker);
    for (const given of [...(running ? [running] : []), ...later]) this.#returned(given);
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
    this.#cut(call);
    this.#forgetIfDone(call);
    this.#leaveIfDone();
  }

  #forgetIfDone(call: Call): void {
    if (!call.hasEnded || call.out > 0 || call.target.isConstant) return;
    const { id, program } = call.target;
    if (!this.#used.delete(id)) return;
    for (const worker of this.#workers) worker.forget(id);
    this.programs.drop(program);
  }

  #leaveIfDone(): void {
    if (this.#state !== 'closed' || this.#calls.size > 0) return;
    for (const worker of this.#workers) worker.leave();
  }
}
