// What locks and queues have in common: words in shared memory that live as long as some process has the
// object.

import { checkOptionsOf } from '../given';
import { type Memory, programMemory } from '../memory/memory';
import { HIDDEN, Traced } from '../trace/traced';
import { type Handle, remember, type Shareable, toHandle } from './handle';
import { referWhile } from './holders';
import {
  countObject,
  createObject,
  nameObject,
  nameOfObject,
  type ObjectKind,
  tracedWordOf,
} from './references';
import type { Subject } from './subject';

/** Where an object lies that another process made. */
export class Existing {
  readonly offset: number;
  /** It has one already. That it could have another lets it stand where a program gives a NameOption. */
  declare readonly name?: undefined;
  constructor(handle: Handle) {
    this.offset = Number(handle.offset);
  }
}

/** The name that a program gives a lock, a queue or another shared object. */
export interface NameOption {
  /** What errors call it; default: counted, such as Lock-1. */
  name?: string | undefined;
}

const hidden: unique symbol = Symbol('parlab.hidden');

/**
 * Returns the options of objects of the library's own, which have no place in a trace, and no number among
 * the program's. `words`: what they are called in a sentence about a process that waits for one.
 */
export function unseenAs(words: string): NameOption {
  return Object.freeze({ name: words, [hidden]: true });
}

interface Shape {
  sizeBytes: number;
  /** Says what has to be let go with it. */
  objectKind?: ObjectKind;
  /** The class as sentences call it; without, there is nothing to wait for. */
  className?: string;
}

export abstract class SharedObject implements Shareable {
  // Private, so that code which lists an object's properties does not meet the whole shared memory.
  readonly #memory = programMemory();
  readonly #offset: number;
  readonly #traced: Traced;
  readonly #kind: string;

  /** `kind` is its handle's. */
  constructor(kind: string, { sizeBytes, objectKind, className }: Shape, made: NameOption | Existing = {}) {
    this.#kind = kind;
    if (!(made instanceof Existing)) checkOptionsOf('name', made);
    const offset = made instanceof Existing ? made.offset : createObject(sizeBytes, objectKind);
    this.#offset = offset;
    referWhile(this, offset);
    const word = tracedWordOf(offset);
    if (hidden in made) this.#memory.i32[word] = HIDDEN;
    const name = className ?? kind;
    this.#traced = new Traced(word, name, () => nameOfObject(offset, name));
    if (made instanceof Existing) return;
    if (className !== undefined && !(hidden in made)) countObject(offset, className);
    nameObject(offset, made.name);
    remember(this, this[toHandle]());
  }

  /** The memory where its words lie. */
  protected get memory(): Memory {
    return this.#memory;
  }

  /** The offset of its words. */
  protected get offset(): number {
    return this.#offset;
  }

  /** The object as a trace knows it. */
  protected get traced(): Traced {
    return this.#traced;
  }

  /** The subject of a wait that any process may end that has the object. */
  protected subject(kind: string): Subject {
    return { type: 'object', kind, offset: this.#offset };
  }

  /** @internal */
  [toHandle](): Handle {
    return { kind: this.#kind, offset: this.offset };
  }
}
