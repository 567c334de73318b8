// How a lock is released: to the first in line who still wants it, or to nobody.
import { type NOBODY, SILENT } from '../inbox';
import type { TurnAnswer, Waiting } from './conversation';
import type { Lease } from './lease';

/** Whoever is offered the lock and says nothing for so long, because it stands still, is passed over. */
const PATIENCE_MS = 1000;

export interface Turn {
  readonly id: number;
  readonly sequence: number;
  readonly line: readonly Waiting[];
}

interface Passing {
  /** `turn`: what to say, made when it is sent: from then on the line is the other's. */
  offer(
    next: Waiting,
    turn: () => Turn,
    patienceMs: number,
  ): Promise<TurnAnswer | typeof NOBODY | typeof SILENT>;
}

/** Who has it now, or where it is free. 'lost': it was not ours to release any more. */
export async function passOn(
  lease: Lease,
  { offer }: Passing,
): Promise<{ to: string | undefined; freeAt: number | undefined } | 'lost'> {
  const { line, late, record } = lease;
  let sequence = await lease.settle();
  if (lease.hasExpired) return 'lost';
  let isFree = false;
  for (;;) {
    const next = line.shift();
    if (next === undefined) {
      if (isFree) return { to: undefined, freeAt: sequence };
      const freed = await record.free(sequence);
      if (freed === undefined) return 'lost';
      isFree = true;
      // Who came meanwhile is offered it like the others.
      ({ sequence } = freed);
      continue;
    }
    const { id, process } = next;
    const turn = (): Turn => {
      lease.offeredTo = process;
      return { id, sequence, line: line.all };
    };
    const answer = await offer(next, turn, PATIENCE_MS);
    if (answer === 'mine') return { to: process, freeAt: undefined };
    lease.offeredTo = undefined;
    for (const waiting of late.splice(0)) line.enqueue(waiting);
    if (answer === 'lost') return isFree ? { to: undefined, freeAt: undefined } : 'lost';
    if (answer !== SILENT) continue;
    // It may still wake and take it, unless we write first: then what it was offered is no more.
    const written = await (isFree ? record.free(sequence) : record.take(sequence));
    if (written === undefined) return { to: process, freeAt: undefined };
    ({ sequence } = written);
  }
}
