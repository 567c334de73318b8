// When a host began each piece of its work, such as a cell of a notebook.
import { now } from './clock';

const MOST_MARKS = 1000;
const marks: number[] = [];

/** A host calls it: from now on what is done belongs to its next piece of work. */
export function markTrace(): void {
  // push() is a method that a program may have replaced.
  marks[marks.length] = now();
  if (marks.length > MOST_MARKS) marks.shift();
}

/** Returns the marks, in milliseconds on the clock of now(). */
export function traceMarks(): readonly number[] {
  return marks;
}
