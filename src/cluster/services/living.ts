// Which other processes of the room are there. One that nobody reaches for as long as a lease is taken for
// dead: it may be cut off, so what it had may be given to others, and it is told when it comes back.
import { performance } from '../../system/timers';
import type { Desk } from '../line/service';
import { type Inbox, inboxOf, NOBODY } from './inbox';
import { leaseMs } from './locks/service';

const PATIENCE_MS = 1000;

export class Living {
  readonly #inbox: Inbox;
  readonly #missedSince = new Map<string, number>();

  constructor(desk: Desk) {
    this.#inbox = inboxOf(desk);
    this.#inbox.answer('alive', () => 'yes');
  }

  /** Of these, the ones that have been away for longer than a lease. One that stands still is there. */
  async dead(processes: readonly string[]): Promise<string[]> {
    const all = await Promise.all(
      processes.map(async (process) => ({ process, isDead: await this.#isDead(process) })),
    );
    return all.filter(({ isDead }) => isDead).map(({ process }) => process);
  }

  async #isDead(process: string): Promise<boolean> {
    const answer = await this.#inbox.ask(process, 'alive', () => null, PATIENCE_MS);
    if (answer !== NOBODY) {
      this.#missedSince.delete(process);
      return false;
    }
    const now = performance.now();
    const since = this.#missedSince.get(process) ?? now;
    this.#missedSince.set(process, since);
    return now - since > leaseMs();
  }
}
