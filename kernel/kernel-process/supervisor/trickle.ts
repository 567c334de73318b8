// When to leave what is written to grow for a moment. A writer that wakes its sleeping reader with each line
// pays several times more for the waking than for the line, and the reader as much again for each look.

const SMALL_BYTES = 1024;
const CLOSE_MS = 1;
/**
 * Single lines are read at once; so many small pieces, each close behind the one before, are a loop that
 * prints.
 */
const SMALL_PIECES = 3;

export class Trickle {
  #pieces = 0;
  #lastMs = 0;

  /** Takes note of a piece that was read; says whether to pause before the next. */
  shouldPause(sizeBytes: number, nowMs: number): boolean {
    const isPart = sizeBytes < SMALL_BYTES && nowMs - this.#lastMs < CLOSE_MS;
    this.#pieces = isPart ? this.#pieces + 1 : 0;
    this.#lastMs = nowMs;
    if (this.#pieces < SMALL_PIECES) return false;
    this.#pieces = 0;
    return true;
  }
}
