// Whether what an order comes to is right, and if not, why not in words.
import { ExplorationError } from '../../errors';
import type { Outcome } from '../outcome';
import { limited } from '../outside';
import { isSameResult, resultOf, showBoth, showResult } from '../results/compare';
import { readResult } from '../results/read';
import type { ReadEnding } from '../search/endings';
import { wordsOf } from '../telling';

export interface Expectation {
  /**
   * What the program should return, undefined too, or a function that says whether an outcome is right: true,
   * false, or the fault in words.
   */
  readonly value: unknown;
}

export const BROKEN = 'the invariant is broken on the way';
const UNEXPECTED = 'it is not as expected';

/** Its result is as results/form.ts writes it: so it goes on to the program that asked. */
export function outcomeOf({ isBroken, printed, ending }: ReadEnding): Outcome<string> {
  const { returned, failures, sentence, memory } = ending;
  return {
    returned,
    printed,
    failures,
    hang: sentence,
    ...(memory !== undefined && { memory }),
    ...(isBroken && { isBroken }),
  };
}

/** Undefined where it is right. */
export function faultOf(
  read: ReadEnding,
  outcome: Outcome<string>,
  expect: Expectation | undefined,
): string | undefined {
  if (read.isBroken) return BROKEN;
  if (read.ending.kind !== 'ended') return outcome.hang;
  const returned = outcome.returned === undefined ? undefined : readResult(outcome.returned);
  if (typeof expect?.value === 'function')
    return saidBy(expect.value as (outcome: Outcome) => unknown, { ...outcome, returned });
  const [failure] = outcome.failures;
  if (failure !== undefined) {
    const error = failure.error === undefined ? '' : `: ${failure.error}`;
    return `${failure.name} ended with exit code ${failure.code}${error}`;
  }
  if (expect === undefined || isSameResult(expect.value, returned)) return undefined;
  const [is, not] = showBoth(returned, resultOf(expect.value));
  return `it returned ${is} and not ${not}`;
}

function saidBy(expect: (outcome: Outcome) => unknown, outcome: Outcome): string | undefined {
  let said: unknown;
  try {
    said = limited('expect', () => expect(outcome));
  } catch (error) {
    if (error instanceof ExplorationError) throw error;
    throw new ExplorationError(`expect threw ${wordsOf(error)}, for ${showResult(outcome)}.`);
  }
  if (typeof said === 'string') return said.trim() === '' ? UNEXPECTED : said;
  if (said === undefined || said === true) return undefined;
  if (said === false) return UNEXPECTED;
  const given = showResult(said);
  throw new ExplorationError(
    `expect has to give true, false or words at once, and it gives ${given}, for ${showResult(outcome)}.`,
  );
}
