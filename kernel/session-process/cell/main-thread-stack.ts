// What the main thread is busy with at this moment. Called in the middle of anything.

import { isLibrary, isOurs } from '../../our-files';
import { endsWith, includes, safely, startsWith } from '../safeguards/pristine';

export interface Whereabouts {
  /**
   * Whose the innermost code is, apart from Node's, from packages and from the session's. `waiting`: the
   * library's, asleep between two looks; `session`: no other code is there; `nobody`: not even that. `hooks`:
   * whichever it is, Node is busy with its async hooks.
   */
  owner: 'student' | 'library' | 'waiting' | 'session' | 'nobody' | 'hooks';
  stack: string;
}

const NativeError = Error;
const { captureStackTrace } = Error;

/** Deep enough to see whose code called a package that called a package. */
const FRAMES = 50;

let probe: { stack?: string } | undefined;
let owner: Whereabouts['owner'] | undefined;

/**
 * `caller` and what it called are left out. Where nothing can be seen, because a cell has broken stacks, it
 * counts as the student's.
 */
export function whereMainThreadIs(caller: (...args: never[]) => unknown): Whereabouts {
  owner = undefined;
  probe = {};
  const remove = safely(placeHook, () => {});
  let stack = '';
  try {
    captureStackTrace(probe, caller);
    // Formatted here and now, while the hook is in place.
    stack = probe.stack ?? '';
  } catch {
    // A hook of the student's, which cannot be replaced.
  }
  probe = undefined;
  safely(remove, undefined);
  return { owner: owner ?? 'student', stack };
}

/**
 * Every hook of the session's that sees stacks calls it: one of them may be in place for good, if a cell
 * freezes `Error`.
 */
export function noteFrames(error: unknown, frames: readonly NodeJS.CallSite[]): void {
  if (error === probe) owner = ownerOf(frames);
}

/** Gives what removes it again. */
function placeHook(): () => void {
  const { stackTraceLimit: limit, prepareStackTrace: prepare } = NativeError;
  NativeError.stackTraceLimit = FRAMES;
  NativeError.prepareStackTrace = (error, frames) => {
    noteFrames(error, frames);
    return prepare ? prepare(error, frames) : '';
  };
  return () => {
    NativeError.prepareStackTrace = prepare;
    NativeError.stackTraceLimit = limit;
  };
}

function ownerOf(frames: readonly NodeJS.CallSite[]): Whereabouts['owner'] {
  let hasFiles = false;
  let hasOthers = false;
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i] as NodeJS.CallSite;
    const file = frame.getFileName() ?? '';
    if (file === 'node:internal/async_hooks' && isDelicate(frame.getFunctionName() ?? '')) return 'hooks';
    if (file === '' || startsWith(file, 'node:')) continue;
    hasFiles = true;
    if (isLibrary(file)) return isAsleep(frame.getFunctionName() ?? '') ? 'waiting' : 'library';
    if (isOurs(file)) continue;
    hasOthers = true;
    // Installed, the library is itself below node_modules.
    if (!includes(file, 'node_modules')) return 'student';
  }
  if (hasOthers) return 'student';
  return hasFiles ? 'session' : 'nobody';
}

/** Whether it is a hook of promises, or the one function that pushes onto the stack of async hooks. */
function isDelicate(name: string): boolean {
  return startsWith(name, 'promise') || name === 'pushAsyncContext';
}

/** The library sleeps in the first of these functions, awakes in the second, and holds nothing there. */
function isAsleep(name: string): boolean {
  const isOne = name === 'waitSync' || name === 'looks' || name === 'sleepSync';
  return isOne || endsWith(name, '.waitSync') || endsWith(name, '.looks');
}
