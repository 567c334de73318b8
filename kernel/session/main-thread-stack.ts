// What the main thread is busy with at this moment. Called in the middle of anything.

import { isLibrary } from './our-files';

export interface Whereabouts {
  /**
   * Whose the innermost code is, apart from Node's and from packages. `waiting`: the library's, asleep between two looks;
   * `nobody`: the stack is empty.
   */
  owner: 'student' | 'library' | 'waiting' | 'nobody';
  stack: string;
}

/** The library sleeps in functions of this name, and holds nothing there. */
const SLEEP = /(^|\.)waitSync$/;

/** `caller` and what it called are left out. */
export function whereMainThreadIs(caller: (...args: never[]) => unknown): Whereabouts {
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  let owner: Whereabouts['owner'] = 'student';
  Error.stackTraceLimit = 50;
  Error.prepareStackTrace = (error, frames) => {
    owner = ownerOf(frames);
    return prepare ? prepare(error, frames) : String(error);
  };
  const where: { stack?: string } = {};
  Error.captureStackTrace(where, caller);
  // Formatted here and now, while this function's hook is in place.
  const { stack = '' } = where;
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  return { owner, stack };
}

function ownerOf(frames: NodeJS.CallSite[]): Whereabouts['owner'] {
  const files = frames.filter((frame) => !/^$|^node:/.test(frame.getFileName() ?? ''));
  if (files.length === 0) return 'nobody';
  const innermost = files.find((frame) => !frame.getFileName()?.includes('node_modules'));
  if (!innermost || !isLibrary(innermost.getFileName() ?? '')) return 'student';
  return SLEEP.test(innermost.getFunctionName() ?? '') ? 'waiting' : 'library';
}
