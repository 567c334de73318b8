// The whole library bound to one start method: Python's contexts. Locks, queues and memory are the same for
// all of them.

import { Pipe } from '../channel/connection';
import { JoinableQueue } from '../channel/joinable-queue';
import { Queue } from '../channel/queue';
import { SimpleQueue } from '../channel/simple-queue';
import { isRoomAddress, type RoomAddress } from '../cluster/address';
import '../cluster/handles';
import { addressHere } from '../cluster/line/entered';
import { StartMethodSetError } from '../errors';
import { currentProcess, parentProcess } from '../identity/current-process';
import type { StartMethodName } from '../identity/identity';
import { getLogger, logToStderr } from '../identity/log';
import { registerHandle } from '../objects/handle';
import { activeChildren } from '../process/active-children';
import { cpuCount } from '../process/cpu-count';
import { SharedArray } from '../shared/array';
import { RawArray, RawValue } from '../shared/raw';
import { Value } from '../shared/value';
import { checkMethod, getAllStartMethods, getStartMethod } from '../start/choose-method';
import { setExecutable } from '../start/executable';
import { setForkserverPreload } from '../start/preload-modules';
import { Barrier } from '../sync/barrier';
import { BoundedSemaphore } from '../sync/bounded-semaphore';
import { Condition } from '../sync/condition';
import { Event } from '../sync/event';
import { Lock } from '../sync/lock';
import { RLock } from '../sync/rlock';
import { Semaphore } from '../sync/semaphore';
import { showAs } from '../system/show-as';
import {
  type BoundPool,
  type BoundProcess,
  ProcessPool,
  ProcessProcess,
  ThreadPool,
  ThreadProcess,
} from './bound';
import type { RoomContext } from './room-context';

/**
 * The library bound to one start method: for a part of a program that must not depend on what the rest has
 * set. Python's contexts. Its members are those of this package; its Process and Pool have no option
 * `method`.
 *
 * @example
 * const threads = getContext('thread');
 * const child = new threads.Process({ target: () => console.log('a thread of process', process.pid !== 0) });
 * child.start();
 * await child.join(); // → a thread of process true
 * console.log(threads.getStartMethod(), threads.Lock === Lock); // → thread true
 */
export class Context {
  readonly Process: BoundProcess;
  readonly Pool: BoundPool;
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

  /**
   * getContext() makes it.
   *
   * @internal
   */
  constructor(method: StartMethodName, process: BoundProcess, pool: BoundPool) {
    this.#method = method;
    this.Process = process;
    this.Pool = pool;
  }

  /** The start method that this context is bound to. */
  getStartMethod(): StartMethodName {
    return this.#method;
  }

  /** Always throws a StartMethodSetError: a context has its start method for ever. */
  setStartMethod(_method: StartMethodName | null, _options?: { force?: boolean }): never {
    throw new StartMethodSetError(this.#method, true);
  }

  /** Returns this context, or the context of another start method. */
  getContext(method: StartMethodName = this.#method): Context {
    return getContext(method);
  }
}

showAs(Context.prototype, (context: Context) => `<Context ${context.getStartMethod()}>`);

// Exported, so that a context which a function closes over travels by its name.
export const processContext = new Context('process', ProcessProcess, ProcessPool);
export const threadContext = new Context('thread', ThreadProcess, ThreadPool);

const contexts: Record<StartMethodName, Context> = { process: processContext, thread: threadContext };

/**
 * Returns the library bound to a start method, by default the one that is set. Python's
 * `multiprocessing.get_context()`. With the address of a room, `nats://host:4222/room` or `tls://…`, the
 * library bound to the hosts that have joined it (docs/cluster.md).
 *
 * @throws UnknownStartMethodError for a name that is none; StartFailedError for one that does not work here.
 * @example
 * const context = getContext('thread');
 * await using pool = new context.Pool({ processes: 1 });
 * console.log(await pool.apply(Math.max, [1, 2, 3])); // → 3
 * context.setStartMethod('process'); // throws StartMethodSetError: …is 'thread' for ever…
 * getContext('teleport' as never); // throws UnknownStartMethodError: There is no context for 'teleport'…
 */
export function getContext<Name extends StartMethodName | RoomAddress = StartMethodName>(
  method?: Name,
): Name extends RoomAddress ? RoomContext : Context;
// One signature for callers and not two: of two, the compiler tells a misspelled name by the last one's type.
export function getContext(method: StartMethodName | RoomAddress = getStartMethod()): Context | RoomContext {
  if (isRoomAddress(method)) {
    // Loaded by those who use it, and not before.
    const { roomContext } = require('./room-context') as typeof import('./room-context');
    return roomContext(method, processContext);
  }
  checkMethod(method);
  return contexts[method];
}

registerHandle('room-context', ({ room, url }) =>
  getContext(addressHere(String(room), String(url)) as RoomAddress),
);
