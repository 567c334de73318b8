// Listening, for the library's own conversations: it hands over each item of a queue in the very turn in
// which it is found, so that none is lost when a cell is cut. What follows often comes at once, so it looks
// for a moment before it lets itself be woken.

import { programGoesOn } from '../deadlock/standing-waits';
import type { Patience } from '../system/spin';
import { setImmediate } from '../system/timers';
import type { WaitObject } from '../waiting/wait-object';
import { look, type Waiting, waitUntil } from '../waiting/wake';
import { openMessage, type Received } from './message';

/** Neither function may throw. `broken` is told of an item that cannot be made again here. */
export interface QueueListener<T> {
  item(item: T): void;
  broken(error: unknown): void;
}

/** What it listens to. */
export interface Source {
  readonly items: WaitObject;
  readonly patience: Patience;
  readonly waiting: Waiting;
  take(): Received | undefined;
}

export class Listening<T> {
  readonly #source: Source;
  readonly #listener: QueueListener<T>;
  #isOn = false;
  #isTaking = false;
  #isLookingSoon = false;

  constructor(source: Source, listener: QueueListener<T>) {
    this.#source = source;
    this.#listener = listener;
  }

  /** Holds the event loop until stop(). The listener may call both. */
  begin(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    if (this.#isTaking) return;
    const { patience, items, waiting } = this.#source;
    if (this.#takeAll() || patience.spin(this.#takeAll)) return;
    void waitUntil(this.#takeAndStay, items, waiting);
  }

  /** Hands over at once what is there, also when it does not listen. */
  look(): void {
    const wasOn = this.#isOn;
    this.#isOn = true;
    this.#takeAll();
    if (!wasOn) this.stop();
  }

  stop(): void {
    this.#isOn = false;
    look(this.#source.items);
  }

  /** Returns true once it no longer listens. */
  readonly #takeAll = (): true | undefined => {
    this.#takeSome();
    return !this.#isOn || undefined;
  };

  readonly #takeAndStay = (): true | undefined => {
    if (this.#takeSome() && this.#isOn) this.#lookSoon();
    return !this.#isOn || undefined;
  };

  /** After what the listener has begun, and before the event loop sleeps. */
  #lookSoon(): void {
    if (this.#isLookingSoon) return;
    this.#isLookingSoon = true;
    setImmediate(() => {
      this.#isLookingSoon = false;
      if (this.#isOn && this.#source.patience.spin(() => this.#takeSome() || undefined)) this.#lookSoon();
    });
  }

  #takeSome(): boolean {
    if (this.#isTaking) return false;
    this.#isTaking = true;
    let isSome = false;
    for (;;) {
      const received = this.#isOn ? this.#source.take() : undefined;
      if (received === undefined) break;
      isSome = true;
      programGoesOn();
      this.#hand(received);
    }
    this.#isTaking = false;
    return isSome;
  }

  #hand(received: Received): void {
    let item: T;
    try {
      item = openMessage(received) as T;
    } catch (error) {
      this.#listener.broken(error);
      return;
    }
    this.#listener.item(item);
  }
}
