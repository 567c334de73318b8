// What the main thread is busy with at this moment. Called in the middle of anything.

import { isLibrary } from './our-files';

export interface Whereabouts {
  /** Whose the innermost code is, apart from Node's and from packages. `waiting`: the library's, asleep between two looks. */
  owner: 'student' | 'library' | 'waiting';
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
  const innermost = frames.find((frame) => {
    const file = frame.getFileName() ?? '';
    return file !== '' && !file.startsWith('node:') && !file.includes('node_modules');
  });
  if (!innermost || !isLibrary(innermost.getFileName() ?? '')) return 'student';
  return SLEEP.test(innermost.getFunctionName() ?? '') ? 'waiting' : 'library';
}
