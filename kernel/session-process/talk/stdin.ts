// `process.stdin` in a notebook: whoever reads it, such as `rl.question()`, asks the person there, line by
// line. It has no end.

import { Readable } from 'node:stream';
import { contextCell, KeyboardInterrupt } from '../cell/cell';
import { apply, endsWith, setTimeout } from '../safeguards/pristine';
import { askFor } from './questions';

/** A program that is content with an answer stops reading soon after it. */
const SOON_MS = 20;

let stream: AskingStream | undefined;

export function askForStandardInput(): void {
  askAfterPrompts();
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    enumerable: true,
    // What a cell destroys is there again for the next who asks for it.
    get: () => {
      if (!stream || stream.destroyed) stream = new AskingStream();
      return stream;
    },
  });
}

/**
 * A program that has begun to read in an earlier cell asks without a word to the stream; but it writes what
 * it asks for.
 */
function askAfterPrompts(): void {
  const { write } = process.stdout;
  process.stdout.write = (...args: unknown[]) => {
    const written = apply(write, process.stdout, args) as boolean;
    const [text] = args;
    if (stream && typeof text === 'string' && !endsWith(text, '\n')) stream.promptWritten();
    return written;
  };
}

class AskingStream extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  /** A line is missing that the stream has asked for. */
  #lacks = false;
  #isAsking = false;

  constructor() {
    // It asks for not a line more than the program reads.
    super({ highWaterMark: 1 });
    this.setMaxListeners(0);
  }

  override _read(): void {
    this.#lacks = true;
    this.#askSoon();
  }

  override read(size?: number): unknown {
    const chunk: unknown = super.read(size);
    if (this.#lacks) this.#askSoon();
    return chunk;
  }

  override resume(): this {
    super.resume();
    if (this.#lacks) this.#askSoon();
    return this;
  }

  /** A program that leaves a loop over the lines has no error of it. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error?.name === 'AbortError' ? null : error);
  }

  promptWritten(): void {
    if (this.#lacks) this.#askSoon();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #askSoon(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    setTimeout(() => {
      void this.#ask().finally(() => {
        this.#isAsking = false;
      });
    }, SOON_MS);
  }

  async #ask(): Promise<void> {
    const isRead = this.readableFlowing === true || this.listenerCount('readable') > 0;
    if (!this.#lacks || !isRead || contextCell()?.ended) return;
    try {
      const line = await askFor('process.stdin', '');
      this.#lacks = false;
      // This comes before the line is passed on: the next may be asked for at once.
      this.#isAsking = false;
      this.push(`${line}\n`);
    } catch (error) {
      // What waits for the line is interrupted itself.
      if (!(error instanceof KeyboardInterrupt)) this.destroy(error as Error);
    }
  }
}
