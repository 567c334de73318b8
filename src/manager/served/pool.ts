// Pool in the server of a manager: work that its caller has given up, or died over, is stopped.
import { inspect } from 'node:util';
import type { MapOptions, PoolOptions, WorkOptions } from '../../pool/options';
import { Pool } from '../../pool/pool';
import { currentCaller } from '../caller';

type Target = (...args: unknown[]) => unknown;

export class ServedPool {
  readonly #pool: Pool<unknown[]>;

  constructor(options: PoolOptions<unknown[]>) {
    this.#pool = new Pool(options);
  }

  apply(target: Target, args: unknown[] = [], options?: WorkOptions) {
    return this.#pool.apply(target, args, untilGivenUp(options));
  }

  map(target: Target, items: unknown[], options?: MapOptions) {
    return this.#pool.map(target, items, untilGivenUp(options));
  }

  starmap(target: Target, items: unknown[][], options?: MapOptions) {
    return this.#pool.starmap(target, items, untilGivenUp(options));
  }

  // What these return is asked in calls of its own, and outlives this one.

  applyAsync(target: Target, args: unknown[] = [], options?: WorkOptions) {
    return this.#pool.applyAsync(target, args, options);
  }

  mapAsync(target: Target, items: unknown[], options?: MapOptions) {
    return this.#pool.mapAsync(target, items, options);
  }

  starmapAsync(target: Target, items: unknown[][], options?: MapOptions) {
    return this.#pool.starmapAsync(target, items, options);
  }

  imap(target: Target, items: unknown[], options?: MapOptions) {
    return this.#pool.imap(target, items, options);
  }

  imapUnordered(target: Target, items: unknown[], options?: MapOptions) {
    return this.#pool.imapUnordered(target, items, options);
  }

  close(): void {
    this.#pool.close();
  }

  terminate(): void {
    this.#pool.terminate();
  }

  join() {
    return this.#pool.join();
  }

  [inspect.custom](): string {
    return inspect(this.#pool);
  }
}

function untilGivenUp<T extends WorkOptions>(options?: T): WorkOptions & Partial<T> {
  return { ...options, signal: currentCaller().signal } as WorkOptions & Partial<T>;
}
