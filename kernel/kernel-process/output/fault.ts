// What a person reads when the kernel could not do what was asked, and whether that is a fault of the
// kernel's own.

import { errorTitle } from 'parlab/host/error-title';
import type { ShownError } from '../../conversations/session';

/** Its sentence is written for the person who asked, and says what to do. */
export class Refusal extends Error {
  override readonly name: string;

  constructor(name: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = name;
  }
}

const LANGUAGES_OWN: ReadonlySet<string> = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
]);

/**
 * What the log must know of. Our own errors speak for themselves; those of the language come where we did not
 * think of them.
 */
export function isFault(error: unknown): boolean {
  return !(error instanceof Error) || LANGUAGES_OWN.has(error.name);
}

export function shownError(error: unknown): ShownError {
  const { name, message } = isFault(error) ? ofKernel(error) : (error as Error);
  return { name, message, traceback: [errorTitle(name, message)] };
}

/** Returns one line for the log, with the place where it happened. */
export function forLog(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}

function ofKernel(error: unknown): { name: string; message: string } {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'EMFILE' || code === 'ENFILE') {
    return {
      name: 'KernelFault',
      message: `The kernel can open no more files (${String(code)}): close files and connections that your cells left open, or raise "ulimit -n", and run the cell again.`,
    };
  }
  if (error instanceof RangeError && /call stack/.test(said)) {
    return {
      name: 'NestedTooDeep',
      message: `Something in this cell is nested too deeply (${said}): write it with fewer levels, for example in several statements.`,
    };
  }
  return {
    name: 'KernelFault',
    message: `The kernel failed at this cell (${said.split('\n')[0]}). Your variables are still there: run the cell again, and restart the kernel if that does not help.`,
  };
}
