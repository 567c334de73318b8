// One number in shared memory, with a lock beside it.
import { checkOptionsOf } from '../given';
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import { nextName } from '../objects/references';
import { type AcquireOptions, type Held, Lock } from '../sync/lock';
import type { Untimed } from '../sync/wait-options';
import { showAs } from '../system/show-as';
import type { AnyType, ElementOf } from './number-types';
import { RawValue } from './raw';

/** Which lock a shared number or array has. */
export interface LockOptions {
  /** The lock, which may guard several values. Default: a new one. */
  lock?: Lock;
}

/**
 * One number that processes share, with a lock for changes that take more than one step. Python's
 * `multiprocessing.Value`.
 *
 * @example
 * const hits = new Value('int32', 0);
 * const child = new Process({ target: () => hits.with(() => { hits.value += 1; }) });
 * child.start();
 * await hits.with(() => { hits.value += 1; });
 * await child.join();
 * console.log(hits.value); // → 2
 */
export class Value<T extends AnyType = AnyType> implements Composite {
  readonly #raw: RawValue<T>;
  readonly #lock: Lock;

  /**
   * `type` may also be a RawValue that exists; it becomes `initial` then, if that is given.
   * @throws InvalidArgumentError for an unknown type.
   */
  constructor(type: T | RawValue<T>, initial?: ElementOf<T>, options: LockOptions = {}) {
    checkOptionsOf('lock', options);
    if (type instanceof RawValue) {
      this.#raw = type;
      if (initial !== undefined) type.value = initial;
    } else this.#raw = new RawValue<T>(type, initial);
    this.#lock = options.lock ?? new Lock({ name: nextName('Value') });
  }

  /**
   * The number. One reading or one writing needs no lock; `value += 1` is both, so hold the lock around it.
   */
  get value(): ElementOf<T> {
    return this.#raw.value;
  }

  /**
   * Writes the number.
   * @throws InvalidArgumentError for what is no number, and for a fraction where the type has whole numbers.
   */
  set value(value: ElementOf<T>) {
    this.#raw.value = value;
  }

  /** Returns the lock. Python's `get_lock()`. */
  getLock(): Lock {
    return this.#lock;
  }

  /** Returns the number without its lock. Python's `get_obj()`. */
  getObj(): RawValue<T> {
    return this.#raw;
  }

  /** Lock.acquire() of its lock. */
  acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  acquire(options: AcquireOptions): Promise<Held | false>;
  acquire(options?: AcquireOptions): Promise<Held | false> {
    return this.#lock.acquire(options as AcquireOptions);
  }

  /** Lock.acquireSync() of its lock. */
  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(options?: AcquireOptions): Held | false {
    return this.#lock.acquireSync(options as AcquireOptions);
  }

  /** Lock.release() of its lock. */
  release(): void {
    this.#lock.release();
  }

  /** Runs `body` while holding the lock. */
  with<R>(body: () => R | PromiseLike<R>): Promise<R> {
    return this.#lock.with(body);
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'value', parts: [this.#raw, this.#lock] };
  }
}

showAs(Value.prototype, (value: Value) => `<Value ${value.getObj().state}>`);

registerComposite('value', ([raw, lock]) => new Value(raw as RawValue, undefined, { lock: lock as Lock }));
