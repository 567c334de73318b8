// What a compiler does while it is not asked: soon it rehearses, then it tidies up, and much later it falls
// asleep. Knows nothing of processes.

/** A person who asks no more for so long is reading, or waits for a cell. */
const REHEARSE_AFTER_MS = 250;

/** A request that comes then waits for a fifth of a second. */
const TIDY_AFTER_MS = 3000;

interface QuietParts {
  /** Undefined: it never falls asleep. */
  idleMs: number | undefined;
  /** One step; says whether there is another. Undefined if a request comes: there will be another quiet. */
  rehearse(): Promise<boolean> | undefined;
  tidy(): void;
  fallAsleep(): void;
}

export class Quiet {
  readonly #parts: QuietParts;
  #rehearseTimer: NodeJS.Timeout | undefined;
  #tidyTimer: NodeJS.Timeout | undefined;
  #sleepTimer: NodeJS.Timeout | undefined;
  #isRehearsed = false;

  constructor(parts: QuietParts) {
    this.#parts = parts;
  }

  /** Begins anew with each answer. What is asked meanwhile waits for one step of the rehearsal at most. */
  begin(): void {
    this.end();
    if (this.#isRehearsed) this.#tidyLater();
    else this.#rehearseTimer = setTimeout(() => this.#rehearse(), REHEARSE_AFTER_MS).unref();
    const { idleMs, fallAsleep } = this.#parts;
    if (idleMs !== undefined) this.#sleepTimer = setTimeout(fallAsleep, idleMs).unref();
  }

  end(): void {
    clearTimeout(this.#rehearseTimer);
    clearTimeout(this.#tidyTimer);
    clearTimeout(this.#sleepTimer);
  }

  /** A compiler that has slept has to rehearse again. */
  wake(): void {
    this.#isRehearsed = false;
  }

  async #rehearse(): Promise<void> {
    try {
      for (;;) {
        const step = this.#parts.rehearse();
        if (!step) return;
        if (await step) continue;
        this.#isRehearsed = true;
        this.#tidyLater();
        return;
      }
    } catch {
      this.#isRehearsed = true; // It ended, or the kernel does.
    }
  }

  #tidyLater(): void {
    clearTimeout(this.#tidyTimer);
    this.#tidyTimer = setTimeout(this.#parts.tidy, TIDY_AFTER_MS).unref();
  }
}
