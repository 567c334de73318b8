// What the kernel asks the compiler for itself: no front end waits for the answer.

import type { Ask } from '../../conversations/compiler';

/** What a compiler does for its first cell, and for no other, it does while no front end waits. */
export const FIRST_CELL: Ask = { method: 'convert', args: ['', { cell: '' }] };

const FOR_QUIET: readonly Ask['method'][] = ['rehearse', 'tidy', 'remember'];

export function isOwn(ask: Ask): boolean {
  return ask === FIRST_CELL || isForQuiet(ask);
}

/** Asked while no front end asks, so that the quiet goes on with its answer. */
export function isForQuiet({ method }: Ask): boolean {
  return FOR_QUIET.includes(method);
}
