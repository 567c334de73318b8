// What the shared things that a program refers to are at the moment when explore() is called: read once, by
// the process that has them, so that whoever explores never touches them.
import type { Captured } from '../capture/captured';
import { itemsOf, type PipeLanes } from '../channel/pipe-lanes';
import { contentsOf, isClosedHere, type Queue } from '../channel/queue';
import { type Handle, restoreHandle } from '../objects/handle';
import { allNamed } from '../objects/names';
import { nameOfObject } from '../objects/references';
import { sizeOfShared } from '../objects/shared-buffer';
import { type Barrier, optionsOf, standingOf } from '../sync/barrier';
import { lockHandleOf } from '../sync/condition';
import type { Event } from '../sync/event';
import type { Lock } from '../sync/lock';
import type { Semaphore } from '../sync/semaphore';
import { MOST_BYTES, refusal, tooLarge } from './faces/refusal';
import { handlesIn, letItem } from './items';
import { brokenBefore, partiesOf } from './machines/barrier';
import { pipeBetween } from './machines/pipe';
import { contents } from './machines/queue';
import { FREE, OUTSIDE } from './machines/rule';
import { permits } from './machines/semaphore';
import { memoryNames } from './memory-names';
import { MAIN } from './paths';
import type { SharedThing } from './things';
import { refuseWaiters } from './waiting-outside';

/** What a real thing was, by the text of its handle. */
export interface Snapshot {
  readonly things: Readonly<Record<string, Frozen>>;
  /** The names of shared memory: the text of the handle of what lies below. */
  readonly names: Readonly<Record<string, string>>;
  /** Named memory that is too large to be copied: how many bytes it has. */
  readonly tooLarge: Readonly<Record<string, number>>;
}

export interface Frozen extends SharedThing {
  /** What its face is made of beside the thing. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

export const keyOfHandle = ({ kind, offset }: Handle): string => `${kind} ${offset}`;

export function snapshotOf(captured: Captured): Snapshot {
  const things: Record<string, Frozen> = {};
  const names = memoryNames(captured);
  const look = (handle: Handle) => {
    const key = keyOfHandle(handle);
    if (key in things || !isFrozenKind(handle.kind)) return;
    const { frozen, others = [] }: Looked = freeze[handle.kind](handle);
    const named = handle.kind === 'shared-buffer' ? names.get(Number(handle.offset)) : undefined;
    things[key] = { ...frozen, ...named };
    for (const other of others) look(other);
  };
  for (const node of captured.nodes) if (node.type === 'handle') look(node.handle);
  const named: Record<string, string> = {};
  const large: Record<string, number> = {};
  for (const { name, object } of allNamed()) {
    const sizeBytes = sizeOfShared(object);
    if (sizeBytes > MOST_BYTES) {
      large[name] = sizeBytes;
      continue;
    }
    const handle = { kind: 'shared-buffer', offset: object };
    look(handle);
    named[name] = keyOfHandle(handle);
  }
  return { things, names: named, tooLarge: large };
}

interface Looked {
  readonly frozen: Frozen;
  /** Things that it refers to. */
  readonly others?: readonly Handle[];
}
type Freeze = (handle: Handle) => Looked;

function thing(
  handle: Handle,
  machine: string,
  kind: string,
  initial: unknown,
  facts?: Frozen['facts'],
): Frozen {
  refuseWaiters(Number(handle.offset), kind);
  const name = nameOfObject(Number(handle.offset), kind);
  return { id: `real/${handle.offset}`, machine, kind, initial, name, ...(facts !== undefined && { facts }) };
}

function ownerOf(lock: Lock): string | null {
  if (!lock.locked()) return FREE;
  return lock.isHeldHere() ? MAIN : OUTSIDE;
}

const lockLike =
  (kind: 'Lock' | 'RLock'): Freeze =>
  (handle) => {
    const lock = restoreHandle({ kind: 'lock', offset: Number(handle.offset) }) as Lock;
    return { frozen: thing(handle, 'lock', kind, ownerOf(lock)) };
  };

const semaphoreLike =
  (kind: 'Semaphore' | 'BoundedSemaphore'): Freeze =>
  (handle) => {
    const semaphore = restoreHandle(handle) as Semaphore;
    // biome-ignore lint/complexity/useLiteralKeys: it is protected.
    const limit = semaphore['limit'];
    // biome-ignore lint/complexity/useLiteralKeys: it is protected.
    const { here, elsewhere } = semaphore['permits'].held;
    const initial = permits(semaphore.getValue(), limit, [MAIN, here], [OUTSIDE, elsewhere]);
    return { frozen: thing(handle, 'semaphore', kind, initial) };
  };

const queueLike =
  (kind: 'Queue' | 'JoinableQueue'): Freeze =>
  (handle) => {
    const { maxsize, items, unfinished } = contentsOf(Number(handle.offset));
    const isClosed = isClosedHere(restoreHandle(handle) as Queue);
    const texts = items.map((item) => letItem(item));
    const initial = contents(maxsize, kind === 'JoinableQueue', texts, unfinished);
    const frozen = thing(handle, 'queue', kind, initial, { maxsize, isClosed });
    return { frozen, others: texts.flatMap(handlesIn) };
  };

const freeze = {
  lock: lockLike('Lock'),
  rlock: lockLike('RLock'),
  semaphore: semaphoreLike('Semaphore'),
  'bounded-semaphore': semaphoreLike('BoundedSemaphore'),
  queue: queueLike('Queue'),
  'joinable-queue': queueLike('JoinableQueue'),
  event: (handle) => {
    const event = restoreHandle(handle) as Event;
    return { frozen: thing(handle, 'event', 'Event', event.isSet() ? 1 : 0) };
  },
  condition: (handle) => {
    const lock = lockHandleOf(Number(handle.offset));
    const isRLock = lock.kind === 'rlock';
    const facts = { lock: Number(lock.offset), isRLock };
    return { frozen: thing(handle, 'condition', 'Condition', [[], 0], facts), others: [lock] };
  },
  barrier: (handle) => {
    const barrier = restoreHandle(handle) as Barrier;
    const { parties } = barrier;
    const { waiting, reason, isNoticed } = standingOf(Number(handle.offset));
    if (waiting > 0 && reason === undefined)
      throw refusal('a barrier at which somebody waits', 'call explore() before');
    const before =
      reason === undefined ? partiesOf(parties) : brokenBefore(parties, reason, isNoticed ? 0 : waiting);
    const { timeout: timeoutMs = -1, action } = optionsOf(Number(handle.offset));
    const sent = action === undefined ? {} : { action: letItem(action) };
    const frozen = thing(handle, 'barrier', 'Barrier', before, {
      parties,
      timeoutMs,
      ...sent,
    });
    return { frozen, others: sent.action === undefined ? [] : handlesIn(sent.action) };
  },
  pipe: (handle) => {
    const pipe = restoreHandle(handle) as PipeLanes;
    const [one, other] = itemsOf(pipe);
    // The program's main process stands for this one, which has what is open.
    const holders = (side: 0 | 1) => (pipe.isOpen(side, undefined) ? [MAIN] : []);
    const both = [one.map((item) => letItem(item)), other.map((item) => letItem(item))] as const;
    const frozen = thing(handle, 'pipe', 'Pipe', pipeBetween(both, [holders(0), holders(1)]));
    return { frozen, others: both.flat().flatMap(handlesIn) };
  },
  'shared-buffer': (handle) => {
    const buffer = restoreHandle(handle) as unknown as ArrayBuffer;
    if (buffer.byteLength > MOST_BYTES) throw tooLarge(buffer.byteLength);
    const bytes = Buffer.from(buffer).toString('latin1');
    const sizeBytes = buffer.byteLength;
    const id = `real/${handle.offset}`;
    const frozen = { id, machine: 'memory', kind: 'Value', initial: bytes, name: '', facts: { sizeBytes } };
    return { frozen };
  },
} satisfies Record<string, Freeze>;

function isFrozenKind(kind: string): kind is keyof typeof freeze {
  return Object.hasOwn(freeze, kind);
}
