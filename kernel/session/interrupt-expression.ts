// How the watcher's thread reaches the main thread's `interrupt`: the key of `process` that it stands under.

const NAME = 'parlab.session.interrupt';

export const interruptKey = Symbol.for(NAME);

/** To be evaluated in the main thread. */
export function interruptExpression(attempt: number): string {
  return `process[Symbol.for(${JSON.stringify(NAME)})](${attempt})`;
}
