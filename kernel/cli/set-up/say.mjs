// @ts-check
// What set-up tells the person at the terminal: one plain line for each step, one sentence when it cannot go
// on.

/** Ends set-up: its message is the one sentence that says what to do, and the exit code is 1. */
export class CannotGoOn extends Error {}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`parlab: ${line}\n`);
}

/**
 * Says what begins, and every ten seconds that it still goes on: a silent terminal looks like a broken one.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function sayWhile(what, work) {
  say(`${what} …`);
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const timer = setInterval(() => say(`  … ${seconds()} s so far`), 10_000);
  try {
    const result = await work();
    say(`  … done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
