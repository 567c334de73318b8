// Event in the server of a manager.
import { inspect } from 'node:util';
import { currentCaller } from '../caller';
import { timedOut, Waiters } from './waiters';

export class ServedEvent {
  readonly #line = new Waiters();
  #isSet = false;

  isSet(): boolean {
    return this.#isSet;
  }

  set(): void {
    this.#isSet = true;
    this.#line.look();
  }

  clear(): void {
    this.#isSet = false;
  }

  [inspect.custom](): string {
    return this.#isSet ? 'set' : 'unset';
  }

  async wait({ timeout }: { timeout?: number } = {}): Promise<boolean> {
    const wait = { what: 'Event.wait()', timeout, signal: currentCaller().signal };
    return (await this.#line.wait(() => this.#isSet || undefined, wait)) !== timedOut;
  }
}
