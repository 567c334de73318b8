// Makes an object with what its class keeps out of its type: how it is restored is no business of programs,
// and a second signature would make TypeScript's messages about the first one unreadable.

/** `args`: as the constructor is written, not as it is typed. */
export function construct<T>(made: abstract new (...args: never) => T, ...args: readonly unknown[]): T {
  return new (made as unknown as new (...args: readonly unknown[]) => T)(...args);
}
