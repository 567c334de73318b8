// An answer that cannot travel as it is: only what hinders it is replaced, by the reason.
import { types } from 'node:util';
import { dropMessage, encodeMessage } from '../channel/message';
import { NotSerializableError } from '../errors';
import type { Answer, Outcome } from './conversation';

const MOST_CAUSES = 5;

/** Returns the answer as it can travel. */
export function travelling(given: Answer): Answer {
  switch (given.type) {
    case 'ready':
      return given;
    case 'failedToStart':
    case 'refused':
      return { type: given.type, error: travellingError(given.error) };
    case 'returned':
      return {
        type: 'settled',
        tookMs: given.tookMs,
        outcomes: Array.from(given.values, (value) => travellingOutcome({ value })),
      };
    case 'settled':
      return { ...given, outcomes: given.outcomes.map(travellingOutcome) };
    default:
      return given satisfies never;
  }
}

function travellingOutcome(outcome: Outcome): Outcome {
  try {
    const travels = 'value' in outcome ? { result: outcome.value } : outcome;
    dropMessage(encodeMessage(travels));
    return outcome;
  } catch (reason) {
    if ('error' in outcome) return { error: travellingError(outcome.error) };
    if (!(reason instanceof NotSerializableError)) return { error: travellingError(reason) };
    return {
      error: new NotSerializableError(
        reason.path.replace(/^item\./, ''),
        reason.variable,
        reason.message
          .slice(reason.path.length)
          .replace(' cannot travel to another process: ', '')
          .replace(/\.$/, ''),
      ),
    };
  }
}

/** Returns what stands for something thrown. Never throws, for then the worker would end. */
function travellingError(thrown: unknown, depth = 0): Error {
  try {
    return copyOf(thrown, depth);
  } catch {
    return new Error('Something was thrown that can neither travel nor be read.');
  }
}

/**
 * Returns the error without those of its fields that cannot travel; of Error's class, if its own cannot
 * either.
 */
function copyOf(thrown: unknown, depth: number): Error {
  if (!(thrown instanceof Error || types.isNativeError(thrown)))
    return new Error(`Something that cannot travel was thrown: ${String(thrown)}`);
  const { message, stack, name } = thrown;
  const copy = new Error(message);
  if (stack !== undefined) copy.stack = stack;
  for (const key of Reflect.ownKeys(thrown)) {
    const field = Object.getOwnPropertyDescriptor(thrown, key);
    if (field === undefined || Object.hasOwn(copy, key)) continue;
    if (canTravel(field)) Object.defineProperty(copy, key, field);
    else if (key === 'cause' && depth < MOST_CAUSES) {
      Object.defineProperty(copy, key, { ...field, value: travellingError(field.value, depth + 1) });
    }
  }
  Object.setPrototypeOf(copy, Object.getPrototypeOf(thrown) as object);
  if (canTravel(copy)) return copy;
  Object.setPrototypeOf(copy, Error.prototype);
  if (copy.name !== name) copy.name = name;
  return copy;
}

function canTravel(value: unknown): boolean {
  try {
    dropMessage(encodeMessage(value));
    return true;
  } catch {
    return false;
  }
}
