// What the main thread is busy with at this moment. Called in the middle of anything.

import { isLibrary } from './our-files';

export interface Whereabouts {
  /** Whether the innermost code, apart from Node's, is the library's. */
  inLibrary: boolean;
  stack: string;
}

/** `caller` and what it called are left out. */
export function whereMainThreadIs(caller: (...args: never[]) => unknown): Whereabouts {
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  let innermost: string | undefined;
  Error.stackTraceLimit = 50;
  Error.prepareStackTrace = (error, frames) => {
    innermost = frames
      .map((frame) => frame.getFileName() ?? '')
      .find((file) => file !== '' && !file.startsWith('node:'));
    return prepare ? prepare(error, frames) : String(error);
  };
  const where: { stack?: string } = {};
  Error.captureStackTrace(where, caller);
  // Formatted here and now, while this function's hook is in place.
  const { stack = '' } = where;
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  return { inLibrary: innermost !== undefined && isLibrary(innermost), stack };
}
