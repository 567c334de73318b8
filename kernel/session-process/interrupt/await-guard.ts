// How a cell awaits: as plain JavaScript would, but an interrupt of the cell rejects the await, so that its
// finally blocks run.

import { continueAlike } from 'parlab/host';
import { type Cell, contextCell, type Waiting } from '../cell/cell';
import { includes, inspect, isPromise, NativePromise, safely } from '../safeguards/pristine';
import type { AwaitGuard } from './interruptible';

/** More awaits than a finally block makes of values that are there at once; a loop gets here in no time. */
const IMMEDIATE_AWAITS = 100;
/**
 * How often a value that is still to come may be awaited: a loop may catch the interruption and await again.
 */
const PENDING_AWAITS = 20;

export const awaitGuard: AwaitGuard = { value: awaitValue, iterable: awaitEach };

function awaitValue(awaited: unknown): unknown {
  const cell = contextCell();
  if (!cell) return awaited;
  if (cell.abandoned) return never();
  if (isPending(awaited)) {
    if (cell.interruption && !cell.ended && ++cell.pendingAwaits > PENDING_AWAITS) return abandon(cell);
    return awaitPending(cell, awaited);
  }
  if (cell.interruption && !cell.ended && ++cell.immediateAwaits > IMMEDIATE_AWAITS) throw cell.interruption;
  // It is returned as it is: a promise around it would come a turn later than in any other JavaScript.
  return awaited;
}

function abandon(cell: Cell): Promise<never> {
  cell.abandoned = true;
  return never();
}

function never(): Promise<never> {
  return new NativePromise(() => {});
}

function awaitPending(cell: Cell, promise: PromiseLike<unknown>): Promise<unknown> {
  const guarded = new NativePromise((resolve, reject) => {
    const waiting: Waiting = { reject, where: {} };
    safely(() => captureWhere(waiting.where), undefined);
    cell.waiting.add(waiting);
    // V8 follows these two functions, if they are all that hangs on the promise, so that a stack still shows
    // who awaits.
    const settled = NativePromise.resolve(promise).then(resolve, reject);
    void settled.then(() => cell.waiting.delete(waiting));
  });
  // A task that awaits the acquire() of an RLock becomes its owner, also through this promise.
  continueAlike(guarded, promise);
  return guarded;
}

function captureWhere(where: Waiting['where']): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 4;
  Error.captureStackTrace(where, awaitValue);
  Error.stackTraceLimit = limit;
}

function isPending(value: unknown): value is PromiseLike<unknown> {
  if (isPromise(value)) return includes(inspect(value, PROMISE_ONLY), '<pending>');
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

const PROMISE_ONLY = {
  depth: 0,
  maxArrayLength: 0,
  maxStringLength: 0,
  customInspect: false,
  breakLength: Infinity,
};

function awaitEach(iterated: unknown): unknown {
  if (!contextCell()) return iterated;
  return {
    [Symbol.asyncIterator]() {
      const inner = each(iterated as AsyncIterable<unknown> | Iterable<unknown>);
      return {
        next: async () => (await awaitValue(inner.next())) as IteratorResult<unknown>,
        return: async (value?: unknown) => inner.return(value),
      };
    },
  };
}

/** Gives a synchronous iterable the behaviour that `for await` gives it. */
async function* each(iterable: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<unknown> {
  yield* iterable;
}
