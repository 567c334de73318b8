// The types that each class of managers has been taught, and the methods that make their objects.
import { InvalidArgumentError } from '../errors';
import type { ManagedType, TypeOptions, Types } from './managed-type';
import { type StandardType, standardTypes } from './standard-types';

/** What makes an object: a class, a function, or the name of a type of SyncManager. */
type Create<A extends unknown[], T> =
  | (new (
      ...args: A
    ) => T)
  | ((...args: A) => T | PromiseLike<T>)
  | StandardType;

interface Class {
  readonly prototype: object;
}

interface Maker {
  create(typeid: string, args: readonly unknown[]): unknown;
}

const registered = new WeakMap<object, Record<string, ManagedType>>();

export function register<A extends unknown[], T extends object>(
  this: { readonly prototype: object },
  typeid: string,
  create?: Create<A, T>,
  options: TypeOptions<T> = {},
): void {
  const [base = this] = chainTo(this);
  if (typeof typeid !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(typeid) || typeid in base.prototype) {
    throw new InvalidArgumentError('typeid', 'a name for a method, such as Counter', typeid);
  }
  const isStandard = typeof create === 'string' && Object.hasOwn(standardTypes, create);
  if (create !== undefined && typeof create !== 'function' && !isStandard) {
    throw new InvalidArgumentError('create', "a class, a function, or a type's name such as 'Queue'", create);
  }
  const own = registered.get(this) ?? {};
  registered.set(this, own);
  own[typeid] = {
    ...options,
    ...(isStandard ? { standard: create } : create !== undefined && { create }),
  } as ManagedType;
  Object.defineProperty(this.prototype, typeid, {
    configurable: true,
    writable: true,
    value(this: Maker, ...args: unknown[]) {
      return this.create(typeid, args);
    },
  });
}

/** Returns the types of the class itself, and of the classes that it extends. */
export function typesOf(manager: Class): Types {
  return Object.assign({}, ...chainTo(manager).map((each) => registered.get(each) ?? {}));
}

/** Returns the classes from BaseManager down to this one. */
function chainTo(manager: Class): Class[] {
  const chain: Class[] = [];
  for (let at = manager; at !== Function.prototype; at = Object.getPrototypeOf(at)) chain.unshift(at);
  return chain;
}
