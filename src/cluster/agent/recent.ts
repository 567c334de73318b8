// The latest of what comes again and again, so that who lives long does not keep everything that ever came:
// so many of them, and of so many bytes together.

interface Limits {
  readonly most: number;
  readonly mostBytes?: number;
}

interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
}

export class Recent<K, V> {
  /** The longest unused first. */
  readonly #all = new Map<K, Entry<V>>();
  readonly #limits: Required<Limits>;
  readonly #forgot: (key: K) => void;
  #bytes = 0;

  /** `forgot` is called with each that had to go for another. */
  constructor({ most, mostBytes = Number.POSITIVE_INFINITY }: Limits, forgot: (key: K) => void = () => {}) {
    this.#limits = { most, mostBytes };
    this.#forgot = forgot;
  }

  has(key: K): boolean {
    return this.#all.has(key);
  }

  keys(): IterableIterator<K> {
    return this.#all.keys();
  }

  /** To get it counts as a use. */
  get(key: K): V | undefined {
    const entry = this.#all.get(key);
    if (entry === undefined) return undefined;
    this.#all.delete(key);
    this.#all.set(key, entry);
    return entry.value;
  }

  /** The newest stays, however large it is. */
  set(key: K, value: V, bytes = 0): void {
    this.delete(key);
    this.#all.set(key, { value, bytes });
    this.#bytes += bytes;
    const { most, mostBytes } = this.#limits;
    for (const oldest of this.#all.keys()) {
      if (oldest === key || (this.#all.size <= most && this.#bytes <= mostBytes)) return;
      this.delete(oldest);
      this.#forgot(oldest);
    }
  }

  delete(key: K): void {
    this.#bytes -= this.#all.get(key)?.bytes ?? 0;
    this.#all.delete(key);
  }
}
