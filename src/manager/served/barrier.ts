// Barrier in the server of a manager. The action runs there.
import { inspect } from 'node:util';
import { BrokenBarrierError, InvalidArgumentError } from '../../errors';
import type { BarrierOptions } from '../../sync/barrier';
import { type Client, currentCaller } from '../caller';
import { timedOut, Waiters } from './waiters';

interface Generation {
  came: number;
  /** 'passed', or why it broke. */
  ended?: string;
}
const PASSED = 'passed';

export class ServedBarrier {
  readonly #parties: number;
  readonly #options: BarrierOptions;
  readonly #line = new Waiters();
  #generation: Generation = { came: 0 };
  #broken: string | undefined;

  constructor(parties: number, options: BarrierOptions = {}) {
    if (!Number.isInteger(parties) || parties < 1) {
      throw new InvalidArgumentError('parties', 'a whole number from 1', parties);
    }
    if (options.action !== undefined && typeof options.action !== 'function') {
      throw new InvalidArgumentError('action', 'a function', options.action);
    }
    this.#parties = parties;
    this.#options = options;
  }

  async wait({ timeout = this.#options.timeout }: { timeout?: number | undefined } = {}): Promise<number> {
    if (this.#broken !== undefined) throw new BrokenBarrierError(this.#broken);
    const { client, signal } = currentCaller();
    const generation = this.#generation;
    const place = generation.came++;
    if (generation.came === this.#parties) return this.#finish(generation, place, client);
    const wait = { what: 'Barrier.wait()', timeout, signal };
    try {
      const ended = await this.#line.wait(() => generation.ended, wait);
      if (ended === timedOut) {
        this.#end(
          generation,
          `${who(client)} waited as long as its timeout allowed, and not everybody had come`,
        );
      }
    } catch (error) {
      const how = client.gone.aborted ? 'died while it waited there' : 'gave its wait up';
      this.#end(generation, `${who(client)} ${how}`);
      throw error;
    }
    if (generation.ended !== PASSED) throw new BrokenBarrierError(generation.ended ?? 'it was left');
    return place;
  }

  reset(): void {
    if (this.#generation.came > 0)
      this.#end(this.#generation, `${who(currentCaller().client)} called reset()`);
    this.#broken = undefined;
  }

  abort(): void {
    this.#end(this.#generation, `${who(currentCaller().client)} called abort()`);
  }

  parties(): number {
    return this.#parties;
  }

  nWaiting(): number {
    return this.#generation.came;
  }

  broken(): boolean {
    return this.#broken !== undefined;
  }

  [inspect.custom](): string {
    const broken = this.#broken === undefined ? '' : ', broken';
    return `${this.nWaiting()} of ${this.#parties} wait${broken}`;
  }

  async #finish(generation: Generation, place: number, client: Client): Promise<number> {
    this.#generation = { came: 0 };
    try {
      await this.#options.action?.();
    } catch (error) {
      this.#end(generation, `its action threw an error for ${who(client)}`);
      throw error;
    }
    generation.ended ??= PASSED;
    this.#line.look();
    return place;
  }

  #end(generation: Generation, reason: string): void {
    if (generation.ended !== undefined) return;
    generation.ended = reason;
    this.#broken = reason;
    if (this.#generation === generation) this.#generation = { came: 0 };
    this.#line.look();
  }
}

function who({ name, pid }: Client): string {
  return `${name} (pid ${pid})`;
}
