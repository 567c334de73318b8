// Objects of this thread that stand for shared ones. V8 collects them when it likes, and knows nothing of the
// memory that hangs on each; so it is asked to when that memory is full.

import { currentSlot } from '../memory/slots';
import { collectGarbage } from '../system/collect-garbage';
import { performance, setImmediate } from '../system/timers';
import { addReference, dropReference, whenFull } from './references';

interface Held {
  readonly holder: WeakRef<object>;
}

/** To collect takes tens of milliseconds; who goes on asking although nothing was found waits that long. */
const AGAIN_MS = 500;

const held = new Map<number, Held>();
const collected = new FinalizationRegistry<{ offset: number; mine: Held }>(({ offset, mine }) => {
  // A newer holder of the same words may have been made before this ran.
  if (held.get(offset) === mine) referNoMore(offset);
});
let nothingFoundAt = Number.NEGATIVE_INFINITY;

/** Lets the reference go when `holder`, this thread's only object for these words, is collected. */
export function referWhile(holder: object, offset: number): void {
  addReference(offset, currentSlot());
  const mine = { holder: new WeakRef(holder) };
  held.set(offset, mine);
  collected.register(holder, { offset, mine });
}

/** Lets the reference go now. Whatever holder this thread had must not be used again before referWhile(). */
export function referNoMore(offset: number): void {
  held.delete(offset);
  dropReference(offset, currentSlot());
}

whenFull(() => {
  if (performance.now() - nothingFoundAt < AGAIN_MS) return false;
  collectGarbage();
  const gone = [...held].filter(([, { holder }]) => holder.deref() === undefined);
  for (const [offset] of gone) referNoMore(offset);
  if (gone.length === 0) nothingFoundInThisTurn();
  return gone.length > 0;
});

/** What was made in a turn of the event loop is kept by V8 until its end: the next turn may find it. */
function nothingFoundInThisTurn(): void {
  nothingFoundAt = performance.now();
  setImmediate(() => {
    nothingFoundAt = Number.NEGATIVE_INFINITY;
  });
}
