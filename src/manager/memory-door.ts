// How a process of the program finds the server of a manager: through its door, a queue in shared memory.
// Each thread knocks once, and is given a channel of its own.
import { Queue } from '../channel/queue';
import { myIdentity } from '../identity/identity';
import { programMemory } from '../memory/memory';
import { currentSlot, ownerTag, whoIs } from '../memory/slots';
import { type Handle, registerHandle, restoreHandle, type Shareable, toHandle } from '../objects/handle';
import { referWhile } from '../objects/holders';
import { createObject, isInUse, objectKinds, pin, unpin, whenObjectEnds } from '../objects/references';
import { unseenAs } from '../objects/shared-object';
import type { Reply, Request } from './conversation';
import { Link } from './link';
import { MemoryChannel } from './memory-channel';
import type { Holders, Referent } from './referents';

export interface Knock {
  requests: Queue<unknown>;
  replies: Queue<unknown>;
  name: string;
  pid: number;
  tag: number;
}

/** Where a server is, for the processes of its program. */
export interface Door {
  knocks: Queue<Knock>;
  /** The tag of the server's thread. */
  tag: number;
}

const links = new Map<Queue<Knock>, Link>();

export function linkThrough({ knocks, tag }: Door): Link {
  const known = links.get(knocks);
  if (known !== undefined) return known;
  for (const [door, link] of links) if (link.hasEnded) links.delete(door);
  const requests = new Queue<unknown>(0, unseenAs('calls'));
  const replies = new Queue<unknown>(0, unseenAs('an answer'));
  knocks.putNowait({ requests, replies, name: myIdentity().name, pid: process.pid, tag: ownerTag() });
  const link = new Link(new MemoryChannel<Request, Reply>(requests, replies, tag), whoIs(tag));
  links.set(knocks, link);
  return link;
}

const REFERENT_BYTES = 64;

/** What a proxy of this program holds. Who has it keeps the object in the server. */
class MemoryReference implements Shareable {
  readonly link: Link;
  readonly object: number;
  readonly exposed: readonly string[];
  readonly #handle: Handle;

  constructor(handle: Handle, door: Door) {
    this.#handle = handle;
    this.link = linkThrough(door);
    this.object = Number(handle.object);
    this.exposed = exposedIn(handle);
    referWhile(this, Number(handle.offset));
  }

  [toHandle](): Handle {
    return this.#handle;
  }
}

/**
 * Knows from shared memory who has a proxy: the words of each referent count them, those on their way
 * included, and lose those who die.
 */
export class MemoryHolders implements Holders {
  readonly #knocks: Queue<Knock>;
  readonly #handles = new WeakMap<Referent, Handle>();

  constructor(knocks: Queue<Knock>) {
    this.#knocks = knocks;
  }

  begin(referent: Referent): void {
    const offset = createObject(REFERENT_BYTES, objectKinds.referent);
    const door = Number(this.#knocks[toHandle]().offset);
    pin(door);
    programMemory().i32[offset / 4] = door;
    referWhile(referent, offset);
    const exposed = referent.exposed.join(',');
    const { id: object, typeid } = referent;
    this.#handles.set(referent, {
      kind: 'manager-object',
      offset,
      object,
      tag: ownerTag(),
      typeid,
      exposed,
    });
  }

  isHeld(referent: Referent): boolean {
    const { offset } = this.#handle(referent);
    return isInUse(Number(offset), { pins: 0, except: currentSlot() });
  }

  handleOf(referent: Referent): Shareable {
    return { [toHandle]: () => this.#handle(referent) };
  }

  #handle(referent: Referent): Handle {
    return this.#handles.get(referent) as Handle;
  }
}

type Find = (id: number) => object | undefined;
/** The servers in this thread, by the offset of their door. */
const here = new Map<number, Find>();

/** In the server itself what comes back is no proxy but the object. Returns what ends that. */
export function serveHere(knocks: Queue<Knock>, find: Find): () => void {
  const door = Number(knocks[toHandle]().offset);
  here.set(door, find);
  return () => here.delete(door);
}

registerHandle('manager-object', (handle) => {
  const tag = Number(handle.tag);
  const offset = programMemory().i32[Number(handle.offset) / 4] ?? 0;
  const object = tag === ownerTag() ? here.get(offset)?.(Number(handle.object)) : undefined;
  if (object !== undefined) return object as Shareable;
  const knocks = restoreHandle({ kind: 'queue', offset }) as Queue<Knock>;
  return new MemoryReference(handle, { knocks, tag });
});

whenObjectEnds(objectKinds.referent, (offset) => {
  const door = programMemory().i32[offset / 4] ?? 0;
  if (door !== 0) unpin(door);
});

function exposedIn({ exposed }: Handle): string[] {
  return String(exposed)
    .split(',')
    .filter((name) => name !== '');
}
