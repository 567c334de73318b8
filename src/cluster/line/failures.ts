// The errors that come out of a line: a class does not travel between threads, so it is found again by its
// code.
import {
  BrokenBarrierError,
  InvalidArgumentError,
  LeaseLostError,
  LockOwnerDiedError,
  NotHeldError,
  ParallelError,
  RoomError,
  TooManyDoneError,
} from '../../errors';
import type { Failure } from './conversation';

const CLASSES: readonly (new (...args: never[]) => ParallelError)[] = [
  BrokenBarrierError,
  InvalidArgumentError,
  LeaseLostError,
  LockOwnerDiedError,
  NotHeldError,
  RoomError,
  TooManyDoneError,
];

/** What an error of the thread is, as plain data. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return { name: 'RoomError', code: 'room', message: String(error), facts: {} };
  const { name, message, stack } = error;
  const facts = Object.fromEntries(
    Object.entries(error).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  );
  return { name, code: error instanceof ParallelError ? error.code : 'room', message, stack, facts };
}

/** Thrown here: its stack is the asker's, and that of the thread its cause. */
export function errorOf({ name, code, message, stack, facts }: Failure): Error {
  const found = CLASSES.find((each) => each.name === name);
  const error = new ParallelError(code, message, { cause: stack });
  Object.setPrototypeOf(error, (found ?? (code === 'room' ? RoomError : ParallelError)).prototype);
  return Object.assign(error, facts, { name: error.constructor.name });
}
