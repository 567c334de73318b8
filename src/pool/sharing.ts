// Which of the chunks in the hands of the busy should be shared with one who has nothing to do.
import type { Given, Worker } from './worker';

/** Most chunks are done by then; what is not has met something slow, and nothing should stand behind that. */
const SHARE_AFTER_MS = 10;
/** Whoever has it must read it first. That takes longer than to write it, but hardly so many times as long. */
const READING = 4;

export interface Share {
  worker: Worker;
  given: Given;
  /** How many items it may keep that it has not begun. */
  keep: number;
}

/** Milliseconds: to ask again then. Undefined: there is nothing to share. */
export function findShare(workers: Iterable<Worker>, now: number): Share | number | undefined {
  let best: (Share & { free: number }) | undefined;
  let soonest: number | undefined;
  for (const worker of workers) {
    for (const given of worker.inHand) {
      const begun = worker.begun(given);
      const free = given.end - begun;
      // Chunks that the user chose stay whole.
      if (free === 0 || (given.chunk.call.hasFixedChunks && begun > 0)) continue;
      if (isAboutToBegin(worker, given) && begun === 0 && (free === 1 || given.chunk.call.hasFixedChunks))
        continue;
      const wait = given.givenAt + SHARE_AFTER_MS + READING * given.sendMs * given.chunk.items.length - now;
      if (wait > 0) soonest = Math.min(soonest ?? wait, wait);
      else if (best === undefined || free > best.free) {
        const isWaiting = given !== worker.inHand[0] || given.chunk.call.hasFixedChunks;
        best = { worker, given, free, keep: isWaiting ? 0 : Math.floor(free / 2) };
      }
    }
  }
  return best ?? soonest;
}

/** Nothing is before it: another one would not begin it sooner. */
function isAboutToBegin({ isReady, inHand }: Worker, given: Given): boolean {
  return isReady && given === inHand[0];
}
