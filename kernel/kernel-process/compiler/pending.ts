// A question to the compiler that waits for its answer.

import type { Ask } from '../../conversations/compiler';

export interface Pending {
  readonly ask: Ask;
  /**
   * Whether it only tells this compiler something, such as the cells that went well, where it follows
   * another. Nobody waits for the answer, and the next compiler is told anew.
   */
  readonly isTold: boolean;
  isInterrupted: boolean;
  /** The compiler is told at once that what it converts is not declared. */
  isTakenBack: boolean;
  /** Compilers that ended while they worked on it. */
  tries: number;
  readonly answer: Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function pendingOf(ask: Ask, { isTold = false } = {}): Pending {
  let settle!: Pick<Pending, 'resolve' | 'reject'>;
  const answer = new Promise<unknown>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (isTold) answer.catch(() => {}); // it is not waited for
  return { ask, isTold, isInterrupted: false, isTakenBack: false, tries: 0, answer, ...settle };
}
