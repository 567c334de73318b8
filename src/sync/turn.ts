// One wait of a condition, from before the lock is given back until it is ours again or the wait is given up.

import { SLICE_MS } from '../memory/memory';
import { performance } from '../system/timers';
import type { WaitObject } from '../waiting/wait-object';
import type { Notifications } from './notifications';

export class Turn {
  readonly #notifications: Notifications;
  readonly #waiters: WaitObject;
  /** Is to be called once the lock is ours again. */
  readonly resume: () => void;
  #stands: 'waiting' | 'notified' | 'left' = 'waiting';
  #lookForDeadAt = performance.now() + SLICE_MS / 2;

  constructor(notifications: Notifications, waiters: WaitObject, suspend: () => () => void) {
    this.#notifications = notifications;
    this.#waiters = waiters;
    notifications.enter();
    // Only now, after we are counted: what is notified from here on is for us, too.
    this.resume = suspend();
  }

  attempt(): true | undefined {
    if (performance.now() > this.#lookForDeadAt) {
      this.#lookForDeadAt = performance.now() + SLICE_MS / 2;
      if (this.#notifications.rescue() > 0) this.#waiters.notifyAll();
    }
    if (!this.#notifications.claim()) return undefined;
    this.#stands = 'notified';
    return true;
  }

  /** The time may be up, yet a notification may have come in the meantime. */
  stopWaiting(): void {
    if (this.#stands !== 'waiting') return;
    this.#stands = this.#notifications.leave() || !this.#notifications.claim() ? 'left' : 'notified';
  }

  giveUp(): void {
    this.stopWaiting();
    if (this.#stands !== 'notified') return;
    this.#stands = 'left';
    this.#notifications.handOn();
    this.#waiters.notifyAll();
  }

  /** Whether it ends by a notification. */
  finish(): boolean {
    const wasNotified = this.#stands === 'notified';
    if (wasNotified) this.#notifications.finish();
    this.#stands = 'left';
    return wasNotified;
  }
}
