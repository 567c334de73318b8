// The workers of an explored pool and the calls that they serve, as the process that made the pool sees them.
import { PoolClosedError, ProcessDiedError } from '../../errors';
import { fromRemote } from '../../pool/remote-error';
import { received } from '../garble';
import { openItem } from '../items';
import { type Answered, type Collecting, type Gone, noWork, STARTING } from '../machines/pool';
import { ENDED_WITH_PARENT, perform, request, runner } from '../operations';
import { pidOf } from '../paths';
import { type Answer, type Order, type Outcome, runPoolWorker } from './pool-worker';
import { Process } from './process';
import { newThing } from './thing';
import { numberOf, textOf } from './travelling-text';

/** A call as the crew sees it. */
export interface Call {
  readonly number: number;
  /** 'square() for Pool.map()' */
  readonly work: string;
  readonly stopsAtError: boolean;
  readonly collecting: Collecting[1];
  readonly site: { stack?: string };
  /** How many parts of it are given out and have no answer. */
  open: number;
  /** The first item that has no outcome yet, and those behind it that have one. */
  next: number;
  readonly ahead: Set<number>;
  /** No more items will come. */
  isWhole: boolean;
  arrived(first: number, outcomes: readonly Outcome[]): void;
  ended(failure: { error: unknown } | undefined): void;
}

interface CrewOptions {
  readonly processes: number;
  readonly beginning: string;
  readonly maxTasksPerChild: number | undefined;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #index = newThing('pool', noWork, 'Pool');
  readonly #workers = new Map<string, Process>();
  readonly #calls = new Map<number, Call>();
  readonly #failures = new Map<number, { error: unknown }>();
  #state: 'open' | 'closed' | 'terminated' = 'open';
  #broken: { error: unknown } | undefined;
  #hired = 0;
  #asked = -1;
  #wanted = '';
  readonly counts = { done: 0, failed: 0, died: 0, replaced: 0 };

  constructor(options: CrewOptions) {
    this.#options = options;
    while (this.#workers.size < options.processes) this.#hire();
  }

  get state(): 'open' | 'closed' | 'terminated' {
    return this.#state;
  }

  get processes(): Process[] {
    return [...this.#workers.values()];
  }

  get calls(): number {
    return this.#calls.size;
  }

  get busy(): number {
    return (perform('busy', this.#index) as string[]).length;
  }

  add(call: Call): void {
    if (this.#broken === undefined) this.#calls.set(call.number, call);
    else call.ended(this.#broken);
    this.#collect();
  }

  give(call: Call, parts: readonly (readonly [first: number, target: string, items: string])[]): void {
    if (parts.length === 0 || !this.#calls.has(call.number)) return;
    call.open += parts.length;
    perform(
      'give',
      this.#index,
      parts.map(([first, ...texts]) => [call.number, first, ...texts.map(numberOf)]),
    );
    // It may be asked for differently now.
    this.#collect();
  }

  /** No more items will come. */
  whole(call: Call): void {
    call.isWhole = true;
    if (this.#calls.has(call.number)) this.#endIfDone(call);
  }

  /** Stops a call, with the workers that run it. */
  stop(call: Call, error: unknown): void {
    if (!this.#calls.has(call.number)) return;
    perform('cut', this.#index, [call.number]);
    for (const path of perform('busy', this.#index, [call.number]) as string[]) {
      perform('kill', -1, [path, ENDED_WITH_PARENT]);
      this.#workers.delete(path);
      this.#hire();
      this.counts.replaced++;
    }
    this.#end(call, { error });
  }

  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    this.#leaveIfDone();
  }

  terminate(): void {
    this.#state = 'terminated';
    for (const call of [...this.#calls.values()])
      this.#end(call, { error: new PoolClosedError('get', 'terminate') });
    for (const path of this.#workers.keys()) perform('kill', -1, [path, ENDED_WITH_PARENT]);
  }

  #hire(): void {
    const { beginning, maxTasksPerChild } = this.#options;
    const start = { pool: this.#index, beginning, maxTasks: maxTasksPerChild ?? Number.MAX_SAFE_INTEGER };
    const name = `PoolWorker-${++this.#hired}`;
    const worker = new Process({ name, daemon: true, target: runPoolWorker, args: [start] as never });
    perform('hire', this.#index, [worker.path]);
    worker.start();
    this.#workers.set(worker.path, worker as unknown as Process);
  }

  /** One request as long as there are calls: an idle pool keeps no program alive. */
  #collect(): void {
    const calls = [...this.#calls.values()].filter(({ open }) => open > 0);
    const wanted = calls.map(({ number, collecting, next }): Collecting => [number, collecting, next]);
    const text = JSON.stringify(wanted);
    if (this.#asked >= 0 && text === this.#wanted) return;
    // A call that is answered already asks again itself.
    if (!this.#withdraw() || wanted.length === 0) return;
    const answered = request('collect', this.#index, wanted);
    this.#asked = runner().lastAsked;
    this.#wanted = text;
    void answered.then((result) => {
      this.#asked = -1;
      if (Array.isArray(result)) for (const each of result) this.#answered(each as unknown as Answered);
      else this.#gone(result as unknown as Gone);
      this.#collect();
    });
  }

  #withdraw(): boolean {
    if (this.#asked >= 0 && !runner().cancel(this.#asked)) return false;
    this.#asked = -1;
    return true;
  }

  #answered([number, first, text]: Answered): void {
    const { outcomes, path = '' } = openItem(textOf(text)) as Answer;
    if (number === STARTING) {
      const [failed] = outcomes as [{ error: unknown }];
      this.#break(this.#local(path, failed.error, {}));
      return;
    }
    const call = this.#calls.get(number);
    if (call === undefined) return;
    const local = outcomes.map((outcome) =>
      'error' in outcome
        ? { error: this.#local(path, outcome.error, call.site) }
        : { value: received(outcome.value) },
    );
    this.#settle(call, first, local);
  }

  #settle(call: Call, first: number, outcomes: readonly Outcome[]): void {
    const failed = outcomes.filter((outcome) => 'error' in outcome);
    this.counts.failed += failed.length;
    this.counts.done += outcomes.length - failed.length;
    call.open--;
    for (const index of outcomes.keys()) call.ahead.add(first + index);
    while (call.ahead.delete(call.next)) call.next++;
    if (call.stopsAtError && failed[0] !== undefined && !this.#failures.has(call.number)) {
      this.#failures.set(call.number, failed[0] as { error: unknown });
      call.open -= perform('cut', this.#index, [call.number]) as number;
    }
    call.arrived(first, outcomes);
    this.#endIfDone(call);
  }

  #gone({ path, work }: Gone): void {
    const worker = this.#workers.get(path);
    if (worker === undefined) return;
    this.#workers.delete(path);
    if (this.#state === 'open' || this.#calls.size > 0) {
      this.#hire();
      this.counts.replaced++;
    }
    const call = work === null ? undefined : this.#calls.get(work[0]);
    if (work === null || call === undefined) return;
    this.counts.died++;
    const error = new ProcessDiedError(worker.name, pidOf(path), worker.exitcode, call.work);
    const { items } = openItem(textOf(work[3])) as Order;
    this.#settle(
      call,
      work[1],
      items.map(() => ({ error })),
    );
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const call of [...this.#calls.values()]) this.#end(call, this.#broken);
    for (const path of this.#workers.keys()) perform('kill', -1, [path, ENDED_WITH_PARENT]);
  }

  #endIfDone(call: Call): void {
    const failure = this.#failures.get(call.number);
    if (call.open > 0 || (!call.isWhole && failure === undefined)) return;
    this.#end(call, failure);
  }

  #end(call: Call, failure: { error: unknown } | undefined): void {
    if (!this.#calls.delete(call.number)) return;
    this.#failures.delete(call.number);
    this.#collect();
    call.ended(failure);
    this.#leaveIfDone();
  }

  #leaveIfDone(): void {
    if (this.#state === 'closed' && this.#calls.size === 0) perform('close', this.#index);
  }

  #local(path: string, error: unknown, site: { stack?: string }): unknown {
    const name = this.#workers.get(path)?.name ?? path;
    return fromRemote(error, { name, pid: pidOf(path) }, site);
  }
}
