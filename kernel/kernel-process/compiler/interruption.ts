// An interrupt of what the compiler is asked. A request does not wait for long, and what is converted is not
// declared. The compiler itself goes on where it can: a new one would have to be told all cells.

import type { Ask } from '../../conversations/compiler';
import { InterruptedError } from './compiler-end';
import type { Pending } from './pending';

/** What is not answered so long after an interrupt is not waited for. */
const GRACE_MS = 250;

/** A compiler that still works at a question so long after an interrupt will do so for long. */
const STUCK_MS = 1500;

/** After them a compiler knows something else than before. */
const CHANGES: readonly Ask['method'][] = ['convert', 'declare', 'forget'];

interface Interruptible {
  /** Returns the questions in the order in which they are answered. */
  pending(): readonly Pending[];
  /** Tells the compiler, behind all else, that its last conversion declares nothing. */
  takeBack(): void;
  /** Replaces the compiler by one that knows the cells that went well. */
  replace(): void;
}

export function interruptPending({ pending, takeBack, replace }: Interruptible): void {
  const interrupted = pending().filter(({ isTold, isInterrupted }) => !isTold && !isInterrupted);
  if (interrupted.length === 0) return;
  for (const each of interrupted) each.isInterrupted = true;
  const last = pending().findLast(({ ask }) => CHANGES.includes(ask.method));
  // Only the last of what changes something can be taken back.
  if (last?.ask.method === 'convert' && interrupted.includes(last)) {
    last.isTakenBack = true;
    takeBack();
  }
  const unanswered = (): Pending[] => interrupted.filter((each) => pending().includes(each));
  setTimeout(() => {
    const late = unanswered();
    if (late.some(({ ask, isTakenBack }) => !isTakenBack && CHANGES.includes(ask.method))) replace();
    else for (const each of late) each.reject(new InterruptedError());
  }, GRACE_MS).unref();
  setTimeout(() => {
    if (unanswered().length > 0) replace();
  }, STUCK_MS).unref();
}
