// A worker's inner loop: the items of one chunk, one after the other, until one of the reasons to stop.
import { performance } from '../system/timers';
import { type Claims, claim } from './claims';
import { type Outcome, pack, type Reply, type RunOrder } from './conversation';

export type Target = (...args: unknown[]) => unknown;

/** Reading the clock costs as much as a small task: as long as items are quick it is read after so many. */
const MOST_UNTIMED = 16;
const QUICK_MS = 0.05;

/** `sendMs`: what it costs to send one result, which is part of the budget. */
export async function runChunk(
  target: Target,
  { items, spread, turn, budgetMs, stopsAtError }: RunOrder,
  claims: Claims,
  sendMs: number,
): Promise<Reply> {
  const began = performance.now();
  const values: unknown[] = [];
  let outcomes: Outcome[] | undefined;
  let lookedAt = began;
  let untimed = 0;
  let stride = 1;
  for (let i = claim(claims, turn); i >= 0; ) {
    try {
      let value = spread ? target(...(items[i] as unknown[])) : target(items[i]);
      // Awaiting every value would cost more than a small task does.
      if (typeof value === 'object' && value !== null && 'then' in value) value = await value;
      if (outcomes === undefined) values.push(value);
      else outcomes.push({ value });
    } catch (error) {
      outcomes ??= values.map((value) => ({ value }));
      outcomes.push({ error });
      if (stopsAtError) break;
    }
    if (++untimed >= stride) {
      const now = performance.now();
      if (now - began + (i + 1) * sendMs > budgetMs) break;
      stride = now - lookedAt > QUICK_MS ? 1 : Math.min(MOST_UNTIMED, stride * 2);
      lookedAt = now;
      untimed = 0;
    }
    i = claim(claims, turn);
  }
  const tookMs = performance.now() - began;
  return outcomes === undefined
    ? { type: 'returned', tookMs, values: pack(values) }
    : { type: 'settled', tookMs, outcomes };
}
