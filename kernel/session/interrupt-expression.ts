// How the watcher's thread reaches the main thread's `interrupt`, and what both know of it while it goes on.

const NAME = 'parlab.session.interrupt';

export const interruptKey = Symbol.for(NAME);

/** To be evaluated in the main thread. Its name on a stack is that of Node's own code, which students are not shown. */
export function interruptExpression(attempt: number): string {
  return `process[Symbol.for(${JSON.stringify(NAME)})](${attempt})\n//# sourceURL=node:interrupt`;
}

/** One shared word, for when the main thread cannot answer. */
export const InterruptionState = { none: 0, going: 1, stoppedProgram: 2 } as const;
