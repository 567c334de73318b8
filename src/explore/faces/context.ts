// The contexts and start methods, as a program under control sees them: 'thread' and 'process' go by the same
// rules there.

import { isRoomAddress } from '../../cluster/address';
import type { BoundPool, BoundProcess } from '../../context/bound';
import type { Context as RealContext } from '../../context/context';
import { StartMethodSetError, UnknownStartMethodError } from '../../errors';
import { checkOptionsOf } from '../../given';
import type { StartMethodName } from '../../identity/identity';
import { cpuCount } from '../../process/cpu-count';
import type {
  getAllStartMethods as realGetAllStartMethods,
  getStartMethod as realGetStartMethod,
  setStartMethod as realSetStartMethod,
} from '../../start/choose-method';
import { showAs } from '../../system/show-as';
import { runner } from '../operations';
import { Barrier } from './barrier';
import { BoundedSemaphore } from './bounded-semaphore';
import { Condition } from './condition';
import { Pipe } from './connection';
import { activeChildren, currentProcess, parentProcess } from './current-process';
import { Event } from './event';
import { JoinableQueue } from './joinable-queue';
import { Lock } from './lock';
import { Pool } from './pool';
import { Process } from './process';
import { Queue } from './queue';
import { RawArray, RawValue } from './raw';
import { refusal, refused } from './refusal';
import { RLock } from './rlock';
import { Semaphore } from './semaphore';
import { SharedArray } from './shared-array';
import { SimpleQueue } from './simple-queue';
import { Value } from './value';

const METHODS: readonly StartMethodName[] = ['process', 'thread'];

export const getAllStartMethods: typeof realGetAllStartMethods = function getAllStartMethods() {
  return [...METHODS];
};

export const getStartMethod = function getStartMethod(options: { allowNone?: boolean } = {}) {
  checkOptionsOf('none', options);
  const { allowNone = false } = options;
  const { startMethod, parent } = runner().local;
  if (startMethod === undefined && parent === undefined && allowNone) return null;
  return startMethod ?? 'process';
} as typeof realGetStartMethod;

export const setStartMethod: typeof realSetStartMethod = function setStartMethod(method, options = {}) {
  checkOptionsOf('force', options);
  const { force = false } = options;
  const { local } = runner();
  if (local.startMethod !== undefined && !force) throw new StartMethodSetError(local.startMethod);
  if (method !== null) checkMethod(method);
  local.startMethod = method ?? undefined;
};

function checkMethod(method: StartMethodName): void {
  if (!METHODS.includes(method)) throw new UnknownStartMethodError(method, "'process' or 'thread'");
}

/** Settings of how processes really start, which concern no explored one. */
export function setExecutable(_path: string | null): void {}
export function setForkserverPreload(_modules: readonly string[]): void {}

const PRINT = 'print with console.log() instead';
export const getLogger = refused('getLogger()', PRINT);
export const logToStderr = refused('logToStderr()', PRINT);

export class Context {
  readonly Process = Process as unknown as BoundProcess;
  readonly Pool = Pool as unknown as BoundPool;
  readonly Queue = Queue;
  readonly JoinableQueue = JoinableQueue;
  readonly SimpleQueue = SimpleQueue;
  readonly Pipe = Pipe;
  readonly Lock = Lock;
  readonly RLock = RLock;
  readonly Semaphore = Semaphore;
  readonly BoundedSemaphore = BoundedSemaphore;
  readonly Condition = Condition;
  readonly Event = Event;
  readonly Barrier = Barrier;
  readonly Value = Value;
  readonly Array: typeof SharedArray = SharedArray;
  readonly RawValue = RawValue;
  readonly RawArray: typeof RawArray = RawArray;
  readonly activeChildren = activeChildren;
  readonly cpuCount = cpuCount;
  readonly currentProcess = currentProcess;
  readonly parentProcess = parentProcess;
  readonly getAllStartMethods = getAllStartMethods;
  readonly getLogger = getLogger;
  readonly logToStderr = logToStderr;
  readonly setExecutable = setExecutable;
  readonly setForkserverPreload = setForkserverPreload;
  readonly #method: StartMethodName;

  constructor(method: StartMethodName) {
    this.#method = method;
  }

  getStartMethod(): StartMethodName {
    return this.#method;
  }

  setStartMethod(_method: StartMethodName | null, _options?: { force?: boolean }): never {
    throw new StartMethodSetError(this.#method, true);
  }

  getContext(method: StartMethodName = this.#method): Context {
    return getContext(method) as unknown as Context;
  }
}

// Exported, so that a context which a function closes over travels by its name.
export const processContext = new Context('process');
export const threadContext = new Context('thread');

export const getContext = function getContext(method: StartMethodName = getStartMethod()) {
  if (isRoomAddress(method)) throw refusal('a room of several hosts', 'use getContext() of this computer');
  checkMethod(method);
  return method === 'process' ? processContext : threadContext;
} as unknown as (method?: StartMethodName) => RealContext;

showAs(Context.prototype, (context: Context) => `<Context ${context.getStartMethod()}>`);
