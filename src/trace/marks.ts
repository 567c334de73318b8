// When a host began each piece of its work, such as a cell of a notebook.
import { now } from './clock';

const MOST_MARKS = 1000;
const marks: number[] = [];

/** For a host: from now on what is done belongs to its next piece of work. */
export function markTrace(): void {
  // Not by a method that a program may have replaced.
  marks[marks.length] = now();
  if (marks.length > MOST_MARKS) marks.shift();
}

/** Milliseconds on the clock of now(). */
export function traceMarks(): readonly number[] {
  return marks;
}
