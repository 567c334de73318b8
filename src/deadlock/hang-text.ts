// Who waits for whom, as lines of text: for a terminal and a screen reader. Pure.

import type { Standstill } from './hang';
import { type Arrow, arrowsOf } from './hang-arrows';

/** A line for each arrow; those of the circle come first, in its order, and begin with →. */
export function hangText(standstill: Standstill & { readonly circle?: readonly number[] }): string {
  const arrows = arrowsOf(standstill);
  const mark = arrows.some(({ step }) => step !== undefined) ? '  ' : '';
  return arrows.map((arrow) => `${arrow.step === undefined ? mark : '→ '}${line(arrow)}`).join('\n');
}

function line({ from, to, says, where }: Arrow): string {
  return `${from.name} ${says} ${to.name}${where === undefined ? '' : ` (${where})`}`;
}
