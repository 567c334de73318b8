// The errors that come out of a line, by their codes: a class does not travel between threads.
import {
  LeaseLostError,
  NotHeldError,
  ParallelError,
  QueueEmptyError,
  RoomError,
  TooManyDoneError,
} from '../../errors';
import type { Failure } from './conversation';

/** With the sentence that the thread found, where it says more than the class knows. */
export function errorOf({ code, message, stack }: Failure): Error {
  const error = make(code, message);
  error.message = message;
  if (error instanceof RoomError && stack !== undefined) error.cause = stack;
  return error;
}

function make(code: string, message: string): ParallelError {
  switch (code) {
    case 'room':
      return new RoomError(message);
    case 'lease-lost':
      return new LeaseLostError('');
    case 'not-held':
      return new NotHeldError('');
    case 'queue-empty':
      return new QueueEmptyError();
    case 'too-many-done':
      return new TooManyDoneError();
    default:
      return new ParallelError(code, message);
  }
}
