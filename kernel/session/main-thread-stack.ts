// What the main thread is busy with at this moment. Called in the middle of anything.

import { isLibrary, isOurs } from './our-files';

export interface Whereabouts {
  /**
   * Whose the innermost code is, apart from Node's, from packages and from the session's. `waiting`: the library's, asleep between
   * two looks; `session`: nobody else's is there; `nobody`: not even that.
   */
  owner: 'student' | 'library' | 'waiting' | 'session' | 'nobody';
  stack: string;
}

/** The library sleeps in the first of these functions, awakes in the second, and holds nothing there. */
const SLEEP = /(^|\.)(waitSync|looks)$/;

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
  const files = frames.filter((frame) => !/^$|^node:/.test(fileOf(frame)));
  const others = files.filter((frame) => isLibrary(fileOf(frame)) || !isOurs(fileOf(frame)));
  if (others.length === 0) return files.length === 0 ? 'nobody' : 'session';
  // Installed, the library is itself below node_modules.
  const innermost = others.find((frame) => isLibrary(fileOf(frame)) || !/node_modules/.test(fileOf(frame)));
  if (!innermost || !isLibrary(fileOf(innermost))) return 'student';
  return SLEEP.test(innermost.getFunctionName() ?? '') ? 'waiting' : 'library';
}

function fileOf(frame: NodeJS.CallSite): string {
  return frame.getFileName() ?? '';
}
