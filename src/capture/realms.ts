// Other realms: a test runner gives each test file a global of its own, as node:vm gives any program one.
// What JavaScript itself brings along, such as `Map` and `Object.prototype`, exists once in each of them; in
// a message each stands for the receiver's own.
import { runInThisContext } from 'node:vm';

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const textOf = Function.prototype.toString;
const NATIVE_CLASS = /^function ([A-Z]\w*)\(\) \{ \[native code\] \}$/;

/** The prototypes that have no global name. */
const unnamed = new Map<string, object>(
  [Float64Array, async () => {}, function* () {}, async function* () {}].map((example) => {
    const maker = makerOf(getPrototypeOf(example)) ?? getPrototypeOf(example);
    return [maker.name, maker];
  }),
);

/**
 * What this realm has in the place of another's class, or a class's prototype. Undefined for all that is of
 * this realm, and for all that a program made.
 */
export function ownOf(value: object): object | undefined {
  // What is no Object here is of another realm, or has no prototype, as our own `Object.prototype`.
  if (value instanceof Object || value === Object.prototype) return undefined;
  // `Function.prototype` is a function, too.
  const maker = makerOf(value) ?? (typeof value === 'function' ? value : undefined);
  if (maker === undefined) return undefined;
  const text = textOf.call(maker);
  const name = NATIVE_CLASS.exec(text)?.[1];
  if (name === undefined) return undefined;
  const own: unknown = getOwnPropertyDescriptor(globalThis, name)?.value ?? unnamed.get(name);
  // A program may have put something else in its place.
  if (typeof own !== 'function' || own === maker || textOf.call(own) !== text) return undefined;
  return maker === value ? own : (own.prototype as object);
}

/** The prototype of an object, or this realm's in its place. */
export function prototypeOf(value: object): object | null {
  const prototype: object | null = getPrototypeOf(value);
  return prototype && (ownOf(prototype) ?? prototype);
}

/** The realm that Node itself works in, also where a test runner has loaded us in another. */
export const mainGlobal: object = runInThisContext('globalThis');

export function isMainRealm(): boolean {
  return mainGlobal === globalThis;
}

/** The class whose prototype this is. */
function makerOf(prototype: object): (new () => unknown) | undefined {
  const maker: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof maker === 'function' && maker.prototype === prototype
    ? (maker as new () => unknown)
    : undefined;
}
