// Which tasks wait for a notification and which have one, in shared memory: a row for each process and
// thread, whose number holds both counts (waiting above, notified below), so that one exchange moves a waiter
// from one to the other. A notification is given before it is taken elsewhere: a SIGKILL in between may
// double it, never lose it.
import { SharedMemoryError } from '../errors';
import type { Memory } from '../memory/memory';
import { MUTEX_BYTES, Mutex } from '../memory/mutex';
import { isTagAlive, slotOfTag } from '../memory/slots';
import { PER_SLOT_BYTES, PerSlot } from './per-slot';

const NEXT_SLOT = MUTEX_BYTES / 4;
const ROWS = 64;
export const NOTIFICATIONS_BYTES = ROWS + PER_SLOT_BYTES;

const WAITING = 1 << 16;
const NOTIFIED_MASK = WAITING - 1;
const MOST_WAITING = 2 ** 15 - 1;

export class Notifications {
  readonly #i32: Int32Array;
  readonly #at: number;
  readonly #mutex: Mutex;
  readonly #rows: PerSlot;
  /** How many of this thread's notifications have found their waiter, which has still to get its lock. */
  #claimed = 0;

  constructor(memory: Memory, offset: number) {
    this.#i32 = memory.i32;
    this.#at = offset / 4;
    this.#mutex = new Mutex(memory, offset);
    this.#rows = new PerSlot(memory.i32, offset + ROWS);
  }

  /** Notes that one more task of this thread waits. */
  enter(): void {
    if (!this.#rows.isOwn()) {
      this.#mutex.lock();
      this.#rescue();
      this.#rows.openOwn();
      this.#mutex.unlock();
    }
    if (this.#rows.ownNumber() / WAITING >= MOST_WAITING) {
      throw new SharedMemoryError(`${MOST_WAITING} tasks of this thread wait for the condition already.`);
    }
    Atomics.add(this.#i32, this.#rows.own, WAITING);
  }

  /** Gives a notification of this thread to the task that asks; true if there was one. */
  claim(): boolean {
    if ((this.#rows.ownNumber() & NOTIFIED_MASK) <= this.#claimed) return false;
    this.#claimed++;
    return true;
  }

  /**
   * A task waits no more. False if each of those that waited has been notified by now: then this one has,
   * too.
   */
  leave(): boolean {
    for (;;) {
      const number = this.#rows.ownNumber();
      if (number < WAITING) return false;
      if (Atomics.compareExchange(this.#i32, this.#rows.own, number, number - WAITING) === number)
        return true;
    }
  }

  /** The task that claimed goes on. */
  finish(): void {
    this.#claimed--;
    Atomics.sub(this.#i32, this.#rows.own, 1);
  }

  /** Notifies up to `count` waiters; returns how many. */
  give(count: number): number {
    this.#mutex.lock();
    const given = this.#give(count);
    this.#mutex.unlock();
    return given;
  }

  /** The task that claimed gives up: another waiter gets what it had. */
  handOn(): void {
    this.#mutex.lock();
    this.#give(1);
    this.finish();
    this.#mutex.unlock();
  }

  /** Hands on what the dead were given; returns how many waiters got something. */
  rescue(): number {
    this.#mutex.lock();
    const given = this.#rescue();
    this.#mutex.unlock();
    return given;
  }

  #rescue(): number {
    let given = 0;
    this.#rows.eachDead((word, number) => {
      given += this.#give(number & NOTIFIED_MASK);
      Atomics.store(this.#i32, word, 0);
    });
    return given;
  }

  #give(count: number): number {
    let left = count;
    if (left === 0) return 0;
    this.#rows.each(
      (word, _number, tag) => {
        if (!isTagAlive(tag)) return undefined;
        while (left > 0 && this.#move(word)) {
          left--;
          this.#i32[this.#at + NEXT_SLOT] = slotOfTag(tag) + 1;
        }
        return left === 0;
      },
      this.#i32[this.#at + NEXT_SLOT],
    );
    return count - left;
  }

  #move(word: number): boolean {
    for (;;) {
      const number = Atomics.load(this.#i32, word);
      if (number < WAITING) return false;
      if (Atomics.compareExchange(this.#i32, word, number, number - WAITING + 1) === number) return true;
    }
  }
}
