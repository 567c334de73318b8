// The session's last word, where it cannot even say how a cell ended.

import { report } from 'parlab/host';
import { type FromSession, MUTE_EXIT_CODE } from '../../conversations/session';
import { apply, ownProcess, safely } from './pristine';

const internals = ownProcess as unknown as { reallyExit(code: number): never };
const { reallyExit } = internals;

/** Returns the text of an error that may itself be broken. */
export function textOf(error: unknown): string {
  return safely(() => String(error), 'an error that cannot be read');
}

/** No handler of the student's runs: one of them may be what has broken the session. */
export function giveUp(reason: string): never {
  safely(() => report({ type: 'gaveUp', reason } satisfies FromSession), false);
  return apply(reallyExit, ownProcess, [MUTE_EXIT_CODE]) as never;
}
