// A question for a place in the line, where the line is no more: it is sent after it.
import { NOBODY, type Pass, SILENT } from '../inbox';
import type { QueueAnswer } from './conversation';

export const QUEUE_MS = 1000;

/** The answer of whoever has the lock by now, unless that one has died. */
export async function passed(process: string, pass: Pass): Promise<QueueAnswer> {
  const answer = await pass<QueueAnswer>(process, QUEUE_MS);
  return answer === NOBODY || answer === SILENT ? { type: 'unknown' } : answer;
}
