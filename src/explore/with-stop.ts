// What is said of a program may be written by its author, and may or may not end as a sentence does. Pure.

/** Puts a full stop behind a sentence that has none, nor another sign of its end. */
export function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
