// The library bound to a room of several hosts: what `getContext('nats://…')` gives.

import type { BoundPool, BoundProcess, Context } from '../context/context';
import { processContext } from '../context/context';
import { RoomError, StartMethodSetError } from '../errors';
import type { StartMethodName } from '../identity/identity';
import { type Handle, registerHandle, remember, type Shareable, toHandle } from '../objects/handle';
import type { NameOption } from '../objects/shared-object';
import type { AnyType, ElementOf } from '../shared/number-types';
import { showAs } from '../system/show-as';
import { type Place, placeOf } from './address';
import { RoomJoinableQueue } from './channel/joinable-queue';
import { RoomQueue } from './channel/queue';
import { addressHere } from './line/entered';
import { notInRoom } from './not-here';
import { roomPool } from './pool/room-pool';
import { RoomBarrier, type RoomBarrierOptions } from './sync/barrier';
import { RoomEvent } from './sync/event';
import { RoomLock } from './sync/lock';
import { RoomRLock } from './sync/rlock';
import { RoomBoundedSemaphore, RoomSemaphore } from './sync/semaphore';
import { RoomValue } from './sync/value';

/**
 * The library bound to a room: processes on several hosts that share a broker. Its Pool works on every host that has joined, its locks and
 * queues are the same for all who name the same room; Process stays on this computer. What needs the memory of one computer throws a
 * RoomError that says so.
 */
export class RoomContext implements Shareable {
  readonly #place: Place;
  readonly Process: BoundProcess = processContext.Process;
  readonly Pool: BoundPool;
  readonly Queue: new <T = unknown>(
    maxsize?: number,
    options?: NameOption,
  ) => RoomQueue<T>;
  readonly JoinableQueue: new <T = unknown>(
    maxsize?: number,
    options?: NameOption,
  ) => RoomJoinableQueue<T>;
  readonly Lock: new (
    options?: NameOption,
  ) => RoomLock;
  readonly RLock: new (
    options?: NameOption,
  ) => RoomRLock;
  readonly Semaphore: new (
    value?: number,
    options?: NameOption,
  ) => RoomSemaphore;
  readonly BoundedSemaphore: new (
    value?: number,
    options?: NameOption,
  ) => RoomBoundedSemaphore;
  readonly Event: new (
    options?: NameOption,
  ) => RoomEvent;
  readonly Barrier: new (
    parties: number,
    options?: RoomBarrierOptions,
  ) => RoomBarrier;
  readonly Value: new <T extends AnyType>(
    type: T,
    initial?: ElementOf<T>,
    options?: NameOption,
  ) => RoomValue<T>;
  readonly Array = notInRoom('Array');
  readonly Condition = notInRoom('Condition');
  readonly Pipe = notInRoom('Pipe');
  readonly RawArray = notInRoom('RawArray');
  readonly RawValue = notInRoom('RawValue');
  readonly ShareableList = notInRoom('ShareableList');
  readonly SharedArray = notInRoom('SharedArray');
  readonly SharedMemory = notInRoom('SharedMemory');
  readonly SimpleQueue = notInRoom('SimpleQueue');
  readonly activeChildren = processContext.activeChildren;
  readonly cpuCount = processContext.cpuCount;
  readonly currentProcess = processContext.currentProcess;
  readonly parentProcess = processContext.parentProcess;
  readonly getAllStartMethods = processContext.getAllStartMethods;
  readonly getLogger = processContext.getLogger;
  readonly logToStderr = processContext.logToStderr;
  readonly setExecutable = processContext.setExecutable;
  readonly setForkserverPreload = processContext.setForkserverPreload;

  /**
   * By getContext().
   *
   * @internal
   */
  constructor(place: Place) {
    this.#place = place;
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

  /** Where the room is. */
  get address(): string {
    return this.#place.url;
  }

  /** Of the processes on this computer. */
  getStartMethod(): StartMethodName {
    return processContext.getStartMethod();
  }

  /** Always throws a StartMethodSetError: a room's hosts start their processes as they can. */
  setStartMethod(_method: StartMethodName | null, _options?: { force?: boolean }): never {
    throw new StartMethodSetError(this.getStartMethod(), true);
  }

  /** The context of a start method, for the processes of this computer. */
  getContext(method?: StartMethodName): Context {
    return processContext.getContext(method);
  }

  /** @internal */
  [toHandle](): Handle {
    return { kind: 'room-context', room: this.#place.room, url: this.#place.url };
  }
}

showAs(RoomContext.prototype, (context: RoomContext) => `<RoomContext ${context.address}>`);

const contexts = new Map<string, RoomContext>();

/** The same one for the same address. Throws a RoomError where the client of the broker is not installed. */
export function roomContext(url: string): RoomContext {
  const place = placeOf(url);
  checkClient();
  let context = contexts.get(place.url);
  if (context === undefined) {
    context = new RoomContext(place);
    contexts.set(place.url, context);
  }
  return context;
}

registerHandle('room-context', ({ room, url }) => roomContext(addressHere(String(room), String(url))));

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
