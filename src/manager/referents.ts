// The objects of a server. An object is kept while a process has a proxy of it; any other only as long as one
// that is kept refers to it, which is the garbage collector's affair: so nested objects and cycles come
// right.
import { type Composite, type Parts, type Shareable, toParts } from '../objects/handle';
import { type ManagedType, publicMethods } from './managed-type';

/** How it is known whether a proxy is left: by shared memory, or by what each connection has been given. */
export interface Holders {
  /** Is called once, before the first proxy of it is made. */
  begin(referent: Referent): void;
  isHeld(referent: Referent): boolean;
  /** What a proxy in another process of this program is made of. */
  handleOf(referent: Referent): Shareable;
}

export class Referent implements Composite {
  readonly id: number;
  readonly typeid: string;
  readonly type: ManagedType;
  readonly exposed: readonly string[];
  /** It is kept as long as the server. */
  isPermanent = false;
  readonly #weak: WeakRef<object>;
  readonly #holders: Holders;
  #strong: object | undefined;

  constructor(id: number, object: object, typeid: string, type: ManagedType, holders: Holders) {
    this.id = id;
    this.typeid = typeid;
    this.type = type;
    this.exposed = type.exposed ?? publicMethods(object);
    this.#weak = new WeakRef(object);
    this.#holders = holders;
    this.#strong = object;
  }

  get object(): object | undefined {
    return this.#strong ?? this.#weak.deref();
  }

  get isKept(): boolean {
    return this.#strong !== undefined;
  }

  /** A proxy of it is about to be given away. */
  keep(): void {
    this.#strong = this.object;
  }

  letGo(): void {
    const object = this.#strong;
    this.#strong = undefined;
    if (object !== undefined) this.type.release?.(object as never);
  }

  /** In a message it arrives as a proxy. */
  [toParts](): Parts {
    this.keep();
    return { kind: 'manager-proxy', parts: [this.#holders.handleOf(this), this.typeid, this.type.proxyType] };
  }
}

export class Referents {
  readonly #holders: Holders;
  readonly #byId = new Map<number, Referent>();
  readonly #byObject = new WeakMap<object, Referent>();
  readonly #collected = new FinalizationRegistry<number>((id) => this.#byId.delete(id));
  #lastId = 0;

  constructor(holders: Holders) {
    this.#holders = holders;
  }

  /** Returns the same referent for the same object. */
  register(object: object, typeid: string, type: ManagedType): Referent {
    const known = this.#byObject.get(object);
    if (known !== undefined) {
      known.keep();
      return known;
    }
    const referent = new Referent(++this.#lastId, object, typeid, type, this.#holders);
    this.#byId.set(referent.id, referent);
    this.#byObject.set(object, referent);
    this.#collected.register(object, referent.id);
    this.#holders.begin(referent);
    // By this it becomes a proxy too where it is part of another value.
    if (Object.isExtensible(object)) {
      Object.defineProperty(object, toParts, { value: () => referent[toParts](), configurable: true });
    }
    return referent;
  }

  get(id: number): Referent | undefined {
    return this.#byId.get(id);
  }

  /** Returns the referent of an object, or of what stands for it already on its way out. */
  standingFor(object: object): Referent | undefined {
    if (object instanceof Referent) return this.#byId.get(object.id) === object ? object : undefined;
    return this.of(object);
  }

  of(object: object): Referent | undefined {
    return this.#byObject.get(object);
  }

  /** How many objects there are of which a process has a proxy. */
  get count(): number {
    return [...this.#byId.values()].filter(({ isKept }) => isKept).length;
  }

  /** The server has ended. */
  clear(): void {
    for (const referent of this.#byId.values()) if (referent.isKept) referent.letGo();
  }

  /** Lets go of what is not needed any more. */
  sweep(): void {
    for (const referent of this.#byId.values()) {
      const { isKept, isPermanent } = referent;
      if (isKept && !isPermanent && !this.#holders.isHeld(referent)) referent.letGo();
    }
  }
}
