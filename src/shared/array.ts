// A typed array in shared memory, with a lock beside it.
import { checkOptionsOf } from '../given';
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import { nextName } from '../objects/references';
import { type AcquireOptions, Lock } from '../sync/lock';
import {
  type AnyType,
  type AnyTypedArray,
  type ArrayClass,
  type ArrayOf,
  arrayClasses,
} from './number-types';
import { allocateArray, type Initial } from './raw';
import type { LockOptions } from './value';

interface Guarded<T extends AnyType> extends Composite {
  /** The lock beside it. Python's `get_lock()`. */
  getLock(): Lock;
  /** The same numbers as a plain typed array. */
  getObj(): ArrayOf<T>;
  /** Lock.acquire() of its lock. */
  acquire: Lock['acquire'];
  /** Lock.acquireSync() of its lock. */
  acquireSync: Lock['acquireSync'];
  /** Lock.release() of its lock. */
  release(): void;
  /** Runs `body` while holding the lock. */
  guard<R>(body: () => R | PromiseLike<R>): Promise<R>;
}

/**
 * A typed array that processes share, with a lock for changes that take more than one step: `numbers[3]` is
 * as fast as in any other typed array.
 */
export type SharedArray<T extends AnyType = AnyType> = ArrayOf<T> & Guarded<T>;

interface SharedArrayConstructor {
  /**
   * Makes an array of zeros (`initial` is a length) or of the given elements, with a lock of its own or the
   * given one.
   *
   * What is written later, as in `array[0] = 'x'`, becomes a number as in any typed array.
   *
   * @throws InvalidArgumentError for an unknown type, a length that is none, or an element that is no number.
   */
  new <T extends AnyType>(type: T, initial: Initial<T>, options?: LockOptions): SharedArray<T>;
}

/**
 * Makes a typed array that processes share, with a lock beside it. Python's `multiprocessing.Array`.
 *
 * @example
 * const marks = new SharedArray('int32', [0, 0]);
 * const child = new Process({ target: () => marks.guard(() => { marks[0] = (marks[0] ?? 0) + 1; }) });
 * child.start();
 * await marks.guard(() => { marks[0] = (marks[0] ?? 0) + 1; });
 * await child.join();
 * console.log([...marks]); // → [ 2, 0 ]
 */
export const SharedArray = function SharedArray(
  type: AnyType,
  initial: Initial<AnyType>,
  options: LockOptions = {},
): object {
  checkOptionsOf('lock', options);
  const { lock = new Lock({ name: nextName('SharedArray') }) } = options;
  return guard(allocateArray(type, initial), lock);
} as unknown as SharedArrayConstructor;

interface Inside {
  lock: Lock;
  plain: AnyTypedArray;
}
const insides = new WeakMap<object, Inside>();

const methods: Guarded<AnyType> & ThisType<object> = {
  getLock() {
    return inside(this).lock;
  },
  getObj() {
    return inside(this).plain as ArrayOf<AnyType>;
  },
  acquire: function (this: object, options?: AcquireOptions) {
    return inside(this).lock.acquire(options as AcquireOptions);
  } as Lock['acquire'],
  acquireSync: function (this: object, options?: AcquireOptions) {
    return inside(this).lock.acquireSync(options as AcquireOptions);
  } as Lock['acquireSync'],
  release() {
    inside(this).lock.release();
  },
  guard(body) {
    return inside(this).lock.with(body);
  },
  /** @internal */
  [toParts](): Parts {
    const { plain, lock } = inside(this);
    return { kind: 'shared-array', parts: [plain, lock] };
  },
};

function inside(array: object): Inside {
  const found = insides.get(array);
  if (found === undefined) throw new TypeError('This method belongs to a SharedArray.');
  return found;
}

/** No loop over the array comes to them. */
const hidden = Object.fromEntries(
  Reflect.ownKeys(methods).map((name) => {
    const value: unknown = Reflect.get(methods, name);
    return [name, { value, configurable: true, writable: true }];
  }),
);

// There is one prototype for each kind of typed array. `constructor` stays the plain one's, so that slice()
// and map() give plain arrays.
const prototypes = new Map<ArrayClass, object>(
  Object.values(arrayClasses).map((Class) => [Class, Object.create(Class.prototype, hidden)]),
);

function guard(plain: AnyTypedArray, lock: Lock): Composite {
  const Class = plain.constructor as ArrayClass;
  const array = new Class(plain.buffer, plain.byteOffset, plain.length);
  Object.setPrototypeOf(array, prototypes.get(Class) ?? null);
  insides.set(array, { lock, plain });
  return array as unknown as Composite;
}

registerComposite('shared-array', ([plain, lock]) => guard(plain as AnyTypedArray, lock as Lock));
