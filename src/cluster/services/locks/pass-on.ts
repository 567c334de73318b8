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
  readonly patienceMs: number;
}

interface Passing {
  offer(next: Waiting, turn: Turn): Promise<TurnAnswer | typeof NOBODY | typeof SILENT>;
  /** The number of the writing; undefined if somebody else wrote since. */
  free(sequence: number): Promise<number | undefined>;
}

/** Who has it now, or where it is free. 'lost': it was not ours to release any more. */
export async function passOn(
  lease: Lease,
  { offer, free }: Passing,
): Promise<{ to: string | undefined; freeAt: number | undefined } | 'lost'> {
  let sequence = await lease.settle();
  if (lease.hasExpired) return 'lost';
  for (let next = lease.line.shift(); next !== undefined; next = lease.line.shift()) {
    const { id, process } = next;
    const answer = await offer(next, { id, sequence, line: lease.line, patienceMs: PATIENCE_MS });
    if (answer === 'lost') return 'lost';
    if (answer === 'mine') return { to: process, freeAt: undefined };
    if (answer !== SILENT) continue;
    // It may still wake and take it, unless we write first: then what it was offered is no more.
    const written = await lease.record.take(sequence);
    if (written === undefined) return { to: process, freeAt: undefined };
    sequence = written.sequence;
  }
  const freeAt = await free(sequence);
  return freeAt === undefined ? 'lost' : { to: undefined, freeAt };
}
