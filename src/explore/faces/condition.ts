// Condition, as a program under control sees it.

import { InvalidArgumentError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { type Handle, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { Condition as RealCondition } from '../../sync/condition';
import type { Lock as RealLock } from '../../sync/lock';
import type { RLock as RealRLock } from '../../sync/rlock';
import type { Held, Untimed, WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { GAVE_UP, type Plain, perform, runner } from '../operations';
import { Lock } from './lock';
import type { Public } from './public';
import { RLock } from './rlock';
import { type At, indexOf, Thing } from './thing';
import { wait, waitingFor } from './waiting';

const ALL = Number.MAX_SAFE_INTEGER;

export class Condition extends Thing implements Public<RealCondition> {
  readonly #lock: Lock | RLock;
  readonly #base: Lock;

  constructor(lock: Lock | RLock | RealLock | RealRLock = new RLock(), made: NameOption | At = {}) {
    if (!(lock instanceof Lock || lock instanceof RLock)) {
      throw new InvalidArgumentError('lock', 'a Lock or an RLock', lock);
    }
    super({ type: 'condition', machine: 'condition', initial: [[], 0], className: 'Condition' }, made);
    this.#lock = lock;
    this.#base = lock instanceof RLock ? lock.base : lock;
  }

  acquire(options?: Untimed<WaitOptions>): Promise<Held>;
  acquire(options: WaitOptions): Promise<Held | false>;
  acquire(options?: WaitOptions): Promise<Held | false> {
    return this.#lock.acquire(options as WaitOptions);
  }

  acquireSync(options?: Untimed<WaitOptions>): Held;
  acquireSync(options: WaitOptions): Held | false;
  acquireSync(options?: WaitOptions): Held | false {
    return this.#lock.acquireSync(options as WaitOptions);
  }

  release(): void {
    this.#lock.release();
  }

  /** @internal */
  get state(): string {
    return this.#base.state;
  }

  locked(): boolean {
    return this.#lock.locked();
  }

  with<T>(body: () => T | PromiseLike<T>, options?: Untimed<WaitOptions>): Promise<T> {
    return this.#lock.with(body, options);
  }

  async wait(options?: WaitOptions): Promise<boolean> {
    const waiting = waitingFor('Condition.wait()', options);
    const resume = this.#begin('Condition.wait()');
    let result: unknown;
    try {
      result = await wait('wake', this.thing, [], waiting);
    } catch (error) {
      this.do('giveUp');
      await this.#base.acquire();
      resume();
      throw error;
    }
    const wasNotified = result !== GAVE_UP || this.do('leave') === true;
    await this.#base.acquire();
    resume();
    return wasNotified;
  }

  waitSync(options?: WaitOptions): boolean {
    const { timeoutMs } = waitingFor('', options);
    const resume = this.#begin('Condition.waitSync()');
    let result: Plain;
    try {
      result = perform('wake', this.thing, [], { timeoutMs });
    } catch (error) {
      this.do('giveUp');
      this.#base.acquireSync();
      resume();
      throw error;
    }
    const wasNotified = result !== GAVE_UP || this.do('leave') === true;
    this.#base.acquireSync();
    resume();
    return wasNotified;
  }

  async waitFor<T>(predicate: () => T | PromiseLike<T>, options: WaitOptions = {}): Promise<T> {
    const left = countdown(options);
    for (;;) {
      const result = await predicate();
      const remaining = left();
      if (result || remaining === 'none') return result;
      if (!(await this.wait(remaining))) left.isUp = true;
    }
  }

  waitForSync<T>(predicate: () => T, options: WaitOptions = {}): T {
    const left = countdown(options);
    for (;;) {
      const result = predicate();
      const remaining = left();
      if (result || remaining === 'none') return result;
      if (!this.waitSync(remaining)) left.isUp = true;
    }
  }

  notify(count = 1): void {
    if (!Number.isInteger(count) || count < 0)
      throw new InvalidArgumentError('count', 'a whole number from 0', count);
    this.#notify('Condition.notify()', count);
  }

  notifyAll(): void {
    this.#notify('Condition.notifyAll()', ALL);
  }

  /** @internal */
  override [toHandle](): Handle {
    const isRLock = this.#lock instanceof RLock;
    return { ...super[toHandle](), lock: indexOf(this.#base), isRLock };
  }

  #notify(method: string, count: number): void {
    this.#checkTask(method);
    this.do('notify', indexOf(this.#base), method, count);
  }

  #begin(method: string): () => void {
    this.#checkTask(method);
    this.do('enter', indexOf(this.#base), method);
    return this.#lock.suspend();
  }

  /**
   * @throws NotOwnerError if the lock is an RLock that another task has. Whether our process has it, the
   * rules see.
   */
  #checkTask(method: string): void {
    if (this.#lock instanceof RLock) this.#lock.checkOwner(method);
  }
}

/**
 * The options for the next wait of several under one timeout. It is up when one of them ended by it, or the
 * clock says so.
 */
function countdown(options: WaitOptions): { (): WaitOptions | 'none'; isUp?: boolean } {
  checkOptionsOf('wait', options);
  const { timeout } = options;
  if (timeout === undefined) return () => options;
  const deadline = runner().clock + timeout;
  const left: { (): WaitOptions | 'none'; isUp?: boolean } = () => {
    if (left.isUp || runner().clock >= deadline) return 'none';
    return { ...options, timeout: deadline - runner().clock };
  };
  return left;
}

showAs(Condition.prototype, (condition: Condition) => `<Condition, its lock is ${condition.state}>`);
