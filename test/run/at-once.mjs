// @ts-check
// How many test files run at once: two, and more of them while processors are idle. Files that compute fill the machine by
// themselves; files that wait (for a grace period, a death, a browser) leave room for others.
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const ALWAYS = 2;
const MOST = Math.max(4, os.availableParallelism());
/** Idle processors, on the average of the last moment, from which another file begins. */
const ROOM = 0.5;
const MOMENT_MS = 1000;

/**
 * @template T
 * @param {readonly T[]} items begun in this order
 * @param {(item: T) => Promise<void>} run
 */
export async function runAtOnce(items, run) {
  const waiting = [...items];
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  const begin = () => {
    const item = /** @type {T} */ (waiting.shift());
    const one = run(item).finally(() => running.delete(one));
    running.add(one);
  };
  let seen = idleSeconds();
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < ALWAYS) begin();
    const timer = new AbortController();
    await Promise.race([...running, sleep(MOMENT_MS, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
    const now = idleSeconds();
    // What has ended within the moment says nothing of the machine.
    if (now.at - seen.at < MOMENT_MS / 1000) continue;
    const idle = (now.idle - seen.idle) / (now.at - seen.at);
    seen = now;
    // One at a time: what it takes is seen a moment later.
    if (idle >= ROOM && waiting.length > 0 && running.size < MOST) begin();
  }
}

function idleSeconds() {
  const idle = os.cpus().reduce((sum, { times }) => sum + times.idle, 0) / 1000;
  return { at: performance.now() / 1000, idle };
}
