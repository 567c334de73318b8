// The children that a cell leaves behind. Where no person can type, a notebook is run to be kept or judged.
// The program that runs it (nbclient, and so nbconvert, papermill, nbgrader) hears of a cell only until it
// has ended: there it ends after them, so that no line of theirs is lost.

import { childrenOf, childrenStandStill } from 'parlab/host';
import type { Cell } from './cell/cell';
import { now, safely, setTimeout } from './safeguards/pristine';

const LOOK_EVERY_MS = 20;
/** Children that work for longer are left behind. */
const AT_MOST_MS = 10_000;
/** Children that do nothing but wait, for something that a later cell may bring, are left behind sooner. */
const STANDING_STILL_MS = 1000;

export function mustWaitForChildren(cell: Cell): boolean {
  return !cell.silent && !cell.allowStdin && hasChildren(cell);
}

/** Calls `then` when no child of the cell is left that could still print, or when the wait has lasted. */
export function afterChildren(cell: Cell, then: () => void): void {
  const since = now();
  let movedAt = since;
  let wasAlone = false;
  const look = (): void => {
    if (cell.ended) return;
    const isAlone = !hasChildren(cell);
    if (cell.timers.size > 0 || !safely(() => childrenStandStill(cell.tag), false)) movedAt = now();
    // What the cell does when a child has ended comes before the second look.
    const isOver = isAlone && wasAlone;
    if (isOver || now() - movedAt > STANDING_STILL_MS || now() - since > AT_MOST_MS) then();
    else setTimeout(look, LOOK_EVERY_MS);
    wasAlone = isAlone;
  };
  look();
}

/** Daemons, such as the workers of a pool, wait for work from whatever comes. */
function hasChildren({ tag }: Cell): boolean {
  return safely(() => childrenOf(tag).some(({ daemon }) => !daemon), false);
}
