// What a program asks for that cannot be had, told as a real run tells it.
import type { Captured } from '../capture/captured';
import { ExplorationError, NotSerializableError } from '../errors';
import type { Asked } from './behaviour';
import type { Operation } from './operations';

export function generatorRefused(): ExplorationError {
  return new ExplorationError(
    'The program is a generator, which does nothing before somebody asks it for values: write function, and not function*.',
  );
}

/** What cannot travel is told as a real start tells it, and as a result: so it is in each run of the code. */
export function capturedFor({ capture }: Operation): Pick<Asked, 'program' | 'refused'> {
  try {
    return { program: capture?.() as Captured | undefined };
  } catch (error) {
    if (!(error instanceof NotSerializableError)) throw error;
    const { path, variable, message } = error;
    const what = message.slice(message.indexOf(': ') + 2).replace(/\.$/, '');
    return { refused: { error: NotSerializableError.name, args: [path, variable, what] } };
  }
}
