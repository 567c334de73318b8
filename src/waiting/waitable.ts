// What wait() needs to know of a thing that can become ready. Knows nothing of what the things are.
import { InvalidArgumentError } from '../errors';
import type { Subject } from '../objects/subject';
import type { WaitObject } from './wait-object';

export const waitable: unique symbol = Symbol('parlab.waitable');

export interface Readiness {
  isReady(): boolean;
  /** The wait object where a change is told. */
  on?: WaitObject;
  /**
   * Settles when it is ready, or when the wait's signal is aborted; for what is told by the event loop alone.
   */
  ready?(waiting: ReadyWait): Promise<unknown>;
  /** What is waited for, so that a wait without end can be told from a long one. */
  readonly subject?: Subject | undefined;
}

/** What is known of the wait for it: see Waiting. */
interface ReadyWait {
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
  readonly isOneOfSeveral?: boolean | undefined;
}

/** What wait() can wait for: connections, queues, processes and their sentinels. */
export interface Waitable {
  /** @internal */
  [waitable](): Readiness;
}

/** What wait() is given, each with the method `key`; the explored wait() knows its things by another key. */
export function thingsWith<W extends object>(key: keyof W, things: Iterable<W>): W[] {
  if (typeof things?.[Symbol.iterator] !== 'function') {
    throw new InvalidArgumentError('things', 'an array of queues, connections and processes', things);
  }
  const all = [...things];
  for (const [at, each] of all.entries()) {
    if (typeof each?.[key] !== 'function')
      throw new InvalidArgumentError(`things[${at}]`, 'a queue, a connection or a process', each);
  }
  return all;
}
