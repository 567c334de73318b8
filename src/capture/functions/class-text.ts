// The text of a class and its parts, for a class value.
import type { ClassShape } from './class-shape';
import { textOf } from './restored-sources';
import { readSource } from './source';

export interface ClassText {
  value: object;
  text: string;
  shape: ClassShape;
}

const known = new WeakMap<object, ClassText | undefined>();

/** Returns undefined for what is no class, and for the classes that V8 itself provides. */
export function classTextOf(value: object): ClassText | undefined {
  if (!known.has(value)) known.set(value, read(value));
  return known.get(value);
}

function read(value: object): ClassText | undefined {
  const text = textOf(value);
  if (!text.startsWith('class')) return undefined;
  const source = readSource(text, false) ?? readSource(text, true);
  return source?.classShape && { value, text, shape: source.classShape };
}

/** The method in the class text that made this member, if it came from there. */
export function methodBehind(known: ClassText, member: unknown, isStatic: boolean) {
  if (typeof member !== 'function') return undefined;
  const text = Function.prototype.toString.call(member);
  return known.shape.methods.find(
    (method) =>
      method.isStatic === isStatic && known.text.slice(method.text.start, method.text.end).endsWith(text),
  );
}

/** Whether the class makes this property by itself when it is evaluated. */
export function isNatural(
  known: ClassText,
  holder: object,
  key: string | symbol,
  isStatic: boolean,
): boolean {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  const parts = [property?.value, property?.get, property?.set];
  return parts.some((part) => methodBehind(known, part, isStatic) !== undefined);
}
