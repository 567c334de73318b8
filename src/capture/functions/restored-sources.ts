// What is known of functions and classes that were restored here, for when they travel on to a further
// process: the text of a class before ways to its private fields were put in, the class around a function,
// and `this` of an arrow function.
import type { Origin } from '../captured';

interface RestoredSource {
  text: string;
  origin: Origin;
}

const restored = new WeakMap<object, RestoredSource>();

export function rememberSource(made: object, source: RestoredSource): void {
  restored.set(made, source);
}

export function restoredSourceOf(value: object): RestoredSource | undefined {
  return restored.get(value);
}

const declarers = new WeakMap<object, object>();

/** The class in whose body a function was made again. */
export function rememberDeclarer(made: object, declarer: object): void {
  declarers.set(made, declarer);
}

export function declarerOf(value: object): object | undefined {
  return declarers.get(value);
}

const heldThis = new WeakMap<object, { readonly value: unknown }>();

/** What `this` is in an arrow function that was made again: to read it from V8 takes half a second. */
export function rememberThis(made: object, value: unknown): void {
  heldThis.set(made, { value });
}

export function thisIn(arrow: object): { readonly value: unknown } | undefined {
  return heldThis.get(arrow);
}

export function textOf(value: object): string {
  return restored.get(value)?.text ?? Function.prototype.toString.call(value);
}
