// The parts of an error that a person is to read, where one of them has no end: a message that holds a file,
// a stack without a limit, the line of a minified program. Pure.

import { beginningOf } from './shorten';

const MOST_OF_A_MESSAGE = 10_000;
const MOST_OF_A_NAME = 200;
const LONGEST_QUOTED = 400;
/** How many of those characters stand before the place. */
const QUOTED_BEFORE = 150;
const MOST_FRAMES = 100;
const LAST_FRAMES = 20;

export function shortMessage(message: string): string {
  const beginning = beginningOf(message, MOST_OF_A_MESSAGE);
  const left = message.length - beginning.length;
  return left === 0 ? message : `${beginning}\n… ${left.toLocaleString('en')} more characters.`;
}

export function shortName(name: string): string {
  return name.length > MOST_OF_A_NAME ? `${beginningOf(name, MOST_OF_A_NAME)}…` : name;
}

/** The frames of a stack: who began is at its end. */
export function shortStack(frames: string[]): string[] {
  const left = frames.length - MOST_FRAMES;
  if (left <= 0) return frames;
  const more = `    … ${left.toLocaleString('en')} more`;
  return [...frames.slice(0, MOST_FRAMES - LAST_FRAMES), more, ...frames.slice(-LAST_FRAMES)];
}

/** A line of a program around a place in it, and where that place is now. Columns count from 1. */
export function quotedLine(text: string, column = 1): { text: string; column: number } {
  if (text.length <= LONGEST_QUOTED) return { text, column };
  const from = Math.max(0, Math.min(column - 1 - QUOTED_BEFORE, text.length - LONGEST_QUOTED));
  const [before, after] = [from > 0 ? '…' : '', from + LONGEST_QUOTED < text.length ? '…' : ''];
  const piece = text.slice(from, from + LONGEST_QUOTED);
  return { text: `${before}${piece.toWellFormed()}${after}`, column: column - from + before.length };
}
