// What a reply of a worker says about the items of its chunk. Pure, but for the errors, which get their stack
// here.

import type { Outcome, Reply } from './conversation';
import { fromRemote } from './remote-error';
import type { Results } from './sink';

interface Judged {
  results: Results;
  /** How many items have an outcome; those behind them were not begun. */
  count: number;
  failed: number;
}

export function resultsOf(
  reply: Reply,
  end: number,
  { name, pid = 0 }: { name: string; pid?: number | undefined },
  site: { stack?: string },
): Judged {
  const local = (error: unknown) => fromRemote(error, { name, pid }, site);
  switch (reply.type) {
    case 'returned':
      return { results: reply, count: reply.values.length, failed: 0 };
    case 'settled': {
      const outcomes = reply.outcomes.map(
        (outcome): Outcome => ('error' in outcome ? { error: local(outcome.error) } : outcome),
      );
      const failed = outcomes.filter((outcome) => 'error' in outcome).length;
      return { results: { outcomes }, count: outcomes.length, failed };
    }
    case 'refused':
      return { results: allFailed(end, local(reply.error)), count: end, failed: end };
    default:
      return reply satisfies never;
  }
}

export function allFailed(count: number, error: unknown): { outcomes: Outcome[] } {
  return { outcomes: Array.from({ length: count }, () => ({ error })) };
}
