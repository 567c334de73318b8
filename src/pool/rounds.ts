// Rounds of giving out work. What happens in a round may ask for another one, for a source of items may call
// its pool and a worker may answer at once: such a round follows, and none begins within another.

export class Rounds {
  readonly #round: () => void;
  #isInRound = false;
  #isAskedFor = false;

  constructor(round: () => void) {
    this.#round = round;
  }

  /** False when it was called in a round, which another one will follow. */
  run(): boolean {
    this.#isAskedFor = true;
    if (this.#isInRound) return false;
    this.#isInRound = true;
    try {
      while (this.#isAskedFor) {
        this.#isAskedFor = false;
        this.#round();
      }
    } finally {
      this.#isInRound = false;
    }
    return true;
  }

  /** There is more to give out: one more round follows this one. */
  ask(): void {
    this.#isAskedFor = true;
  }
}
