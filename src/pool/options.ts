// What a pool and its calls can be given, and how it reaches the user's functions.

import { InvalidArgumentError } from '../errors';
import { checkCount } from '../given';
import { ProgressBar } from '../host/progress';
import type { StartMethodName } from '../identity/identity';
import { queueMicrotask } from '../system/timers';
import type { Listener } from './list-sink';

/** What a Pool is made of. */
export type PoolOptions<A extends unknown[] = unknown[]> = {
  /** How many workers. Default: cpuCount(). */
  processes?: number;
  /** Runs once in each worker, before its first task. When it throws, all work is rejected with its error. */
  initializer?: (...args: A) => unknown;
  /** A worker that was given so many items is replaced by a new one. Default: never. */
  maxTasksPerChild?: number;
  /** 'process', or 'thread' for worker threads of this process. */
  method?: StartMethodName;
} & ([] extends A
  ? {
      /** What `initializer` is called with. */
      initargs?: A;
    }
  : {
      /** What `initializer` is called with. */
      initargs: A;
    });

/** What a pool does and has done. */
export interface PoolStats {
  /** How many workers take work now. */
  readonly processes: number;
  /** How many workers have work now. */
  readonly busy: number;
  /** How many calls have no outcome yet. */
  readonly calls: number;
  /** How many items' function returned. */
  readonly done: number;
  /** How many items' function threw or lost its worker. */
  readonly failed: number;
  /** How many workers died at work. */
  readonly died: number;
  /** How many workers took the place of others. */
  readonly replaced: number;
  /** Of a pool in a room: its hosts, and who has what. */
  readonly hosts?: readonly HostStats[];
}

/** A host of a room, as a pool knows it. */
export interface HostStats {
  /** As `parlab worker --name` says, or what the system calls it. */
  readonly name: string;
  /** How many items can run there at once. */
  readonly slots: number;
  /** Items of this pool whose outcome came from there. */
  readonly done: number;
  /** What it has in hand of this pool, call by call. */
  readonly has: readonly HostWork[];
}

/** What a host has in hand of one call. */
export interface HostWork {
  /** The method that was called, such as `Pool.map()`. */
  readonly call: string;
  /** How many items. */
  readonly items: number;
}

/** What stops a call. */
export interface WorkOptions {
  /** Milliseconds; then the work is stopped: the workers that run it are ended and replaced. */
  timeout?: number;
  /** Stops the work in the same way. */
  signal?: AbortSignal;
}

/** How far a call is. */
export interface Progress {
  /** How many items are done. */
  readonly done: number;
  /** Undefined when the source does not say how many items it has. */
  readonly total: number | undefined;
}

/** How a call spreads its items, and how it tells its progress. */
export interface MapOptions extends WorkOptions {
  /** How many items a worker gets at once. Default: chosen by the time that they take. */
  chunkSize?: number;
  /** Called whenever some items are done. */
  onProgress?: (progress: Progress) => void;
  /**
   * Shows a bar while the work goes on, with a label if it is a text: in a notebook under the cell, in a
   * program on a terminal (stderr). Where it would not be seen to change, such as in a file, nothing is
   * shown.
   */
  progress?: boolean | string;
}

/** How imap() and imapUnordered() work. */
export interface IterateOptions extends MapOptions {
  /** How many results may wait to be taken. Default: 4 chunks for each worker, or 256 items. */
  ahead?: number;
}

/** What the `…Async` methods call at the end, as in Python. */
export interface Callbacks<R> {
  /** Called with the result. */
  callback?: (result: R) => void;
  /** Called with the error. */
  errorCallback?: (error: unknown) => void;
}

/** They are called later, so that an error of theirs is uncaught, as in any callback, and not the pool's. */
export function listenerFor<R>({ callback, errorCallback }: Callbacks<R>): Listener<R> {
  return {
    returned: (value) => callback && queueMicrotask(() => callback(value)),
    failed: (error) => errorCallback && queueMicrotask(() => errorCallback(error)),
  };
}

/** Returns what tells the bar and `onProgress` how far a call is. Shows the bar at once. */
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

/** Is told how far a call is. */
export interface Listening {
  done(items: number): void;
  ended(isComplete: boolean): void;
}

/** Throws unless the value is a whole number from 1, or undefined. */
export function checkCountIfGiven(name: string, value: unknown): void {
  if (value !== undefined) checkCount(name, value, 1);
}
