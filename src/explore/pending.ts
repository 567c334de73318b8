// What a process has asked for and has not got yet, and what of it keeps the process going.
import type { Plain } from './operations';

type Resolve = (result: Plain) => void;

export class Pending {
  readonly #resolves = new Map<number, Resolve>();
  readonly #unneeded = new Set<number>();

  add(number: number, resolve: Resolve): void {
    this.#resolves.set(number, resolve);
  }

  /** Returns what waits for it; undefined if nothing does any more. */
  take(number: number): Resolve | undefined {
    const resolve = this.#resolves.get(number);
    this.#resolves.delete(number);
    this.#unneeded.delete(number);
    return resolve;
  }

  /** Does what Node's ref() and unref() do. */
  keepGoing(number: number, isNeeded: boolean): void {
    if (isNeeded) this.#unneeded.delete(number);
    else if (this.#resolves.has(number)) this.#unneeded.add(number);
  }

  /** Whether the process ends only after some of it. */
  get keepsGoing(): boolean {
    return this.#resolves.size > this.#unneeded.size;
  }
}
