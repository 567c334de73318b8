// Makes faces of what comes along with a program or an item: things that were there before, and things that
// the program made.
import type { Handle } from '../objects/handle';
import { Barrier } from './faces/barrier';
import { BoundedSemaphore } from './faces/bounded-semaphore';
import { Condition } from './faces/condition';
import { Connection, connectionKey, End, type Side, type Ways } from './faces/connection';
import { Event } from './faces/event';
import { JoinableQueue } from './faces/joinable-queue';
import { Lock } from './faces/lock';
import { receiveProcess, receiveRealProcess } from './faces/process';
import { Queue } from './faces/queue';
import { type RawValue, restoreRaw } from './faces/raw';
import { refusal } from './faces/refusal';
import { RLock } from './faces/rlock';
import { Semaphore } from './faces/semaphore';
import { listOver, ShareableList } from './faces/shareable-list';
import { guard } from './faces/shared-array';
import { SharedMemory } from './faces/shared-memory';
import { SimpleQueue } from './faces/simple-queue';
import { At, keyOf } from './faces/thing';
import { Value } from './faces/value';
import { type Cells, ControlledBuffer, makeView } from './faces/view';
import { isControlled, runner } from './operations';
import { MAIN } from './paths';
import { type Frozen, keyOfHandle, type Snapshot } from './snapshot';
import type { Things } from './things';

/** A handle of our own, or of a real thing that the snapshot knows. */
export function receive(handle: Handle, things: Things, snapshot: Snapshot): object {
  const { kind } = handle;
  if (kind === 'explored') return made(handle);
  if (kind === 'explored-process') return receiveProcess(handle);
  if (kind === 'process') return receiveRealProcess(handle);
  if (kind === 'explored-view') {
    const { index, type, from, length, sizeBytes } = handle as Record<string, number> & Handle;
    return makeView({ index, kind: String(type), from, length } as never, Number(sizeBytes));
  }
  if (kind === 'pipe-end') return new RealEnd();
  const frozen = snapshot.things[keyOfHandle(handle)];
  if (frozen === undefined) throw refusal(`a '${kind}' from outside`, 'make it inside of the program');
  const index = things.given(frozen);
  if (kind === 'shared-buffer') return new ControlledBuffer(index, Number(frozen.facts?.sizeBytes));
  return made({ ...factsOf(frozen, things, snapshot), kind: 'explored', type: kind, index });
}

/** The end of a real pipe, of which nothing is asked: its connection says which side it is. */
class RealEnd {}

/** A condition's lock is one of the real things too. */
function factsOf({ facts, machine }: Frozen, things: Things, snapshot: Snapshot): Omit<Handle, 'kind'> {
  if (machine !== 'condition' || facts === undefined) return facts ?? {};
  const kind = facts.isRLock === true ? 'rlock' : 'lock';
  const lock = snapshot.things[`${kind} ${facts.lock}`] as Frozen;
  return { ...facts, lock: things.given(lock) };
}

function made(handle: Handle): object {
  const type = String(handle.type);
  const index = Number(handle.index);
  const known = isControlled() ? runner().local.known.get(keyOf(type, index)) : undefined;
  return known ?? make(type, new At(index), handle);
}

function make(type: string, at: At, handle: Handle): object {
  switch (type) {
    case 'lock':
      return new Lock(at);
    case 'rlock':
      return new RLock(at);
    case 'semaphore':
      return new Semaphore(1, at);
    case 'bounded-semaphore':
      return new BoundedSemaphore(1, at);
    case 'event':
      return new Event(at);
    case 'barrier': {
      const { parties, timeoutMs, action } = handle;
      const facts = {
        parties: Number(parties),
        timeoutMs: Number(timeoutMs) < 0 ? undefined : Number(timeoutMs),
        action: action === undefined ? undefined : String(action),
      };
      return new Barrier(facts.parties, { at, facts });
    }
    case 'condition': {
      const lockType = handle.isRLock === true ? 'rlock' : 'lock';
      const lock = made({ kind: 'explored', type: lockType, index: Number(handle.lock) });
      return new Condition(lock as Lock | RLock, at);
    }
    case 'queue':
      return asItWas(new Queue(Number(handle.maxsize ?? 0), at), handle);
    case 'joinable-queue':
      return asItWas(new JoinableQueue(Number(handle.maxsize ?? 0), at), handle);
    case 'shareable-list':
      return new ShareableList(at, { length: Number(handle.length) });
    case 'pipe':
      return new RealPipe(at.index);
    case 'pipe-end':
      return new End(at.index, Number(handle.side) as Side);
    default:
      throw refusal(`a '${type}'`, 'do without it');
  }
}

/**
 * The process that has closed it is the one for which the main process of the program stands; others go on.
 */
function asItWas<Q extends Queue>(queue: Q, { isClosed }: Handle): Q {
  if (isClosed === true && isControlled() && runner().path === MAIN) queue.close();
  return queue;
}

/** A real pipe, until its connection is made. */
class RealPipe {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

export function receiveComposite(kind: string, parts: unknown[]): object {
  const [first, second] = parts;
  switch (kind) {
    case 'raw-value':
      return restoreRaw(first as Cells, String(second));
    case 'value':
      return new Value(first as RawValue, undefined, { lock: second as Lock });
    case 'shared-array':
      return guard(first as Cells, second as Lock);
    case 'simple-queue':
      return new SimpleQueue(first as Queue);
    case 'shared-memory':
      return new SharedMemory(first as Uint8Array, String(second));
    case 'shareable-list':
      return listOver(first as SharedMemory);
    case 'connection':
      return connection(new End((first as RealPipe).index, parts[2] as Side), parts[3] as Ways);
    case 'explored-connection':
      return connection(first as End, second as Ways);
    default:
      throw refusal(
        `a '${kind}'`,
        kind.startsWith('manager') ? 'use a Queue, a Value or a SharedArray' : 'do without it',
      );
  }
}

function connection(end: End, ways: Ways): object {
  const known = isControlled() ? runner().local.known.get(connectionKey(end)) : undefined;
  return known ?? new Connection(end, ways);
}
