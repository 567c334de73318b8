// The staff of a pool on this computer: gives the chunks of the calls to its workers, and each call what came
// of them. Who is hired stands in workforce.ts, who gets what in assignment.ts.

import { PoolClosedError, ProcessDiedError } from '../errors';
import type { Subject } from '../objects/subject';
import type { JoinOptions } from '../process/ending';
import type { Process } from '../process/process';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import { demandOf } from './assignment';
import { type Call, type Chunk, part, singly } from './call';
import { Calls } from './calls';
import type { Reply } from './conversation';
import type { PoolStats } from './options';
import { Programs } from './programs';
import { allFailed, resultsOf } from './results';
import { Rounds } from './rounds';
import { findShare } from './sharing';
import type { Staff } from './staff';
import type { Given, Worker } from './worker';
import { Workforce, type WorkforceOptions } from './workforce';

export class Crew implements Staff {
  readonly #options: WorkforceOptions;
  readonly #workers: Workforce;
  readonly programs = new Programs(({ id }) => {
    for (const worker of this.#workers) worker.unlearn(id);
  });
  readonly #calls = new Calls(this.programs, (id) => {
    for (const worker of this.#workers) worker.forget(id);
  });
  readonly #rounds = new Rounds(() => this.#giveOut());
  readonly #counts = { done: 0, failed: 0, died: 0 };
  /** What brings results, as it is at any moment. */
  readonly subject: Subject;
  #state: 'open' | 'closed' | 'terminated' = 'open';
  #broken: { error: unknown } | undefined;
  #shareTimer: NodeJS.Timeout | undefined;

  constructor(options: WorkforceOptions) {
    this.#options = options;
    const workers = new Workforce(options, {
      changed: () => this.assign(),
      answered: (worker, given, reply) => this.#answered(worker, given, reply),
      died: (worker) => this.#died(worker),
      failed: (error) => this.#break(error),
      allGone: () => this.#leaveIfDone(),
    });
    this.#workers = workers;
    this.subject = {
      type: 'work',
      get workers() {
        return workers.tagsAtWork;
      },
    };
    try {
      workers.hireAll();
    } catch (error) {
      this.terminate();
      throw error;
    }
  }

  get state(): 'open' | 'closed' | 'terminated' {
    return this.#state;
  }

  get processes(): Process[] {
    return this.#workers.processes;
  }

  get size(): number {
    return this.#workers.size;
  }

  get stats(): PoolStats {
    const { processes, busy, replaced } = this.#workers;
    return { processes: processes.length, busy, calls: this.#calls.size, ...this.#counts, replaced };
  }

  left(options: JoinOptions): Promise<void> {
    return this.#workers.left(options);
  }

  /** Takes a call in; `then` is called when its outcome stands. */
  add(call: Call, then: () => void): void {
    call.onEnd = () => {
      then();
      this.#ended(call);
    };
    this.#calls.add(call);
    if (call.hasEnded) call.onEnd();
    else if (this.#broken !== undefined) call.fail(this.#broken.error);
    else this.assign();
  }

  /** Fails the call, and ends the workers that run it. */
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

  /** All work is to be done, whether or not its results are taken. */
  finish(): void {
    this.#calls.keepAll();
    this.assign();
  }

  terminate(error: unknown = new PoolClosedError('get', 'terminate')): void {
    this.#state = 'terminated';
    for (const call of this.#calls) call.fail(error);
    this.#workers.dismissAll();
    clearTimeout(this.#shareTimer);
    this.#options.beginning.release();
  }

  /** Gives work to those who have too little. Called whenever something may have changed that. */
  assign(): void {
    if (this.#state === 'terminated' || this.#broken !== undefined) return;
    if (this.#rounds.run()) this.#leaveIfDone();
  }

  #giveOut(): void {
    if (this.#state === 'open' || this.#calls.size > 0) this.#workers.replaceMissing();
    for (const worker of [...this.#workers]) {
      if (worker.inHand.length === 0 && !this.#giveTo(worker)) this.#shareWith(worker);
    }
  }

  /** Whether there was something for it. */
  #giveTo(worker: Worker): boolean {
    const demand = demandOf(worker, this.#workers, this.#options);
    if (demand === undefined) return false;
    for (let chunk = this.#calls.next(demand); chunk !== undefined; chunk = this.#calls.next(demand)) {
      try {
        worker.give(chunk);
        return true;
      } catch (error) {
        this.#notGiven(chunk, error);
      }
    }
    return false;
  }

  /** Some of the items may travel, if not all together. */
  #notGiven(chunk: Chunk, error: unknown): void {
    const { call, first, items } = chunk;
    if (items.length === 1) {
      this.#counts.failed++;
      call.answered(first, allFailed(items.length, error), true);
    } else {
      call.giveBack(singly(chunk), true);
      this.#rounds.ask();
    }
  }

  /** Nothing is left to give, but another worker may have more than it can do soon. */
  #shareWith(idle: Worker): void {
    if (demandOf(idle, this.#workers, this.#options) === undefined) return;
    const share = findShare(this.#workers, performance.now());
    // What waits for one that starts is not begun sooner by another one that starts.
    if (share === undefined || !idle.hasStarted()) return;
    if (typeof share === 'object') {
      share.given.chunk.call.giveBack([share.worker.takeBack(share.given, share.keep)], false);
      this.#giveTo(idle);
    } else if (this.#shareTimer === undefined) {
      const again = () => {
        this.#shareTimer = undefined;
        this.assign();
      };
      this.#shareTimer = setTimeout(again, share);
    }
  }

  #answered(worker: Worker, given: Given, reply: Reply): void {
    const { chunk, end } = given;
    const { call } = chunk;
    if (reply.type === 'refused' && end > 1) {
      // One of them may be to blame, or the function.
      call.giveBack(singly(part(chunk, 0, end)), true);
    } else {
      const { results, count, failed } = resultsOf(reply, end, worker.process, call.site);
      this.#counts.failed += failed;
      this.#counts.done += count - failed;
      if (reply.type !== 'refused')
        call.target.program.ran.add(count, Math.max(reply.tookMs, given.sendMs * count));
      worker.given -= end - count;
      // First, so that the call does not end before it has them back.
      call.giveBack([part(chunk, count, end)], false);
      call.answered(chunk.first, results, true);
    }
    if (call.wantsNoMore) this.#cut(call);
    this.#calls.forgetIfDone(call);
    this.#workers.retireIfWorn(worker);
    this.assign();
    this.#stockUp(worker);
  }

  /** Takes back what the workers have not begun of a call. */
  #cut(call: Call): void {
    for (const worker of this.#workers) {
      for (const given of worker.inHand) if (given.chunk.call === call) worker.takeBack(given);
    }
  }

  /**
   * A second chunk saves a worker the wait for it. Only one that has just shown to be quick gets it: nothing
   * should stand behind a slow task.
   */
  #stockUp(worker: Worker): void {
    if (this.#broken === undefined && worker.inHand.length === 1) this.#giveTo(worker);
    this.#leaveIfDone();
  }

  #died(worker: Worker): void {
    const hadTaken = worker.hadTaken();
    const [current, ...later] = worker.inHand.splice(0);
    for (const given of later) this.#returned(given);
    if (current !== undefined && hadTaken) this.#lost(worker, current);
    else if (current !== undefined) this.#returned(current);
  }

  /**
   * What the worker had begun fails; if that is nothing, it died of the function or of the items, and so
   * would the next.
   */
  #lost(worker: Worker, { chunk, turn, end }: Given): void {
    const { call, first } = chunk;
    const begun = worker.begun({ turn }) || end;
    const { name, pid = 0, exitcode } = worker.process;
    const error = new ProcessDiedError(name, pid, exitcode, `${call.target.name} for ${call.what}`);
    this.#counts.died++;
    this.#counts.failed += begun;
    call.giveBack([part(chunk, begun, end)], false);
    call.answered(first, allFailed(begun, error), true);
    if (call.wantsNoMore) this.#cut(call);
    this.#calls.forgetIfDone(call);
  }

  #returned({ chunk, end }: Given): void {
    chunk.call.giveBack([part(chunk, 0, end)], true);
    this.#calls.forgetIfDone(chunk.call);
  }

  #replace(worker: Worker): void {
    const [running, ...later] = worker.inHand.splice(0);
    this.#workers.dismiss(worker);
    for (const given of [...(running ? [running] : []), ...later]) this.#returned(given);
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const call of this.#calls) call.fail(this.#broken.error);
    this.#workers.dismissAll();
  }

  #ended(call: Call): void {
    this.#calls.delete(call);
    this.#cut(call);
    this.#calls.forgetIfDone(call);
    this.#leaveIfDone();
  }

  #leaveIfDone(): void {
    if (this.#state !== 'closed' || this.#calls.size > 0) return;
    this.#workers.letAllLeave();
    // Not sooner: a worker that starts late still opens it.
    if (this.#workers.areAllGone) this.#options.beginning.release();
  }
}
