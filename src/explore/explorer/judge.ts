// Whether what an order comes to is right, and if not, why not in words.
import { isDeepStrictEqual } from 'node:util';
import { ExplorationError } from '../../errors';
import type { Outcome } from '../outcome';
import type { ReadEnding } from '../search/endings';

/**
 * The value that the program should return, or a function that says whether an outcome is right: true, false,
 * or the fault in words.
 */
export type Expectation = unknown;

export const BROKEN = 'the invariant is broken on the way';

export function outcomeOf({ printed, ending }: ReadEnding): Outcome {
  const { returned, failures, sentence, memory } = ending;
  return { returned, printed, failures, hang: sentence, ...(memory !== undefined && { memory }) };
}

/** Undefined where it is right. */
export function faultOf(read: ReadEnding, outcome: Outcome, expect: Expectation): string | undefined {
  if (read.ending.kind !== 'ended') return outcome.hang;
  if (read.isBroken) return BROKEN;
  if (typeof expect === 'function') return saidBy(expect as (outcome: Outcome) => unknown, outcome);
  const [failure] = outcome.failures;
  if (failure !== undefined) {
    const error = failure.error === undefined ? '' : `: ${failure.error}`;
    return `${failure.name} ended with exit code ${failure.code}${error}`;
  }
  if (expect === undefined || isDeepStrictEqual(asJson(expect), outcome.returned)) return undefined;
  return `it returned ${JSON.stringify(outcome.returned)} and not ${JSON.stringify(expect)}`;
}

function saidBy(expect: (outcome: Outcome) => unknown, outcome: Outcome): string | undefined {
  let said: unknown;
  try {
    said = expect(outcome);
  } catch (error) {
    throw new ExplorationError(`expect threw ${String(error)}, for ${JSON.stringify(outcome)}.`);
  }
  if (typeof said === 'string') return said;
  return said === undefined || said === true ? undefined : 'it is not as expected';
}

/** As what the program returned came here. */
function asJson(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}
