// The private fields of a class that this process has not made of a text: only V8 can give them to an object
// without the constructor.
import { ANYTHING } from '../anything';
import { functionsOfV8 } from '../functions-of-v8';
import { classTextOf } from './class-text';

interface Natives {
  /** The function that lays out the fields, and sets them to what the class says. */
  initializerOf(made: object): ((this: object) => void) | undefined;
  setPrivate(object: object, name: string, value: unknown): void;
}

const askV8 = functionsOfV8<Natives>(() => ({
  initializerOf: new Function('made', 'return %GetInitializerFunction(made)') as Natives['initializerOf'],
  setPrivate: new Function('o', 'n', 'v', '%SetPrivateMember(o, n, v)') as Natives['setPrivate'],
}));

const tried = new WeakMap<object, boolean>();

/** Whether objects can get the private fields of this class, and nothing of the program runs for it. */
export function canLayOut(made: object): boolean {
  const before = tried.get(made);
  if (before !== undefined) return before;
  const can = tryToLayOut(made);
  tried.set(made, can);
  return can;
}

function tryToLayOut(made: object): boolean {
  const shape = classTextOf(made)?.shape;
  if (shape === undefined || !shape.hasPureFields) return false;
  if (shape.hasPrivateMethods && (!shape.hasPureConstructor || !Object.isExtensible(made))) return false;
  try {
    layOutOriginal(made, {});
    return true;
  } catch {
    return false; // A field asks for what is not there, or this V8 has no such functions.
  }
}

/** Gives `object`, or another in its place, the fields of this class. They have what the class says. */
export function layOutOriginal(made: object, object: object): object {
  const shape = classTextOf(made)?.shape;
  if (!shape?.hasPrivateMethods) {
    askV8((v8) => v8.initializerOf(made))?.call(object);
    return object;
  }
  // Only the constructor gives an object its private methods.
  const prototype: object | null = Object.getPrototypeOf(object);
  const laidOut = construct(made as never, shape.superclass !== undefined, object);
  return Object.setPrototypeOf(laidOut, prototype) as object;
}

function construct(made: new (...args: unknown[]) => object, isDerived: boolean, object: object): object {
  const superclass: object | null = Object.getPrototypeOf(made);
  // No setter of its prototype is to hear of it.
  const target = function target() {} as unknown as new () => object;
  target.prototype = Object.create(null);
  if (!isDerived) return Reflect.construct(made, ANYTHING, target);
  Object.setPrototypeOf(object, null);
  Object.setPrototypeOf(made, function giveObject() {
    return object;
  });
  try {
    return Reflect.construct(made, ANYTHING, target);
  } finally {
    Object.setPrototypeOf(made, superclass);
  }
}

/** Throws if two classes of the object have a field of that name. */
export function setOriginalPrivate(object: object, name: string, value: unknown): void {
  askV8((v8) => v8.setPrivate(object, name, value));
}
