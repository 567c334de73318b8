// What a SyncManager can make, by the names that Python gave: how the server makes it, and which methods a
// proxy may call.

import type { ManagedType } from './managed-type';
import { ServedBarrier } from './served/barrier';
import { ServedCondition } from './served/condition';
import {
  ServedArray,
  ServedDict,
  ServedList,
  ServedNamespace,
  ServedSet,
  ServedValue,
} from './served/containers';
import { ServedEvent } from './served/event';
import { ServedLock, ServedRLock } from './served/locks';
import { ServedPool } from './served/pool';
import { ServedJoinableQueue, ServedQueue } from './served/queues';
import { ServedBoundedSemaphore, ServedSemaphore } from './served/semaphores';

const LOCK = ['acquire', 'release', 'locked'];
const SEMAPHORE = [...LOCK, 'getValue'];
const QUEUE = ['put', 'putNowait', 'get', 'getNowait', 'qsize', 'empty', 'full'];

const POOL_RESULTS = {
  applyAsync: 'AsyncResult',
  mapAsync: 'AsyncResult',
  starmapAsync: 'AsyncResult',
  imap: 'ResultIterator',
  imapUnordered: 'ResultIterator',
};

type Make = new (...args: never[]) => object;
const of = (Class: Make, exposed?: readonly string[]): ManagedType => ({
  create: Class,
  ...(exposed !== undefined && { exposed }),
});

const types = {
  list: of(ServedList),
  dict: of(ServedDict),
  set: of(ServedSet),
  Namespace: of(ServedNamespace),
  Value: of(ServedValue),
  Array: of(ServedArray),
  Lock: of(ServedLock, LOCK),
  RLock: of(ServedRLock, LOCK),
  Semaphore: of(ServedSemaphore, SEMAPHORE),
  BoundedSemaphore: of(ServedBoundedSemaphore, SEMAPHORE),
  Condition: of(ServedCondition),
  Event: of(ServedEvent),
  Barrier: of(ServedBarrier),
  Queue: of(ServedQueue, QUEUE),
  JoinableQueue: of(ServedJoinableQueue, [...QUEUE, 'taskDone', 'join']),
  Pool: {
    create: ServedPool,
    exposed: ['apply', 'map', 'starmap', ...Object.keys(POOL_RESULTS), 'close', 'terminate', 'join'],
    methodToTypeid: POOL_RESULTS,
    /** Without this its workers would live as long as the server. */
    release: (pool: ServedPool) => pool.terminate(),
  },
  AsyncResult: { exposed: ['get', 'wait', 'ready', 'successful'] },
  ResultIterator: { exposed: ['next'] },
} satisfies Record<string, ManagedType>;

/** What register() may be told instead of a function. */
export type StandardType = Exclude<keyof typeof types, 'AsyncResult' | 'ResultIterator'>;

export const standardTypes: Readonly<Record<string, ManagedType>> = types;
