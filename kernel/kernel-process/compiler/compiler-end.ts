// How a compiler ended, and why a question to it has no answer.
import type { Image } from './image';

export class CompilerEndedError extends Error {
  override readonly name = 'CompilerEnded';
  constructor(how: string) {
    super(
      `The TypeScript compiler ended (${how}), and so did the next one, which was asked the same: most likely memory ran out. Your variables are still there: make the types or the literals of this cell smaller, and run it again.`,
    );
  }
}

export class EndingError extends Error {
  override readonly name = 'KernelEnds';
  constructor() {
    super('The kernel is ending.');
  }
}

export class InterruptedError extends Error {
  override readonly name = 'KeyboardInterrupt';
  constructor() {
    super('The compiler was interrupted.');
  }
}

export interface CompilerEnd {
  /** The image from which it started. */
  image?: Image | undefined;
  /** How it ended, for a sentence. */
  how: string;
  /** It was killed from outside, or because memory ran out: that is no fault of the image. */
  wasKilled?: boolean;
  /** Why it could not be started. */
  error?: Error;
}

export function unstarted(error: Error): CompilerEnd {
  return { how: error.message, error };
}

export function isKill(signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGKILL' || signal === 'SIGTERM';
}

export function unlessInterrupted<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof InterruptedError) return instead;
    throw error;
  };
}
