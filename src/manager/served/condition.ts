// Condition in the server of a manager. A notification of a waiter that dies or gives up goes to another.
import { inspect } from 'node:util';
import { InvalidArgumentError } from '../../errors';
import type { AcquireOptions } from '../../sync/lock';
import { currentCaller } from '../caller';
import { ServedLock, ServedRLock } from './locks';
import { Waiters } from './waiters';

interface Turn {
  isNotified: boolean;
}

export class ServedCondition {
  readonly #lock: ServedLock | ServedRLock;
  readonly #line = new Waiters();
  readonly #turns = new Set<Turn>();

  constructor(lock: ServedLock | ServedRLock = new ServedRLock()) {
    if (!(lock instanceof ServedLock || lock instanceof ServedRLock)) {
      throw new InvalidArgumentError('lock', 'a Lock or an RLock of the same manager', lock);
    }
    this.#lock = lock;
  }

  acquire(options?: Omit<AcquireOptions, 'signal'>): Promise<boolean> {
    return this.#lock.acquire(options);
  }

  release(): void {
    this.#lock.release();
  }

  locked(): boolean {
    return this.#lock.locked();
  }

  async wait({ timeout }: { timeout?: number } = {}): Promise<boolean> {
    this.#lock.checkOwner('Condition.wait()');
    const { signal } = currentCaller();
    const turn: Turn = { isNotified: false };
    this.#turns.add(turn);
    const retake = this.#lock.suspend();
    try {
      await this.#line.wait(() => turn.isNotified || undefined, {
        what: 'Condition.wait()',
        timeout,
        signal,
      });
    } catch (error) {
      this.#giveUp(turn);
      await retake();
      throw error;
    }
    this.#turns.delete(turn);
    try {
      await retake();
    } catch (error) {
      this.#giveUp(turn);
      throw error;
    }
    return turn.isNotified;
  }

  notify(count = 1): void {
    if (!Number.isInteger(count) || count < 0) {
      throw new InvalidArgumentError('count', 'a whole number from 0', count);
    }
    this.#lock.checkOwner('Condition.notify()');
    this.#give(count);
  }

  notifyAll(): void {
    this.#lock.checkOwner('Condition.notifyAll()');
    this.#give(this.#turns.size);
  }

  [inspect.custom](): string {
    return `${this.#turns.size} wait, lock ${this.#lock[inspect.custom]()}`;
  }

  #give(count: number): void {
    const waiting = [...this.#turns].filter((turn) => !turn.isNotified);
    for (const turn of waiting.slice(0, count)) turn.isNotified = true;
    this.#line.look();
  }

  #giveUp(turn: Turn): void {
    this.#turns.delete(turn);
    if (turn.isNotified) this.#give(1);
  }
}
