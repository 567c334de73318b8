// How an object of a manager gives a copy of itself: what getValue() of its proxy resolves to.

export const copy: unique symbol = Symbol('parlab.copy');

interface Copyable {
  [copy](): unknown;
}

export function isCopyable(value: object): value is Copyable {
  return copy in value;
}
