// A flag between processes that others wait for. One word counts how often it changed: odd means that it is
// set.

import { LINE } from '../memory/layout';
import { registerHandle } from '../objects/handle';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import { showAs } from '../system/show-as';
import { isTracing } from '../trace/area';
import { writes } from '../trace/points';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { timedOut, waitUntil, waitUntilSync } from '../waiting/wake';
import { type WaitOptions, waitingFor } from './wait-options';

/**
 * A flag that processes wait for, until one of them sets it. Python's `multiprocessing.Event`. Processes that
 * wait when it is set go on, even if it is cleared again at once.
 *
 * @example
 * const ready = new Event();
 * const child = new Process({ target: async () => { await ready.wait(); console.log('off I go'); } });
 * child.start();
 * ready.set();
 * await child.join(); // → off I go
 */
export class Event extends SharedObject {
  readonly #i32: Int32Array;
  readonly #changes: number;
  readonly #waiters: WaitObject;

  /** Makes an event that is not set. */
  constructor(options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(options: NameOption | Existing = {}) {
    super('event', { sizeBytes: LINE + WAIT_OBJECT_BYTES, className: 'Event' }, options);
    this.#i32 = this.memory.i32;
    this.#changes = this.offset / 4;
    this.#waiters = new WaitObject(this.memory, this.offset + LINE, this.traced);
  }

  /** Whether the event is set now. */
  isSet(): boolean {
    return isOdd(this.#count());
  }

  /** Sets the event, and lets all that wait for it go on. */
  set(): void {
    if (isTracing()) writes(this.traced, 'set');
    const count = this.#count();
    // A process that changes it at this moment sets it as well, or clears it after us.
    if (!isOdd(count)) Atomics.compareExchange(this.#i32, this.#changes, count, (count + 1) | 0);
    // They are told also if it was set: the process that set it may have been killed before it told them.
    this.#waiters.notifyAll();
  }

  /** Clears the event: from now on wait() waits again. */
  clear(): void {
    if (isTracing()) writes(this.traced, 'clear');
    const count = this.#count();
    if (isOdd(count)) Atomics.compareExchange(this.#i32, this.#changes, count, (count + 1) | 0);
  }

  /**
   * Waits until the event is set, and resolves to true; with `timeout` (ms), to false when the time is up.
   */
  async wait(options?: WaitOptions): Promise<boolean> {
    const waiting = waitingFor('Event.wait()', options, this.subject('Event'));
    return (await waitUntil(this.#attempt(), this.#waiters, waiting)) !== timedOut;
  }

  /** As wait(), but blocks this thread while it waits. */
  waitSync(options?: WaitOptions): boolean {
    const waiting = waitingFor('Event.waitSync()', options, this.subject('Event'));
    return waitUntilSync(this.#attempt(), this.#waiters, waiting) !== timedOut;
  }

  #attempt(): () => true | undefined {
    const began = this.#count();
    return () => {
      const now = this.#count();
      return isOdd(now) || now !== began ? true : undefined;
    };
  }

  #count(): number {
    return Atomics.load(this.#i32, this.#changes);
  }
}

function isOdd(count: number): boolean {
  return (count & 1) === 1;
}

showAs(Event.prototype, (event: Event) => `<Event ${event.isSet() ? 'set' : 'unset'}>`);

registerHandle('event', (handle) => new Event(new Existing(handle)));
