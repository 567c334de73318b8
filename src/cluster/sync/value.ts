// One number that all hosts of a room see, with a lock beside it.
import { checkFunction } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import {
  type AnyType,
  arrayClasses,
  type ElementOf,
  NumberCheck,
  typeNamed,
} from '../../shared/number-types';
import type { AcquireOptions } from '../../sync/lock';
import type { Untimed } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import type { Place } from '../address';
import type { ValueName } from '../services/values';
import type { RoomHeld } from './held';
import { RoomLock } from './lock';
import { InRoom, RoomObject } from './room-object';

/**
 * One number of a room. `value` asks the broker each time and blocks this thread meanwhile; `update()`
 * changes it in one piece.
 */
export class RoomValue<T extends AnyType = AnyType> extends RoomObject {
  readonly #type: T;
  readonly #check: NumberCheck;
  readonly #initial: string;
  #lock: RoomLock | undefined;

  /**
   * @throws InvalidArgumentError for an unknown type.
   *
   * @internal
   */
  constructor(place: Place, type: T, initial?: ElementOf<T>, options: NameOption | InRoom = {}) {
    const check = new NumberCheck(type);
    if (initial !== undefined) check.check('initial', initial);
    const text = textOf(type, initial);
    super({ place, kind: 'room-value', service: 'values', traits: { type, initial: text } }, options);
    this.#type = type;
    this.#check = check;
    this.#initial = text;
  }

  /** The number. `value += 1` is a reading and a writing: hold the lock around it, or use update(). */
  get value(): ElementOf<T> {
    return this.#read(this.askSync('get', this.#which()));
  }

  /** Writes the number. */
  set value(value: ElementOf<T>) {
    this.#check.check('value', value);
    this.askSync('set', { ...this.#which(), value: textOf(this.#type, value) });
  }

  /** Resolves to the number. */
  async get(): Promise<ElementOf<T>> {
    return this.#read(await this.ask('get', this.#which()));
  }

  /** Resolves when the number is written. */
  async set(value: ElementOf<T>): Promise<void> {
    this.#check.check('value', value);
    await this.ask('set', { ...this.#which(), value: textOf(this.#type, value) });
  }

  /**
   * Makes it `change(number)`, and resolves to that. `change` is called again if somebody else was quicker.
   */
  async update(change: (value: ElementOf<T>) => ElementOf<T>): Promise<ElementOf<T>> {
    checkFunction('change', change);
    for (;;) {
      const before = await this.get();
      const after = change(before);
      this.#check.check('what change() gives', after);
      const text = textOf(this.#type, after);
      const swapping = { ...this.#which(), expected: textOf(this.#type, before), value: text };
      if (await this.ask<boolean>('swap', swapping)) return this.#read(text);
    }
  }

  /** The lock. Python's `get_lock()`. */
  getLock(): RoomLock {
    this.#lock ??= new RoomLock(this.place, { name: `of ${this.name}` });
    return this.#lock;
  }

  /** Lock.acquire() of its lock. */
  acquire(options?: Untimed<AcquireOptions>): Promise<RoomHeld>;
  acquire(options: AcquireOptions): Promise<RoomHeld | false>;
  acquire(options?: AcquireOptions): Promise<RoomHeld | false> {
    return this.getLock().acquire(options as AcquireOptions);
  }

  /** Lock.acquireSync() of its lock. */
  acquireSync(options?: Untimed<AcquireOptions>): RoomHeld;
  acquireSync(options: AcquireOptions): RoomHeld | false;
  acquireSync(options?: AcquireOptions): RoomHeld | false {
    return this.getLock().acquireSync(options as AcquireOptions);
  }

  /** Lock.release() of its lock. */
  release(): Promise<void> {
    return this.getLock().release();
  }

  /** Runs `body` while holding the lock. */
  with<R>(body: (token: number) => R | PromiseLike<R>): Promise<R> {
    return this.getLock().with(body);
  }

  #which(): ValueName {
    return { name: this.part, initial: this.#initial };
  }

  #read(text: string): ElementOf<T> {
    return (typeNamed(this.#type).startsWith('big') ? BigInt(text) : Number(text)) as ElementOf<T>;
  }
}

/** Cut to what such a number can be, as shared memory would. */
function textOf<T extends AnyType>(type: T, value: ElementOf<T> | undefined): string {
  const cell = new arrayClasses[typeNamed(type)](new ArrayBuffer(8), 0, 1);
  if (value !== undefined) cell[0] = value;
  return Object.is(cell[0], -0) ? '-0' : String(cell[0]);
}

showAs(RoomValue.prototype, (value: RoomValue) => `<Value '${value.name}' in a room>`);

registerHandle('room-value', (handle) => {
  const existing = new InRoom(handle);
  const type = String(existing.traits.type) as AnyType;
  const text = String(existing.traits.initial);
  const initial = typeNamed(type).startsWith('big') ? BigInt(text) : Number(text);
  return new RoomValue(existing.place, type, initial as ElementOf<AnyType>, existing);
});
