// What the kernel asks the compiler for itself: nobody waits for the answer.

import type { Ask } from '../../conversations/compiler';

/** What a compiler does for its first cell, and for no other, it does while nobody waits. */
export const FIRST_CELL: Ask = { method: 'convert', args: ['', { cell: '' }] };

const FOR_QUIET: readonly Ask['method'][] = ['rehearse', 'tidy', 'remember'];

export function isOwn(ask: Ask): boolean {
  return ask === FIRST_CELL || isForQuiet(ask);
}

/** Asked because nobody asks, so that the quiet goes on with its answer. */
export function isForQuiet({ method }: Ask): boolean {
  return FOR_QUIET.includes(method);
}
