// Value, as a program under control sees it.
import { checkOptionsOf } from '../../given';
import { type Composite, type Parts, toParts } from '../../objects/handle';
import type { AnyType, ElementOf } from '../../shared/number-types';
import type { RawValue as RealRawValue } from '../../shared/raw';
import type { LockOptions, Value as RealValue } from '../../shared/value';
import type { AcquireOptions, Held, Lock as RealLock } from '../../sync/lock';
import type { Untimed } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { Lock } from './lock';
import type { Public } from './public';
import { RawValue } from './raw';
import { lastName, nextName } from './thing';

export class Value<T extends AnyType = AnyType> implements Public<RealValue<T>>, Composite {
  readonly #raw: RawValue<T>;
  readonly #lock: Lock;

  constructor(
    type: T | RawValue<T> | RealRawValue<T>,
    initial?: ElementOf<T>,
    options: LockOptions | { lock?: Lock } = {},
  ) {
    checkOptionsOf('lock', options);
    const isMade = typeof type === 'object';
    this.#raw = isMade ? (type as RawValue<T>) : new RawValue<T>(type, initial, 'Value');
    if (isMade && initial !== undefined) this.#raw.value = initial;
    const name = () => (isMade ? nextName('Value') : lastName('Value'));
    this.#lock = (options.lock ?? new Lock({ name: name() })) as unknown as Lock;
  }

  get value(): ElementOf<T> {
    return this.#raw.value;
  }

  set value(value: ElementOf<T>) {
    this.#raw.value = value;
  }

  getLock(): RealLock {
    return this.#lock as unknown as RealLock;
  }

  getObj(): RealRawValue<T> {
    return this.#raw as unknown as RealRawValue<T>;
  }

  acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  acquire(options: AcquireOptions): Promise<Held | false>;
  acquire(options: AcquireOptions = {}): Promise<Held | false> {
    return this.#lock.acquire(options);
  }

  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(options: AcquireOptions = {}): Held | false {
    return this.#lock.acquireSync(options);
  }

  release(): void {
    this.#lock.release();
  }

  with<R>(body: () => R | PromiseLike<R>): Promise<R> {
    return this.#lock.with(body);
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'value', parts: [this.#raw, this.#lock] };
  }
}

showAs(Value.prototype, (value: Value) => `<Value ${(value.getObj() as unknown as RawValue).state}>`);
