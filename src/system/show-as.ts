// How an object of the library looks in console.log(), in util.inspect() and as the value of a cell: one
// short text instead of its memory and its secrets.

const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** `prototype` may also be a single object. */
export function showAs(prototype: object, text: (self: never) => string): void {
  Object.defineProperty(prototype, inspect, {
    value(this: never) {
      return text(this);
    },
  });
}

/** What is true of a thing beside the rest, as words behind a comma. */
export function also(is: boolean, words: string): string {
  return is ? `, ${words}` : '';
}
