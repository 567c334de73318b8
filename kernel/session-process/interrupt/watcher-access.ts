// How the watcher's thread reaches the main thread, and what both know of an interrupt while it goes on.

const NAME = 'parlab.session.watcher';

/**
 * What an attempt has come to. `soon`: the thread was where nothing can be ended, for a moment;
 * `terminated`: what kept the thread busy has just been ended, and whether that was all must be seen;
 * `prepared`: it is for the watcher to end it.
 */
export type Attempted = 'over' | 'again' | 'soon' | 'prepared' | 'terminated';

interface WatcherAccess {
  /**
   * Tries to interrupt. Gives an `Attempted`, and in the lines behind it what went wrong on the way, for the
   * kernel's log.
   */
  attempt(number: number): string;
  /** Prepares, for when an attempt fails, the end of what the thread is busy with, and asks nothing. */
  prepare(): void;
  /** How often the event loop has turned since the first call. */
  turns(): number;
  /** A function of Node's that pushes onto the stack of async hooks. */
  readonly pusher: (...args: never[]) => unknown;
}

/** Where no cell can put anything else: neither `process` nor `Symbol` need be what they were. */
export function placeAccess(access: WatcherAccess): void {
  Object.defineProperty(globalThis, NAME, { value: Object.freeze(access) });
}

/**
 * Returns what is to be evaluated in the main thread. Its name on a stack is that of Node's own code, which
 * students are not shown.
 */
export function accessExpression(what: `attempt(${number})` | 'prepare()' | 'turns()' | 'pusher'): string {
  return `this['${NAME}'].${what}\n//# sourceURL=node:interrupt`;
}

/** One shared word, for when the main thread cannot answer. */
export const InterruptionState = { none: 0, going: 1, stoppedProgram: 2 } as const;
