// Which of the chunks in the hands of busy workers should be shared with one that has nothing to do.
import type { Given, Worker } from './worker';

/**
 * Most chunks are done by then; what is not has met something slow, and nothing should stand behind that.
 */
const SHARE_AFTER_MS = 10;
/** A worker must read a chunk first, which takes longer than to write it, but hardly so many times. */
const READING = 4;

interface Share {
  worker: Worker;
  given: Given;
  /** How many items it may keep that it has not begun. */
  keep: number;
}

/**
 * Returns what to share; or after how many milliseconds to ask again; or undefined, when there is nothing to
 * share.
 */
export function findShare(workers: Iterable<Worker>, now: number): Share | number | undefined {
  let best: (Share & { free: number }) | undefined;
  let soonest: number | undefined;
  for (const worker of workers) {
    for (const given of worker.inHand) {
      const { hasFixedChunks } = given.chunk.call;
      const isFirst = given === worker.inHand[0];
      const begun = worker.begun(given);
      const free = given.end - begun;
      // Chunks that the user chose stay whole.
      if (free === 0 || (hasFixedChunks && begun > 0)) continue;
      // A worker that is about to begin it begins it sooner than another would.
      if (worker.isReady && isFirst && begun === 0 && (hasFixedChunks || free === 1)) continue;
      const wait = given.givenAt + SHARE_AFTER_MS + READING * given.sendMs * given.chunk.items.length - now;
      if (wait > 0) soonest = Math.min(soonest ?? wait, wait);
      else if (best === undefined || free > best.free) {
        best = { worker, given, free, keep: isFirst && !hasFixedChunks ? Math.floor(free / 2) : 0 };
      }
    }
  }
  return best ?? soonest;
}
