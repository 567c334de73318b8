// What explore() does not know yet, in a sentence.
import { ExplorationError } from '../../errors';
import { isControlled, runner } from '../operations';

/** `instead`: what to write, such as 'use a Queue'. */
export function refusal(what: string, instead: string): ExplorationError {
  const error = new ExplorationError(`explore() does not know ${what} yet: ${instead}.`);
  // The run fails also where the program catches it.
  if (isControlled()) runner().fail(error);
  return error;
}

/** Shared memory is copied into every state that differs in it. */
export const MOST_BYTES = 2 ** 20;

export function tooLarge(sizeBytes: number): ExplorationError {
  return refusal(`shared memory of ${sizeBytes} bytes`, `let it have at most ${MOST_BYTES}`);
}

/** A class or function that refuses to be used. */
export function refused(name: string, instead: string): unknown {
  const refuse = function refuse() {
    throw refusal(name, instead);
  };
  return Object.defineProperty(refuse, 'name', { value: name });
}
