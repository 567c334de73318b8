// Things that every process of a program knows again: each gets an id when it first travels.
import { randomUUID } from 'node:crypto';

export class Identities<Thing extends object | symbol> {
  readonly #ids = new WeakMap<Thing, string>();
  readonly #known = new Map<string, WeakRef<Thing>>();
  readonly #collected = new FinalizationRegistry<string>((id) => {
    if (this.#known.get(id)?.deref() === undefined) this.#known.delete(id);
  });

  idOf(thing: Thing): string | undefined {
    return this.#ids.get(thing);
  }

  /** The id that it has, or a new one. */
  identify(thing: Thing): string {
    // It is made without a stock of random bytes, which forked processes would have in common.
    return this.#ids.get(thing) ?? this.remember(thing, randomUUID({ disableEntropyCache: true }));
  }

  /** The one that this process knows by the id. */
  known(id: string): Thing | undefined {
    return this.#known.get(id)?.deref();
  }

  /** Remembers a thing in place of any other that was known by the id. */
  remember(thing: Thing, id: string): string {
    this.rememberToo(thing, id);
    this.#known.set(id, new WeakRef(thing));
    this.#collected.register(thing, id);
    return id;
  }

  /** It travels under the id, but another is known by it here. */
  rememberToo(thing: Thing, id: string): void {
    this.#ids.set(thing, id);
  }
}
