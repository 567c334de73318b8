// One queue of outgoing messages per socket: sent one after the other, each awaited, so that none is lost and
// order is kept.

type Frames = (string | Buffer)[];

interface Entry {
  frames: Frames;
  isPatient: boolean;
}

export class SendQueue {
  readonly #send: (frames: Frames, isPatient: boolean) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #waiting: Entry[] = [];
  #waitingBytes = 0;
  #impatient = 0;
  #sending: Promise<void> | undefined;
  #shorter: { bytes: number; resolve(): void }[] = [];

  constructor(
    send: (frames: Frames, isPatient: boolean) => Promise<void>,
    onError: (error: unknown) => void,
  ) {
    this.#send = send;
    this.#onError = onError;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** How many wait that are lost for front ends that read slowly. */
  get impatient(): number {
    return this.#impatient;
  }

  /** A message that is not patient is lost for front ends that read slowly. */
  add(frames: Frames, { isPatient = true } = {}): void {
    this.#waiting.push({ frames, isPatient });
    this.#waitingBytes += sizeBytes(frames);
    if (!isPatient) this.#impatient += 1;
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when at most so many bytes wait: who produces faster than front ends read waits here. */
  whenShorterThan(bytes: number): Promise<void> {
    if (this.#waitingBytes <= bytes) return Promise.resolve();
    return new Promise((resolve) => this.#shorter.push({ bytes, resolve }));
  }

  async whenEmpty(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // Messages are taken batch by batch: shift() on an array of 100,000 would copy it every time.
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const { frames, isPatient } of batch) {
        try {
          await this.#send(frames, isPatient);
        } catch (error) {
          this.#onError(error); // one message that cannot be sent must not hold up the others
        }
        this.#waitingBytes -= sizeBytes(frames);
        if (!isPatient) this.#impatient -= 1;
        this.#releaseProducers();
      }
    }
    this.#sending = undefined;
  }

  #releaseProducers(): void {
    if (this.#shorter.length === 0) return;
    const ready = this.#shorter.filter(({ bytes }) => this.#waitingBytes <= bytes);
    this.#shorter = this.#shorter.filter(({ bytes }) => this.#waitingBytes > bytes);
    for (const { resolve } of ready) resolve();
  }
}

function sizeBytes(frames: Frames): number {
  let total = 0;
  for (const frame of frames) total += frame.length;
  return total;
}
