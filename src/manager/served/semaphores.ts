// Semaphore and BoundedSemaphore in the server of a manager. Permits that a dead process held are free again.
import { inspect } from 'node:util';
import { InvalidArgumentError, ReleasedTooOftenError } from '../../errors';
import { type Client, currentCaller } from '../caller';
import { timedOut, Waiters } from './waiters';

export class ServedSemaphore {
  readonly #line = new Waiters();
  readonly #holders = new Map<Client, number>();
  readonly #limit: number;
  #value: number;
  /** From the first release() by another than a holder on, it is not known whose permit it was. */
  #isSignal = false;

  constructor(value = 1, limit = Number.POSITIVE_INFINITY) {
    if (!Number.isInteger(value) || value < 0) {
      throw new InvalidArgumentError('value', 'a whole number from 0', value);
    }
    this.#value = value;
    this.#limit = limit;
  }

  async acquire({ timeout }: { timeout?: number } = {}): Promise<boolean> {
    const { client, signal } = currentCaller();
    const wait = { what: 'Semaphore.acquire()', timeout, signal };
    return (await this.#line.wait(() => this.#take(client), wait)) !== timedOut;
  }

  release(count = 1): void {
    if (!Number.isInteger(count) || count < 1) {
      throw new InvalidArgumentError('count', 'a whole number from 1', count);
    }
    if (this.#value + count > this.#limit) throw new ReleasedTooOftenError(this.#limit);
    const { client } = currentCaller();
    const held = this.#holders.get(client) ?? 0;
    if (held < count) this.#isSignal = true;
    // An entry stays, at 0 too, so that its listener is not added again.
    if (held > 0) this.#holders.set(client, Math.max(0, held - count));
    this.#value += count;
    this.#line.look();
  }

  getValue(): number {
    return this.#value;
  }

  locked(): boolean {
    return this.#value === 0;
  }

  [inspect.custom](): string {
    return `value=${this.#value}`;
  }

  #take(client: Client): true | undefined {
    if (this.#value === 0) return undefined;
    this.#value--;
    const held = this.#holders.get(client);
    if (held === undefined) client.gone.addEventListener('abort', () => this.#died(client), { once: true });
    this.#holders.set(client, (held ?? 0) + 1);
    return true;
  }

  #died(client: Client): void {
    const held = this.#holders.get(client) ?? 0;
    this.#holders.delete(client);
    if (!this.#isSignal) this.#value += held;
    this.#line.look();
  }
}

export class ServedBoundedSemaphore extends ServedSemaphore {
  constructor(value = 1) {
    super(value, value);
  }
}
