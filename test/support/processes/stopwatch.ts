// How long something took of some processes, without the time in which they waited for a processor: on a machine with other work
// that says nothing of them. Only Linux tells it; elsewhere all time counts.
import { readdirSync, readFileSync } from 'node:fs';

const NS_A_MS = 1e6;

/** Starts it, over this process and these; what it returns says how many milliseconds it has counted so far. */
export function stopwatch(...pids: (number | undefined)[]): () => number {
  const all = [process.pid, ...pids.filter((pid) => pid !== undefined)];
  const began = performance.now();
  const before = waits(all);
  return () => {
    const passed = performance.now() - began;
    let waited = 0;
    // A thread that has begun meanwhile has waited from 0 on; what one had waited that has ended is not known.
    for (const [thread, ms] of waits(all)) waited += ms - (before.get(thread) ?? 0);
    return Math.max(0, passed - waited);
  };
}

/** By thread: milliseconds in which it could have run, and another one did. */
function waits(pids: readonly number[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const [, ns = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ');
        found.set(thread, Number(ns) / NS_A_MS);
      }
    } catch {
      // It has ended, or this is not Linux.
    }
  }
  return found;
}
