// Which items of its chunks a worker has begun, in shared memory: the worker claims them one by one, and its
// pool takes back those that are not claimed, whatever the worker is busy with.
import { RawArray } from '../shared/raw';

/** How many chunks one worker may have; each has a word of its own. */
export const MOST_IN_HAND = 2;
/** How many items a chunk may have: both numbers of a word count so far. */
export const MOST_ITEMS = 2 ** 15 - 1;
// A word: how many are claimed, and above how many nothing may be claimed.
const ONE_CLAIM = 2 ** 16;
const END = ONE_CLAIM - 1;

export type Claims = Int32Array;

export function makeClaims(): Claims {
  return new RawArray('int32', MOST_IN_HAND);
}

/** The pool calls it before it sends the chunk. */
export function offer(claims: Claims, turn: number, count: number): void {
  Atomics.store(claims, turn, count);
}

/**
 * The worker calls it: returns the place of the next item in the chunk; −1 when there is none for it any
 * more.
 */
export function claim(claims: Claims, turn: number): number {
  const word = Atomics.add(claims, turn, ONE_CLAIM);
  const place = word >>> 16;
  return place < (word & END) ? place : -1;
}

/** Returns how many have been begun. After a worker's end this is what it had begun. */
export function begun(claims: Claims, turn: number): number {
  const word = Atomics.load(claims, turn);
  return Math.min(word >>> 16, word & END);
}

/**
 * The pool calls it: takes all but `keep` of the items that are not begun, and returns how many the worker is
 * left with, begun ones too.
 */
export function takeBack(claims: Claims, turn: number, keep: number): number {
  for (;;) {
    const word = Atomics.load(claims, turn);
    const end = Math.min(word & END, (word >>> 16) + keep);
    if (Atomics.compareExchange(claims, turn, word, (word & ~END) | end) === word) return end;
  }
}
