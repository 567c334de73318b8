// Says in a sentence why a session ended and what that means for the student.

import { constants } from 'node:os';
import { errorTitle } from 'parlab/host/error-title';
import { MUTE_EXIT_CODE, type ShownError } from '../../conversations/session';
import type { Ending } from './session-process';

/** What was known of the session when it ended. */
interface LastSigns {
  /** The code given to `process.exit` in a cell, if that is how it ended. */
  exitedWith: number | undefined;
  /** Why it could not go on, in a sentence of the session's or the supervisor's. */
  gaveUp: string | undefined;
  /** The end of its raw stderr: the runtime writes there why it aborts. */
  stderr: string;
  /** Whether cells had run, so that variables are lost. */
  used: boolean;
}

export function describeEnding(ending: Ending, signs: LastSigns): ShownError {
  const consequence = signs.used
    ? 'All variables are lost. A new session is ready: run your cells again from the top.'
    : 'A new session is started.';
  return sessionEnded(`${cause(ending, signs)} ${consequence}`);
}

/** What a cell is told that comes when no session is started any more. */
export function noSession(): ShownError {
  return sessionEnded('The kernel is ending, so this cell was not run.');
}

function sessionEnded(message: string): ShownError {
  return { name: 'SessionEnded', message, traceback: [errorTitle('SessionEnded', message)] };
}

function cause({ code, signal, broken }: Ending, { exitedWith, gaveUp, stderr }: LastSigns): string {
  if (gaveUp !== undefined) return gaveUp;
  if (/heap out of memory|allocation failed/i.test(stderr)) {
    return 'The session ran out of memory: it held more data than Node.js allows for one process.';
  }
  if (broken === 'garbled') {
    return 'The session was ended because something wrote to its descriptor 3, by which it speaks to the kernel.';
  }
  if (broken === 'closed' || code === MUTE_EXIT_CODE) {
    return 'The session was ended because it could not speak with the kernel any more: a cell had closed one of its descriptors 3 to 6, or replaced what it needs.';
  }
  if (exitedWith !== undefined) return `The session ended because process.exit(${exitedWith}) was called.`;
  if (signal === 'SIGKILL') {
    return 'The session was killed (SIGKILL): by a kill command, or by the system because memory ran out.';
  }
  if (signal) return `The session was ended by the signal ${signal} (${constants.signals[signal]}).`;
  if (code === null) return 'The session could not be started.';
  return `The session ended by itself with exit code ${code}.`;
}
