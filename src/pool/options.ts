// What a pool and its calls can be given, and how it reaches the user's functions.
import { InvalidArgumentError } from '../errors';
import { ProgressBar } from '../host/progress';
import type { StartMethodName } from '../process/choose-method';
import type { Listener } from './list-sink';

export type PoolOptions<A extends unknown[] = unknown[]> = {
  /** How many workers. Default: cpuCount(). */
  processes?: number;
  /** Runs once in each worker, before its first task. When it throws, all work is rejected with its error. */
  initializer?: (...args: A) => unknown;
  /** A worker that was given so many items is replaced by a new one. Default: never. */
  maxTasksPerChild?: number;
  /** 'process', or 'thread' for worker threads of this process. */
  method?: StartMethodName;
} & ([] extends A ? { initargs?: A } : { initargs: A });

export interface PoolStats {
  readonly processes: number;
  readonly busy: number;
  /** Calls whose outcome does not stand yet. */
  readonly calls: number;
  /** Items whose function returned, and items whose function threw or lost its worker. */
  readonly done: number;
  readonly failed: number;
  /** Workers that died at work, and workers that took the place of others. */
  readonly died: number;
  readonly replaced: number;
}

export interface WorkOptions {
  /** Milliseconds; then the work is stopped: the workers that run it are ended and replaced. */
  timeout?: number;
  /** Stops the work in the same way. */
  signal?: AbortSignal;
}

export interface Progress {
  readonly done: number;
  /** Undefined when the source does not say how many items it has. */
  readonly total: number | undefined;
}

export interface MapOptions extends WorkOptions {
  /** How many items a worker gets at once. Default: chosen by the time that they take. */
  chunkSize?: number;
  /** Called whenever some items are done. */
  onProgress?: (progress: Progress) => void;
  /**
   * Shows a bar while the work goes on, with a label if it is a text: in a notebook under the cell, in a program on a
   * terminal (stderr). Where nobody would see it change, nothing is shown.
   */
  progress?: boolean | string;
}

export interface IterateOptions extends MapOptions {
  /** How many results the pool may be ahead of whoever takes them. Default: 4 chunks for each worker, or 256 items. */
  ahead?: number;
}

/** For the `…Async` forms, as in Python. */
export interface Callbacks<R> {
  callback?: (result: R) => void;
  errorCallback?: (error: unknown) => void;
}

/** Later, so that an error of theirs is uncaught, as in any callback, and not the pool's. */
export function listenerFor<R>({ callback, errorCallback }: Callbacks<R>): Listener<R> {
  return {
    returned: (value) => callback && queueMicrotask(() => callback(value)),
    failed: (error) => errorCallback && queueMicrotask(() => errorCallback(error)),
  };
}

export function progressOf(
  { onProgress, progress = false }: MapOptions,
  total: number | undefined,
): Listening {
  if (typeof progress !== 'boolean' && typeof progress !== 'string') {
    throw new InvalidArgumentError('progress', 'true, false or a label', progress);
  }
  const bar = progress === false ? undefined : new ProgressBar(progress === true ? '' : progress, total);
  return {
    done: (done) => {
      bar?.progressed(done);
      if (onProgress) queueMicrotask(() => onProgress({ done, total }));
    },
    ended: (isComplete) => bar?.ended(isComplete ? 'finished' : 'failed'),
  };
}

/** Who is told how far a call is. */
export interface Listening {
  done(items: number): void;
  ended(isComplete: boolean): void;
}

/** Undefined stays undefined. */
export function checkCount(name: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= 1)) return;
  throw new InvalidArgumentError(name, 'a whole number of at least 1', value);
}

export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new InvalidArgumentError(name, 'a function', value);
}
