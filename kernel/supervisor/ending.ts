// Says in a sentence why a session ended and what that means for the student.

import { constants } from 'node:os';
import type { ShownError } from '../session/conversation';
import type { Ending } from './session-process';

/** What was known of the session when it ended. */
export interface LastSigns {
  /** The code given to `process.exit` in a cell, if that is how it ended. */
  exitedWith: number | undefined;
  /** The end of its raw stderr: the runtime writes there why it aborts. */
  stderr: string;
  /** Whether cells had run, so that variables are lost. */
  used: boolean;
}

export function describeEnding(ending: Ending, signs: LastSigns): ShownError {
  const consequence = signs.used
    ? 'All variables are lost. A new session is ready: run your cells again from the top.'
    : 'A new session is started.';
  const message = `${cause(ending, signs)} ${consequence}`;
  return {
    name: 'SessionEnded',
    message,
    traceback: [`\u001b[31mSessionEnded\u001b[39m: ${message}`],
  };
}

function cause({ code, signal, broken }: Ending, { exitedWith, stderr }: LastSigns): string {
  if (/heap out of memory|allocation failed/i.test(stderr)) {
    return 'The session ran out of memory: it held more data than Node.js allows for one process.';
  }
  if (broken) {
    return 'The session was ended because something wrote to its descriptor 3, by which it speaks to the kernel.';
  }
  if (exitedWith !== undefined) return `The session ended because process.exit(${exitedWith}) was called.`;
  if (signal === 'SIGKILL') {
    return 'The session was killed (SIGKILL): by a kill command, or by the system because memory ran out.';
  }
  if (signal) return `The session was ended by the signal ${signal} (${constants.signals[signal]}).`;
  if (code === null) return 'The session could not be started.';
  return `The session ended by itself with exit code ${code}.`;
}
