// An answer that cannot travel as it is: only what hinders it is replaced, by the reason.
import { dropMessage, encodeMessage } from '../channel/message';
import { NotSerializableError } from '../errors';
import type { Answer, Outcome } from './conversation';

export function travelling(given: Answer): Answer {
  switch (given.type) {
    case 'ready':
      return given;
    case 'failedToStart':
    case 'refused':
      return { type: given.type, error: plainError(given.error) };
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
    if ('error' in outcome) return { error: plainError(outcome.error) };
    if (!(reason instanceof NotSerializableError)) return { error: plainError(reason) };
    return {
      error: new NotSerializableError(
        reason.path.replace(/^item\./, ''),
        reason.variable,
        `${reason.message.slice(reason.path.length).replace(' cannot travel to another process: ', '').replace(/\.$/, '')}`,
      ),
    };
  }
}

/** Name, message and stack, of whatever was thrown. */
function plainError(thrown: unknown): Error {
  if (!(thrown instanceof Error))
    return new Error(`Something that cannot travel was thrown: ${String(thrown)}`);
  const plain = new Error(thrown.message);
  plain.name = thrown.name;
  if (thrown.stack !== undefined) plain.stack = thrown.stack;
  return plain;
}
