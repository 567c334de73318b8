// The library bound to a room of several hosts: what `getContext('nats://…')` gives.

import { type Place, placeOf } from '../cluster/address';
import { RoomJoinableQueue } from '../cluster/channel/joinable-queue';
import { RoomQueue } from '../cluster/channel/queue';
import { notInRoom } from '../cluster/not-here';
import { RoomBarrier, type RoomBarrierOptions } from '../cluster/sync/barrier';
import { RoomEvent } from '../cluster/sync/event';
import { RoomLock } from '../cluster/sync/lock';
import { RoomRLock } from '../cluster/sync/rlock';
import { RoomBoundedSemaphore, RoomSemaphore } from '../cluster/sync/semaphore';
import { RoomValue } from '../cluster/sync/value';
import { RoomError, StartMethodSetError } from '../errors';
import type { currentProcess, parentProcess } from '../identity/current-process';
import type { StartMethodName } from '../identity/identity';
import type { getLogger, logToStderr } from '../identity/log';
import { type Handle, remember, type Shareable, toHandle } from '../objects/handle';
import type { NameOption } from '../objects/shared-object';
import type { activeChildren } from '../process/active-children';
import type { cpuCount } from '../process/cpu-count';
import type { AnyType, ElementOf } from '../shared/number-types';
import type { getAllStartMethods } from '../start/choose-method';
import type { setExecutable } from '../start/executable';
import type { setForkserverPreload } from '../start/preload-modules';
import { showAs } from '../system/show-as';
import type { BoundPool, BoundProcess } from './bound';
import { roomPool } from './room-pool';

/** What a room has of the context of this computer. */
export interface Here {
  readonly Process: BoundProcess;
  readonly activeChildren: typeof activeChildren;
  readonly cpuCount: typeof cpuCount;
  readonly currentProcess: typeof currentProcess;
  readonly parentProcess: typeof parentProcess;
  readonly getAllStartMethods: typeof getAllStartMethods;
  readonly getLogger: typeof getLogger;
  readonly logToStderr: typeof logToStderr;
  readonly setExecutable: typeof setExecutable;
  readonly setForkserverPreload: typeof setForkserverPreload;
  getStartMethod(): StartMethodName;
}

/**
 * The library bound to a room: processes on several hosts that share a broker. Its Pool works on every host
 * that has joined, its locks and queues are the same for all who name the same room; Process stays on this
 * computer. What needs the memory of one computer throws a RoomError that says so.
 */
export class RoomContext implements Shareable {
  readonly #place: Place;
  readonly #here: Here;
  readonly Process: BoundProcess;
  readonly Pool: BoundPool;
  readonly Queue: {
    /** First in, first out, over all hosts; `maxsize` 0: unbounded. */
    new <T = unknown>(maxsize?: number, options?: NameOption): RoomQueue<T>;
  };
  readonly JoinableQueue: {
    /** As Queue, with taskDone() and join(). */
    new <T = unknown>(maxsize?: number, options?: NameOption): RoomJoinableQueue<T>;
  };
  readonly Lock: {
    /** It is free at first. */
    new (options?: NameOption): RoomLock;
  };
  readonly RLock: {
    /** It is free at first. */
    new (options?: NameOption): RoomRLock;
  };
  readonly Semaphore: {
    /** `value`: how many permits there are at first. */
    new (value?: number, options?: NameOption): RoomSemaphore;
  };
  readonly BoundedSemaphore: {
    /** `value`: how many permits there are at first, and at most. */
    new (value?: number, options?: NameOption): RoomBoundedSemaphore;
  };
  readonly Event: {
    /** It is not set at first. */
    new (options?: NameOption): RoomEvent;
  };
  readonly Barrier: {
    /** `parties`: how many wait for each other. */
    new (parties: number, options?: RoomBarrierOptions): RoomBarrier;
  };
  readonly Value: {
    /** One number, of a type such as 'int32'. */
    new <T extends AnyType>(type: T, initial?: ElementOf<T>, options?: NameOption): RoomValue<T>;
  };
  readonly Array = notInRoom('Array');
  readonly Condition = notInRoom('Condition');
  readonly Pipe = notInRoom('Pipe');
  readonly RawArray = notInRoom('RawArray');
  readonly RawValue = notInRoom('RawValue');
  readonly ShareableList = notInRoom('ShareableList');
  readonly SharedArray = notInRoom('SharedArray');
  readonly SharedMemory = notInRoom('SharedMemory');
  readonly SimpleQueue = notInRoom('SimpleQueue');
  readonly activeChildren: Here['activeChildren'];
  readonly cpuCount: Here['cpuCount'];
  readonly currentProcess: Here['currentProcess'];
  readonly parentProcess: Here['parentProcess'];
  readonly getAllStartMethods: Here['getAllStartMethods'];
  readonly getLogger: Here['getLogger'];
  readonly logToStderr: Here['logToStderr'];
  readonly setExecutable: Here['setExecutable'];
  readonly setForkserverPreload: Here['setForkserverPreload'];

  /**
   * getContext() makes it.
   *
   * @internal
   */
  constructor(place: Place, here: Here) {
    this.#place = place;
    this.#here = here;
    this.Process = here.Process;
    this.activeChildren = here.activeChildren;
    this.cpuCount = here.cpuCount;
    this.currentProcess = here.currentProcess;
    this.parentProcess = here.parentProcess;
    this.getAllStartMethods = here.getAllStartMethods;
    this.getLogger = here.getLogger;
    this.logToStderr = here.logToStderr;
    this.setExecutable = here.setExecutable;
    this.setForkserverPreload = here.setForkserverPreload;
    this.Pool = roomPool(place);
    this.Queue = class Queue<T> extends RoomQueue<T> {
      constructor(maxsize?: number, options?: NameOption) {
        super(place, maxsize, options);
      }
    };
    this.JoinableQueue = class JoinableQueue<T> extends RoomJoinableQueue<T> {
      constructor(maxsize?: number, options?: NameOption) {
        super(place, maxsize, options);
      }
    };
    this.Lock = class Lock extends RoomLock {
      constructor(options?: NameOption) {
        super(place, options);
      }
    };
    this.RLock = class RLock extends RoomRLock {
      constructor(options?: NameOption) {
        super(place, options);
      }
    };
    this.Semaphore = class Semaphore extends RoomSemaphore {
      constructor(value?: number, options?: NameOption) {
        super(place, value, options);
      }
    };
    this.BoundedSemaphore = class BoundedSemaphore extends RoomBoundedSemaphore {
      constructor(value?: number, options?: NameOption) {
        super(place, value, options);
      }
    };
    this.Event = class Event extends RoomEvent {
      constructor(options?: NameOption) {
        super(place, options);
      }
    };
    this.Barrier = class Barrier extends RoomBarrier {
      constructor(parties: number, options?: RoomBarrierOptions) {
        super(place, parties, options);
      }
    };
    this.Value = class Value<T extends AnyType> extends RoomValue<T> {
      constructor(type: T, initial?: ElementOf<T>, options?: NameOption) {
        super(place, type, initial, options);
      }
    };
    remember(this, this[toHandle]());
  }

  /** The address of the room. */
  get address(): string {
    return this.#place.url;
  }

  /** Returns the start method of the processes on this computer. */
  getStartMethod(): StartMethodName {
    return this.#here.getStartMethod();
  }

  /** Always throws a StartMethodSetError: a room's hosts start their processes as they can. */
  setStartMethod(_method: StartMethodName | null, _options?: { force?: boolean }): never {
    throw new StartMethodSetError(this.getStartMethod(), true);
  }

  /** @internal */
  [toHandle](): Handle {
    return { kind: 'room-context', room: this.#place.room, url: this.#place.url };
  }
}

showAs(RoomContext.prototype, (context: RoomContext) => `<RoomContext ${context.address}>`);

const contexts = new Map<string, RoomContext>();

/**
 * Returns the same context for the same address. `here`: the context of this computer. Throws a RoomError
 * where the client of the broker is not installed.
 */
export function roomContext(url: string, here: Here): RoomContext {
  const place = placeOf(url);
  checkClient();
  let context = contexts.get(place.url);
  if (context === undefined) {
    context = new RoomContext(place, here);
    contexts.set(place.url, context);
  }
  return context;
}

const CLIENT = ['@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/kv', '@nats-io/obj'];

function checkClient(): void {
  const missing = CLIENT.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  throw new RoomError(
    `A room needs the client of its broker, which is an optional part of parlab and is not installed here: npm install ${missing.map((name) => `${name}@3.3`).join(' ')}`,
  );
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
