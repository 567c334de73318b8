// Whether what is to be drawn is a trace.
import { InvalidArgumentError } from '../errors';

const LISTS = ['processes', 'objects', 'events'] as const;

export function checkTrace(argument: string, given: unknown): void {
  for (const list of LISTS) {
    if (Array.isArray((given as Record<string, unknown> | null)?.[list])) continue;
    throw new InvalidArgumentError(
      argument,
      `a Trace, as readTrace() gives it, with ${LISTS.join(', ')}`,
      given,
    );
  }
}
