// Finds the object or class that a function belongs to, where its text alone does not say.
import type { Path } from '../path';
import { type ClassText, classTextOf, isNatural } from './class-text';

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

/**
 * The class, of one of these objects, in whose body a function with these private names and this text stands.
 */
export function classOfPrivateNames(
  names: ReadonlySet<string>,
  text: string,
  objects: Iterable<object>,
): object | undefined {
  for (const object of objects) {
    const candidates = classesOf(object).filter(({ shape }) =>
      [...names].every((name) => shape.privateNames.has(name)),
    );
    const around = candidates.find((known) => known.text.includes(text));
    if (around !== undefined) return around.value;
  }
  return undefined;
}

export interface MemberPlace {
  /** A class, or its prototype. */
  holder: object;
  key: string | symbol;
  part: 'value' | 'get' | 'set';
}

/** Where the class of one of these objects has the function as a method of its text. */
export function memberPlace(method: object, objects: Iterable<object>): MemberPlace | undefined {
  for (const object of objects) {
    for (const known of classesOf(object)) {
      const { value } = known;
      for (const holder of [(value as { prototype: object }).prototype, value]) {
        for (const key of Reflect.ownKeys(holder)) {
          if (key === 'constructor' || !isNatural(known, holder, key, holder === value)) continue;
          const property = Object.getOwnPropertyDescriptor(holder, key);
          for (const part of ['value', 'get', 'set'] as const) {
            if (property?.[part] === method) return { holder, key, part };
          }
        }
      }
    }
  }
  return undefined;
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
