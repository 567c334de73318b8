// A log that a flood cannot fill: of what comes in quick succession the first sentences are written, and how
// many followed.

/** How many may come at once: as many as there are kinds of bad messages. */
const BURST = 8;

export class FloodLog {
  readonly #write: (sentence: string) => void;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;
  #written = 0;
  #more = 0;

  /** A sentence that comes later than `quietMs` after the last report is written again. */
  constructor(write: (sentence: string) => void, quietMs = 5000) {
    this.#write = write;
    this.#quietMs = quietMs;
  }

  readonly tell = (sentence: string): void => {
    if (this.#written === BURST) {
      this.#more += 1;
      return;
    }
    this.#written += 1;
    this.#write(sentence);
    if (!this.#timer) this.#wait();
  };

  /** Says what is left to say. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#report();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // A flood that goes on is counted on.
      if (this.#report()) this.#wait();
      else this.#written = 0;
    }, this.#quietMs).unref();
  }

  #report(): boolean {
    const more = this.#more;
    this.#more = 0;
    if (more > 0) this.#write(`${more} more ${more === 1 ? 'message was' : 'messages were'} dropped.`);
    return more > 0;
  }
}
