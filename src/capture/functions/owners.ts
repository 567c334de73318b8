// Finds the object or class that a function belongs to, where its text alone does not say.
import type { Path } from '../path';
import { type ClassText, classTextOf } from './class-text';

/**
 * The object to whose class a field with this very name and text belongs: what `this` means in the arrow
 * function there.
 */
export function fieldOwner(text: string, { holder, key }: Path): object | undefined {
  if (holder === undefined || key === undefined) return undefined;
  return classesOf(holder).some((known) => hasField(known, text, key)) ? holder : undefined;
}

function hasField({ text, shape }: ClassText, field: string, key?: string | symbol): boolean {
  return shape.fieldValues.some(
    ({ start, end, name }) => text.slice(start, end) === field && (key === undefined || name === key),
  );
}

/** The class of an object in whose body a function with these private names, and this text, can stand. */
export function classOfPrivateNames(
  names: Set<string>,
  text: string,
  holder: object | undefined,
): object | undefined {
  if (holder === undefined) return undefined;
  const candidates = classesOf(holder).filter(({ shape }) =>
    [...names].every((name) => shape.privateNames.has(name)),
  );
  return (candidates.find((known) => hasField(known, text)) ?? candidates.at(-1))?.value;
}

/** The classes of an object, the root first; of a class, itself. */
export function classesOf(value: object): ClassText[] {
  const itself = typeof value === 'function' ? classTextOf(value) : undefined;
  if (itself !== undefined) return [itself];
  const found: ClassText[] = [];
  for (let at = value; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    const maker: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    const known = typeof maker === 'function' ? classTextOf(maker) : undefined;
    if (known !== undefined) found.unshift(known);
  }
  return found;
}
