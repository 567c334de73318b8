// A queue that knows how many of its items are still being worked on, as Python's JoinableQueue.

import { TooManyDoneError } from '../errors';
import { checkOptionsOf } from '../given';
import { registerHandle } from '../objects/handle';
import { Existing, type NameOption } from '../objects/shared-object';
import type { Subject } from '../objects/subject';
import { WaitObject } from '../waiting/wait-object';
import { timedOut, timeoutOf, waitUntil, waitUntilSync } from '../waiting/wake';
import { Queue } from './queue';

/** How long join() may wait. */
export interface QueueJoinOptions {
  /** Milliseconds; when they are over, join() gives false. */
  timeout?: number;
  /** Gives the wait up with an error. */
  signal?: AbortSignal;
}

/**
 * A Queue that can wait until all its items have been worked on: join() waits for as many taskDone() as
 * put(). Python's `multiprocessing.JoinableQueue`.
 *
 * @example
 * const jobs = new JoinableQueue<string>();
 * const work = async () => { for await (const job of jobs) { console.log(`did ${job}`); jobs.taskDone(); } };
 * new Process({ target: work, daemon: true }).start();
 * await jobs.put('the dishes');
 * console.log(await jobs.join()); // → did the dishes
 * // → true
 */
export class JoinableQueue<T = unknown> extends Queue<T> {
  readonly #done: WaitObject;

  /** Makes a queue as Queue's constructor does. */
  constructor(maxsize?: number, options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(maxsize = 0, options: NameOption | Existing = {}) {
    super(...([maxsize, options, 'joinable-queue'] as unknown as [number, NameOption]));
    this.#done = new WaitObject(this.memory, this.doneOffset(), this.traced);
  }

  /**
   * Says that an item taken by get() is finished. Python's `task_done()`.
   *
   * @throws TooManyDoneError if all were before.
   * @example
   * new JoinableQueue().taskDone(); // throws TooManyDoneError: …call it once for each get().
   */
  taskDone(): void {
    for (;;) {
      const done = Atomics.load(this.doneCount, 0);
      if (this.unfinished() <= 0) throw new TooManyDoneError();
      if (Atomics.compareExchange(this.doneCount, 0, done, (done + 1) | 0) !== done) continue;
      if (this.unfinished() === 0) this.#done.notifyAll();
      return;
    }
  }

  /**
   * Waits until taskDone() has been called for every item, and resolves to true. A process that dies between
   * get() and taskDone() leaves its item unfinished, so with processes that may die give a timeout. Resolves
   * to false when `timeout` milliseconds are over.
   *
   * @throws WaitAbortedError when `signal` is aborted; DeadlockError if no process is left that could call
   * taskDone().
   */
  async join(options: QueueJoinOptions = {}): Promise<boolean> {
    checkOptionsOf('wait', options);
    const waiting = {
      what: 'JoinableQueue.join()',
      timeoutMs: timeoutOf(options.timeout),
      signal: options.signal,
      subject: this.subject(),
    };
    return (await waitUntil(() => this.#isDone(), this.#done, waiting)) !== timedOut;
  }

  /** As join(), but blocks this thread while it waits. */
  joinSync(options: Omit<QueueJoinOptions, 'signal'> = {}): boolean {
    checkOptionsOf('wait', options);
    const waiting = {
      what: 'JoinableQueue.joinSync()',
      timeoutMs: timeoutOf(options.timeout),
      subject: this.subject(),
    };
    return waitUntilSync(() => this.#isDone(), this.#done, waiting) !== timedOut;
  }

  protected override subject(): Subject {
    return super.subject('JoinableQueue');
  }

  #isDone(): true | undefined {
    return this.unfinished() <= 0 ? true : undefined;
  }
}

registerHandle('joinable-queue', (handle) => new JoinableQueue(0, new Existing(handle)));
