// What a program under control gets in place of the library: a face for each class and function, or a
// sentence by name.
import { DeadlockError } from '../../deadlock/deadlock-error';
import * as errors from '../../errors';
import { cpuCount } from '../../process/cpu-count';
import { AsyncResult } from './async-result';
import { Barrier } from './barrier';
import { BoundedSemaphore } from './bounded-semaphore';
import { Condition } from './condition';
import { Connection, Pipe } from './connection';
import * as context from './context';
import { activeChildren, currentProcess, parentProcess } from './current-process';
import { Event } from './event';
import { JoinableQueue } from './joinable-queue';
import { Lock } from './lock';
import { Pool } from './pool';
import { Process } from './process';
import { Queue } from './queue';
import { RawArray, RawValue } from './raw';
import { refused } from './refusal';
import { RLock } from './rlock';
import { Semaphore } from './semaphore';
import { ShareableList } from './shareable-list';
import { SharedArray } from './shared-array';
import { SharedMemory } from './shared-memory';
import { SimpleQueue } from './simple-queue';
import { sleep, sleepSync } from './sleep';
import { Value } from './value';
import { wait, waitSync } from './wait-any';

const {
  getAllStartMethods,
  getContext,
  getStartMethod,
  setExecutable,
  setForkserverPreload,
  setStartMethod,
} = context;

export const faces: Readonly<Record<string, unknown>> = {
  activeChildren,
  Array: SharedArray,
  AsyncResult,
  Barrier,
  BoundedSemaphore,
  Condition,
  Connection,
  currentProcess,
  Event,
  getAllStartMethods,
  getContext,
  getStartMethod,
  JoinableQueue,
  Lock,
  parentProcess,
  Pipe,
  Pool,
  Process,
  Queue,
  RawArray,
  RawValue,
  RLock,
  Semaphore,
  setExecutable,
  setForkserverPreload,
  setStartMethod,
  ShareableList,
  SharedArray,
  SharedMemory,
  SimpleQueue,
  sleep,
  sleepSync,
  ThreadPool: Pool,
  Value,
  wait,
  waitSync,
};

/** What is the same in every program. */
const plain = { ...errors, cpuCount, DeadlockError };

const SOCKETS = 'use a Pipe or a Queue';
const OUTSIDE = 'call it outside of the program that is explored';
const MANAGERS = 'use a Queue, a Value or a SharedArray';

/** What is not known yet, and what to write instead. */
export const refusals: Readonly<Record<string, string>> = {
  answerChallenge: SOCKETS,
  BaseManager: MANAGERS,
  BaseProxy: MANAGERS,
  Client: SOCKETS,
  deliverChallenge: SOCKETS,
  Exploration: OUTSIDE,
  explore: OUTSIDE,
  getLogger: 'print with console.log()',
  Listener: SOCKETS,
  logToStderr: 'print with console.log()',
  Manager: MANAGERS,
  openWalk: OUTSIDE,
  play: OUTSIDE,
  processPicture: OUTSIDE,
  readTrace: OUTSIDE,
  replay: OUTSIDE,
  SharedMemoryManager: 'use a SharedMemory',
  startTrace: OUTSIDE,
  stopTrace: OUTSIDE,
  SyncManager: MANAGERS,
  Timeline: OUTSIDE,
  timeline: OUTSIDE,
  Walk: OUTSIDE,
};

/** What travels by its name although it is of the library's insides. */
const insides = {
  processContext: context.processContext,
  ProcessPool: Pool,
  ProcessProcess: Process,
  threadContext: context.threadContext,
  ThreadProcess: Process,
};

/** The library as `require('parlab')` gives it to the program. */
export const library: Readonly<Record<string, unknown>> = {
  ...plain,
  ...Object.fromEntries(Object.entries(refusals).map(([name, instead]) => [name, refused(name, instead)])),
  ...faces,
};

/** What any module of the library exports under this name. */
export function controlled(name: string): unknown {
  if (Object.hasOwn(library, name)) return library[name];
  if (Object.hasOwn(insides, name)) return insides[name as keyof typeof insides];
  return refused(`${name}, which is inside of parlab`, 'use what parlab exports');
}
