// What a cell's `await E` becomes: `await interruptible(E)`. A child process loads this file by name, too,
// and there it changes nothing.

/** What the session puts in place: how the values that a cell awaits are waited for. */
export interface AwaitGuard {
  value(awaited: unknown): unknown;
  iterable(iterated: unknown): unknown;
}

let guard: AwaitGuard | undefined;

export function setAwaitGuard(installed: AwaitGuard): void {
  guard = installed;
}

export function interruptible(awaited: unknown): unknown {
  return guard ? guard.value(awaited) : awaited;
}

/** Makes the `E` of `for await (const x of E)` interruptible. */
export function interruptibleIterable(iterated: unknown): unknown {
  return guard ? guard.iterable(iterated) : iterated;
}
