// What locks and queues have in common: words in shared memory that live as long as somebody has the object.
import { type Handle, remember, type Shareable, toHandle } from './handle';
import { type Memory, programMemory } from './memory';
import { createObject, nameObject, type ObjectKind, referWhile } from './references';
import type { Subject } from './reports';

/** Where an object lies that another process made. */
export class Existing {
  readonly offset: number;
  constructor(handle: Handle) {
    this.offset = Number(handle.offset);
  }
}

/** How an object is called. */
export interface NameOption {
  /** What errors call it; default: counted, such as Lock-1. */
  name?: string | undefined;
}

/** How an object is called in sentences: the name of its class, and its own. */
interface Called extends NameOption {
  kind: string;
}

export abstract class SharedObject implements Shareable {
  protected readonly memory: Memory;
  protected readonly offset: number;
  readonly #kind: string;

  constructor(
    kind: string,
    sizeBytes: number,
    existing?: Existing,
    objectKind?: ObjectKind,
    called?: Called,
  ) {
    this.#kind = kind;
    this.memory = programMemory();
    this.offset = existing?.offset ?? createObject(sizeBytes, objectKind);
    referWhile(this, this.offset);
    if (existing !== undefined) return;
    if (called !== undefined) nameObject(this.offset, called.kind, called.name);
    remember(this, this[toHandle]());
  }

  /** For a wait that any process may end that has the object. */
  protected subject(kind: string): Subject {
    return { type: 'object', kind, offset: this.offset };
  }

  /** @internal */
  [toHandle](): Handle {
    return { kind: this.#kind, offset: this.offset };
  }
}
