// Whether two results are alike, and how they are shown. Pure.
import { inspect, isDeepStrictEqual } from 'node:util';
import { readResult } from './read';
import { writeResult } from './write';

/**
 * Whether they are the same, as isDeepStrictEqual() says it of the values themselves, wherever each of them
 * was made.
 */
export function isSameResult(one: unknown, other: unknown): boolean {
  const [a, b] = [writeResult(one), writeResult(other)];
  // The first for dates that are none, which Node tells apart from themselves.
  return a === b || isDeepStrictEqual(readResult(a), readResult(b));
}

/** Returns a value as results are told: the classes of instances are known by their names alone. */
export function resultOf(value: unknown): unknown {
  return readResult(writeResult(value));
}

/** Shows a result in one line. */
export function showResult(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY });
}

/** Shows as much of two results that are not alike as it takes to see that. */
export function showBoth(one: unknown, other: unknown): readonly [string, string] {
  const short = [showResult(one), showResult(other)] as const;
  if (short[0] !== short[1]) return short;
  const whole = {
    breakLength: Number.POSITIVE_INFINITY,
    depth: null,
    maxArrayLength: null,
    maxStringLength: null,
  };
  const long = [inspect(one, whole), inspect(other, whole)] as const;
  return long[0] === long[1] ? [short[0], `another ${short[1]}`] : long;
}
