// One call of an explored pool: what it asks of the crew, what ends it before its time, who gets its
// results.

import { InvalidArgumentError, TimeoutError, WaitAbortedError } from '../../errors';
import { checkFunction } from '../../given';
import { type Callbacks, checkCountIfGiven, listenerFor, type MapOptions } from '../../pool/options';
import { forgetAbort, onAbort } from '../../system/abort';
import { timeoutOf } from '../../waiting/wake';
import { letItem } from '../items';
import type { AsyncResult } from './async-result';
import { ControlledTimer } from './controlled-timer';
import type { Call, Crew } from './pool-crew';
import type { Order, Outcome } from './pool-worker';

export type Target = (...args: never[]) => unknown;
export type Items<T> = Iterable<T> | AsyncIterable<T>;

/** Gets the outcomes. */
export interface Sink {
  readonly stopsAtError: boolean;
  readonly collecting: Call['collecting'];
  arrived(first: number, outcomes: readonly Outcome[]): void;
  ended(failure: { error: unknown } | undefined): void;
}

export interface Work {
  readonly target: Target;
  readonly items: Items<unknown>;
  readonly options: MapOptions;
  readonly sink: Sink;
  /** The method that was called, behind which the stack of its errors begins. */
  readonly from: Target;
  /** Each item is a list of arguments. */
  readonly spread: boolean;
}

type PartOf = (items: readonly unknown[]) => string;

export function beginCall(crew: Crew, number: number, what: string, work: Work): Call {
  const { target, items, options, sink, from, spread } = work;
  const { chunkSize = 1, timeout, signal } = options;
  checkFunction('target', target);
  checkCountIfGiven('chunkSize', chunkSize);
  const timeoutMs = timeoutOf(timeout);
  const site: { stack?: string } = {};
  Error.captureStackTrace(site, from);
  const text = letItem(target);
  const call: Call = {
    number,
    work: `${target.name === '' ? 'a function' : `${target.name}()`} for ${what}`,
    stopsAtError: sink.stopsAtError,
    collecting: sink.collecting,
    site,
    open: 0,
    next: 0,
    ahead: new Set(),
    isWhole: false,
    arrived: sink.arrived,
    ended: (failure) => {
      timer?.close();
      if (signal !== undefined) forgetAbort(signal, aborted);
      sink.ended(failure);
    },
  };
  const stop = (error: unknown) => crew.stop(call, error);
  const aborted = ({ reason }: AbortSignal) => stop(new WaitAbortedError(what, reason));
  const expire = () => stop(new TimeoutError(what, timeoutMs ?? 0, 'its work was stopped'));
  const timer = timeoutMs === undefined ? undefined : new ControlledTimer(expire, timeoutMs, false);
  const { stopsAtError, collecting } = sink;
  const asTheyCome = collecting === 'as they come' || collecting === 'any number';
  const order: PartOf = (part) => letItem({ items: part, spread, stopsAtError, asTheyCome } satisfies Order);
  crew.add(call);
  if (signal?.aborted) aborted(signal);
  else if (signal !== undefined) onAbort(signal, aborted);
  if (isAsync(items)) void feed(crew, call, items, text, order);
  else {
    crew.give(call, partsOf([...items], chunkSize, text, order));
    crew.whole(call);
  }
  return call;
}

function partsOf(items: unknown[], size: number, text: string, order: PartOf) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => {
    const part = items.slice(at * size, (at + 1) * size);
    return [at * size, text, order(part)] as const;
  });
}

/** The items of an asynchronous source as they come. */
async function feed(crew: Crew, call: Call, items: AsyncIterable<unknown>, text: string, order: PartOf) {
  let first = 0;
  try {
    for await (const item of items) crew.give(call, [[first++, text, order([item])]]);
    crew.whole(call);
  } catch (error) {
    crew.stop(call, error);
  }
}

/** All results together. */
export function listSink(
  result: AsyncResult<unknown>,
  options: MapOptions & Callbacks<unknown>,
  toResult: (values: unknown[]) => unknown,
  total: number | undefined,
): Sink {
  const listener = listenerFor(options);
  const values: unknown[] = [];
  let done = 0;
  let isTelling = false;
  const { onProgress, chunkSize } = options as MapOptions;
  const asTheyCome = chunkSize === undefined ? 'any number' : 'as they come';
  return {
    stopsAtError: true,
    collecting: onProgress === undefined ? 'all' : asTheyCome,
    arrived: (first, outcomes) => {
      outcomes.forEach((outcome, i) => {
        if ('value' in outcome) values[first + i] = outcome.value;
      });
      done += outcomes.length;
      if (onProgress === undefined || isTelling) return;
      // What has come together is told at once.
      isTelling = true;
      globalThis.queueMicrotask(() => {
        isTelling = false;
        onProgress({ done, total });
      });
    },
    ended: (failure) => {
      const value = toResult(values);
      if (failure === undefined) listener.returned(value);
      else listener.failed(failure.error);
      result.end(failure ?? { value });
    },
  };
}

export function isAsync(items: Items<unknown>): items is AsyncIterable<unknown> {
  return typeof items === 'object' && items !== null && Symbol.asyncIterator in items;
}

export function listOf(items: Items<unknown>): unknown[] {
  if (
    items === null ||
    items === undefined ||
    typeof (items as Iterable<unknown>)[Symbol.iterator] !== 'function'
  ) {
    throw new InvalidArgumentError('items', 'something to iterate over, such as an array', items);
  }
  return [...(items as Iterable<unknown>)];
}
