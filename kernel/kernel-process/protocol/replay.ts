// Remembers the signatures of what came, so that a recorded message cannot be sent a second time.

/** Jupyter's own clients remember as many: a replay of something older is as good as new to them too. */
const REMEMBERED = 65_536;

export class ReplayCache {
  readonly #seen = new Set<string>();
  readonly #remembered: number;

  constructor(remembered = REMEMBERED) {
    this.#remembered = remembered;
  }

  /** Whether this signature is new. An empty one (no key) says nothing about its message, so it always is. */
  admit(signature: string): boolean {
    if (signature === '') return true;
    if (this.#seen.has(signature)) return false;
    this.#seen.add(signature);
    if (this.#seen.size > this.#remembered) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest as string);
    }
    return true;
  }
}
