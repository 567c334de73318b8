// One call of a pool, such as a map: gives out its items in chunks and brings the outcomes to whoever waits
// for them.

import { cellTag } from '../host/output';
import { CHUNK_MS, type ChunkFacts, chunkSize } from './chunk-size';
import { MOST_ITEMS } from './claims';
import { type Values, valuesBetween } from './conversation';
import type { Listening } from './options';
import { newWork, type PoolFunction } from './pool-function';
import type { Results, Sink } from './sink';
import type { Source } from './source';

interface CallOptions {
  target: PoolFunction;
  /** The method as errors name it: 'Pool.map()'. */
  what: string;
  /** Each item is a list of arguments. */
  spread: boolean;
  source: Source;
  sink: Sink;
  chunkSize: number | undefined;
  /** It is told before the outcome is. */
  listening: Listening;
  /** Has the stack of the call, for its errors. */
  site: { stack?: string };
}

/** How many workers there are to give to. */
export type Takers = Pick<ChunkFacts, 'processes' | 'idle'>;

/** A chunk that takes less may wait behind another one in the same worker. */
const QUICK_MS = 20;

/** Some items of a call: on their way to a worker, in its hand, or on their way back. */
export interface Chunk {
  readonly call: Call;
  /** The place of its first item among the items of the call. */
  readonly first: number;
  readonly items: Values;
}

/** Returns the part of a chunk from place `from` up to `to`. */
export function part({ call, first, items }: Chunk, from: number, to = items.length): Chunk {
  return { call, first: first + from, items: valuesBetween(items, from, to) };
}

export function singly(chunk: Chunk): Chunk[] {
  return Array.from(chunk.items, (_item, place) => part(chunk, place, place + 1));
}

export class Call {
  readonly target: PoolFunction;
  /** The number of the work that everything that travels for it is part of. */
  readonly work: number;
  readonly what: string;
  readonly spread: boolean;
  readonly stopsAtError: boolean;
  /** Whether the chunks are as large as the user said. */
  readonly hasFixedChunks: boolean;
  readonly site: { stack?: string };
  readonly tag = cellTag();
  readonly #options: CallOptions;
  readonly #returned: Chunk[] = [];
  #first = 0;
  #out = 0;
  #done = 0;
  #lastSize = 0;
  #failure: { error: unknown } | undefined;
  /** There was an error, and nothing more is begun. */
  #isStopping = false;
  #hasEnded = false;
  /** Is called once, when the outcome stands. */
  onEnd: () => void = () => {};

  constructor(options: CallOptions) {
    this.#options = options;
    this.site = options.site;
    this.target = options.target;
    // A function that closes over nothing may serve many calls.
    this.work = options.target.isConstant ? newWork() : options.target.id;
    this.what = options.what;
    this.spread = options.spread;
    this.stopsAtError = options.sink.stopsAtError;
    this.hasFixedChunks = options.chunkSize !== undefined;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** What workers have and have not begun is not wanted any more. */
  get wantsNoMore(): boolean {
    return this.#hasEnded || this.#isStopping;
  }

  /** Chunks that workers have in hand; those of a call that has ended, too. */
  get out(): number {
    return this.#out;
  }

  get budgetMs(): number {
    return this.hasFixedChunks ? Number.POSITIVE_INFINITY : CHUNK_MS;
  }

  get isQuick(): boolean {
    const { items, ms } = this.target.program.ran;
    return items > 0 && (ms / items) * Math.max(1, this.#lastSize) < QUICK_MS;
  }

  /** Gives at most `most` items; undefined when it has none to give now. */
  next(most: number, takers: Takers): Chunk | undefined {
    if (this.#hasEnded) return undefined;
    const returned = this.#returned.shift();
    if (returned !== undefined) return this.#giveAgain(returned, most, takers);
    const { source, sink } = this.#options;
    const size = Math.min(this.#sizeFor(takers), most, sink.room(), MOST_ITEMS);
    if (size < 1 || this.#failure !== undefined) return undefined;
    try {
      const items = source.take(size);
      if (items.length > 0) {
        const chunk = { call: this, first: this.#first, items };
        this.#first += items.length;
        sink.gaveOut(items.length);
        return this.#give(chunk);
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#endIfDone();
    return undefined;
  }

  /** `isAll`: the chunk that the items belong to is out of the worker's hand. */
  answered(first: number, results: Results, isAll: boolean): void {
    if (isAll) this.#out--;
    if (this.#hasEnded) return;
    if (this.stopsAtError && this.#failure === undefined && 'outcomes' in results) {
      const failed = results.outcomes.find((outcome) => 'error' in outcome);
      if (failed !== undefined && 'error' in failed) this.#stop(failed.error);
    }
    const count = 'values' in results ? results.values.length : results.outcomes.length;
    if (count > 0) {
      this.#done += count;
      this.#options.sink.arrived(first, results);
      this.#options.listening.done(this.#done);
    }
    this.#endIfDone();
  }

  /** Takes chunks back that were not begun; they go to another worker. `isAll`: all of the chunk is back. */
  giveBack(chunks: readonly Chunk[], isAll: boolean): void {
    if (isAll) this.#out--;
    if (this.#hasEnded) return;
    if (!this.#isStopping) this.#returned.push(...chunks.filter(({ items }) => items.length > 0));
    this.#endIfDone();
  }

  /** The end of the work is waited for, perhaps by the code that was to take the results. */
  keepAll(): void {
    this.#options.sink.keepAll();
  }

  /** Fails the call at once; what workers have in hand no longer matters. */
  fail(error: unknown): void {
    if (this.#hasEnded) return;
    this.#end(false, () => this.#options.sink.failed(error));
  }

  #giveAgain(chunk: Chunk, most: number, takers: Takers): Chunk | undefined {
    const size = Math.min(this.hasFixedChunks ? chunk.items.length : this.#sizeFor(takers), most);
    if (size >= chunk.items.length) return this.#give(chunk);
    this.#returned.unshift(part(chunk, size));
    return this.#give(part(chunk, 0, size));
  }

  #give(chunk: Chunk): Chunk {
    this.#out++;
    this.#lastSize = chunk.items.length;
    return chunk;
  }

  #sizeFor(takers: Takers): number {
    const { target, source, sink, chunkSize: fixed } = this.#options;
    if (fixed !== undefined) return fixed;
    const { items, ms } = target.program.ran;
    const itemMs = items === 0 ? undefined : ms / items;
    const returned = this.#returned.reduce((sum, chunk) => sum + chunk.items.length, 0);
    const size = chunkSize({
      lastSize: this.#lastSize,
      itemMs,
      left: source.left === undefined ? undefined : source.left + returned,
      ...takers,
      areSmall: typeof source.sample === 'number',
    });
    return Math.min(size, Math.ceil(sink.ahead / (2 * takers.processes)));
  }

  #stop(error: unknown): void {
    this.#failure = { error };
    this.#isStopping = true;
    this.#returned.length = 0;
    this.#options.source.close();
  }

  #endIfDone(): void {
    if (this.#hasEnded || this.#out > 0 || this.#returned.length > 0) return;
    const failure = this.#failure;
    const { sink, source } = this.#options;
    if (failure !== undefined) this.#end(false, () => sink.failed(failure.error));
    else if (source.isDone) this.#end(true, () => sink.finished());
  }

  #end(isComplete: boolean, tell: () => void): void {
    this.#hasEnded = true;
    this.#options.listening.ended(isComplete);
    this.#options.source.close();
    this.#returned.length = 0;
    tell();
    this.onEnd();
  }
}
