// The requests that wait for each other: cells run one after the other, in the order in which they came.

export interface Turn {
  /** Tells its own failures: the next turn comes all the same. */
  run(): Promise<void>;
  /** Is called instead of `run`. A turn without it cannot be aborted. */
  abort?(reason: string): void;
}

export class Turns {
  #waiting: Turn[] = [];
  #running = false;

  add(turn: Turn): void {
    this.#waiting.push(turn);
    if (!this.#running) void this.#runAll();
  }

  /** Aborts the turns that wait now; what comes later runs. */
  abortWaiting(reason: string): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter((turn) => !turn.abort);
    for (const turn of waiting) turn.abort?.(reason);
  }

  async #runAll(): Promise<void> {
    this.#running = true;
    try {
      for (let turn = this.#waiting.shift(); turn; turn = this.#waiting.shift()) await settled(turn);
    } finally {
      this.#running = false;
    }
  }
}

async function settled(turn: Turn): Promise<void> {
  try {
    await turn.run();
  } catch {
    // A turn that does not tell its failure must not hold up those behind it.
  }
}
