// A log that a flood cannot fill: of what comes in quick succession the first sentence is written, and how many followed.

export class FloodLog {
  readonly #write: (sentence: string) => void;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;
  #more = 0;

  /** A sentence that comes later than `quietMs` after the last report is written again. */
  constructor(write: (sentence: string) => void, quietMs = 5000) {
    this.#write = write;
    this.#quietMs = quietMs;
  }

  readonly tell = (sentence: string): void => {
    if (this.#timer) {
      this.#more += 1;
      return;
    }
    this.#write(sentence);
    this.#wait();
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
    }, this.#quietMs).unref();
  }

  #report(): boolean {
    const more = this.#more;
    this.#more = 0;
    if (more > 0) this.#write(`${more} more ${more === 1 ? 'message was' : 'messages were'} dropped.`);
    return more > 0;
  }
}
