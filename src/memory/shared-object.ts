// What locks and queues have in common: words in shared memory that live as long as somebody has the object.
import { type Handle, remember, type Shareable, toHandle } from './handle';
import { type Memory, programMemory } from './memory';
import { createObject, type ObjectKind, referWhile } from './references';

/** Where an object lies that another process made. */
export class Existing {
  readonly offset: number;
  constructor(handle: Handle) {
    this.offset = Number(handle.offset);
  }
}

export abstract class SharedObject implements Shareable {
  protected readonly memory: Memory;
  protected readonly offset: number;
  readonly #kind: string;

  constructor(kind: string, sizeBytes: number, existing?: Existing, objectKind?: ObjectKind) {
    this.#kind = kind;
    this.memory = programMemory();
    this.offset = existing?.offset ?? createObject(sizeBytes, objectKind);
    referWhile(this, this.offset);
    if (existing === undefined) remember(this, this[toHandle]());
  }

  [toHandle](): Handle {
    return { kind: this.#kind, offset: this.offset };
  }
}
