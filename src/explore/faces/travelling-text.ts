// The texts that a pool and its workers send each other: by numbers, for a function is a long one, and it is
// the same in each piece of work.
import { runner } from '../operations';

export function numberOf(text: string): number {
  return runner().things.texts.numberOf(text);
}

export function textOf(number: number): string {
  return runner().things.texts.textOf(number);
}
