// One call of a pool, such as a map: gives out its items in chunks and brings the outcomes to whoever waits for them.
import { currentTag } from '../host/output';
import { chunkSize } from './chunk-size';
import type { Outcome } from './conversation';
import type { PoolFunction } from './pool-function';
import type { Source } from './source';

export interface Chunk {
  readonly call: Call;
  /** Which item of the call is its first. */
  readonly first: number;
  readonly items: readonly unknown[];
}

/** Who waits for the outcomes. */
export interface Sink {
  /** After an error nothing more is given out. */
  readonly stopsAtError: boolean;
  /** How many more items it can take. */
  room(): number;
  gaveOut(count: number): void;
  arrived(first: number, outcomes: readonly Outcome[]): void;
  finished(): void;
  /** Nothing more will arrive. */
  failed(error: unknown): void;
}

export interface CallOptions {
  target: PoolFunction;
  /** For errors: 'Pool.map()'. */
  what: string;
  /** Each item is a list of arguments. */
  spread: boolean;
  source: Source;
  sink: Sink;
  chunkSize: number | undefined;
  /** Has the stack of the call, for its errors. */
  site: { stack?: string };
}

/** Chunks so short may wait behind another one in the same worker. */
const QUICK_MS = 20;

export class Call {
  readonly target: PoolFunction;
  readonly what: string;
  readonly spread: boolean;
  readonly site: { stack?: string };
  readonly tag = currentTag();
  readonly #source: Source;
  readonly #sink: Sink;
  readonly #chunkSize: number | undefined;
  readonly #returned: Chunk[] = [];
  #first = 0;
  #out = 0;
  #lastSize = 0;
  #failure: { error: unknown } | undefined;
  /** After an error: nothing more is begun. */
  #isStopping = false;
  #hasEnded = false;
  /** Called once, when the outcome stands. */
  onEnd: () => void = () => {};

  constructor({ target, what, spread, source, sink, chunkSize, site }: CallOptions) {
    this.site = site;
    this.target = target;
    this.what = what;
    this.spread = spread;
    this.#source = source;
    this.#sink = sink;
    this.#chunkSize = chunkSize;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Chunks that workers have in hand; those of a call that has ended, too. */
  get out(): number {
    return this.#out;
  }

  get isQuick(): boolean {
    const { items, ms } = this.target.ran;
    return items > 0 && (ms / items) * Math.max(1, this.#lastSize) < QUICK_MS;
  }

  /** Undefined: nothing now. */
  next(processes: number, most: number): Chunk | undefined {
    if (this.#hasEnded) return undefined;
    const returned = this.#returned.shift();
    if (returned !== undefined) return this.#give(returned);
    const size = Math.min(this.#chunkSize ?? this.#chooseSize(processes), most, this.#sink.room());
    if (size < 1 || this.#failure !== undefined) return undefined;
    try {
      const items = this.#source.take(size);
      if (items.length > 0) {
        const chunk = { call: this, first: this.#first, items };
        this.#first += items.length;
        this.#sink.gaveOut(items.length);
        this.#lastSize = items.length;
        return this.#give(chunk);
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#endIfDone();
    return undefined;
  }

  answered({ first, items }: Chunk, outcomes: readonly Outcome[], tookMs: number): void {
    this.#out--;
    const { ran } = this.target;
    // The newest counts most: code gets faster as it runs.
    ran.items = ran.items / 4 + items.length;
    ran.ms = ran.ms / 4 + tookMs;
    if (this.#hasEnded) return;
    if (this.#sink.stopsAtError && this.#failure === undefined) {
      const failed = outcomes.find((outcome) => 'error' in outcome);
      if (failed !== undefined && 'error' in failed) this.#stop(failed.error);
    }
    this.#sink.arrived(first, outcomes);
    this.#endIfDone();
  }

  /** The chunk was not begun, and goes to another worker. */
  giveBack(chunk: Chunk): void {
    this.#out--;
    if (this.#hasEnded) return;
    if (!this.#isStopping) this.#returned.push(chunk);
    this.#endIfDone();
  }

  /** At once; what workers have in hand no longer matters. */
  fail(error: unknown): void {
    if (this.#hasEnded) return;
    this.#end(() => this.#sink.failed(error));
  }

  #give(chunk: Chunk): Chunk {
    this.#out++;
    return chunk;
  }

  #chooseSize(processes: number): number {
    const { items, ms } = this.target.ran;
    const itemMs = items === 0 ? undefined : ms / items;
    return chunkSize({ lastSize: this.#lastSize, itemMs, left: this.#source.left, processes });
  }

  #stop(error: unknown): void {
    this.#failure = { error };
    this.#isStopping = true;
    this.#returned.length = 0;
    this.#source.close();
  }

  #endIfDone(): void {
    if (this.#hasEnded || this.#out > 0 || this.#returned.length > 0) return;
    const failure = this.#failure;
    if (failure !== undefined) this.#end(() => this.#sink.failed(failure.error));
    else if (this.#source.isDone) this.#end(() => this.#sink.finished());
  }

  #end(tell: () => void): void {
    this.#hasEnded = true;
    this.#source.close();
    this.#returned.length = 0;
    tell();
    this.onEnd();
  }
}
