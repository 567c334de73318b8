// A question to the compiler that waits for its answer.

import type { Ask } from '../../conversations/compiler';

export interface Pending {
  readonly ask: Ask;
  /** A cell that went well, for a compiler that follows another. */
  readonly isTold: boolean;
  isInterrupted: boolean;
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
  if (isTold) answer.catch(() => {}); // nobody waits for it
  return { ask, isTold, isInterrupted: false, tries: 0, answer, ...settle };
}
