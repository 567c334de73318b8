// One lock of a room, as this process takes part in it. Who holds it keeps the line of those who wait, and
// hands the lock to the first of them together with the rest of the line: first come, first served, and
// nobody is woken in vain. The record in the broker is all that decides: each step is a compare-and-swap of
// it, and whoever stands in no line, because its holder died, looks there.
import { LeaseLostError, LockOwnerDiedError, NotHeldError } from '../../../errors';
import { type States, statesOf } from '../../connection/states';
import { persist } from '../../connection/trouble';
import type { Desk } from '../../line/service';
import { type Inbox, inboxOf, NOBODY, SILENT } from '../inbox';
import type { LockQuestion, QueueAnswer, TurnAnswer, Waiting } from './conversation';
import { Lease } from './lease';
import { OwnRecord, recordOf, type Written } from './own-record';
import { passOn } from './pass-on';
import type { Waiter } from './waiter';

const QUEUE_MS = 1000;
/** How soon one who waits in a line makes sure that the line is still there. */
const RECHECK_MS = 1000;
/** How soon the record of a holder that does not answer is looked at again: its lease may end. */
const LOOK_MS = 150;
const { random } = Math;

export class NamedLock {
  readonly #name: string;
  readonly #subject: string;
  readonly #desk: Desk;
  readonly #states: States;
  readonly #inbox: Inbox;
  readonly #leaseMs: number;
  readonly #waiters = new Map<number, Waiter>();
  /** Acquisitions whose lease ended before they were released. */
  readonly #lost = new Set<number>();
  #lease: Lease | undefined;
  /** What this process freed last is likely to be free still. */
  #freeAt: number | undefined;
  /** Who had it lately, by hearsay. */
  #hint: string | undefined;

  constructor(name: string, desk: Desk, leaseMs: number) {
    this.#name = name;
    this.#subject = desk.names.state('lock', name);
    this.#desk = desk;
    this.#states = statesOf(desk);
    this.#inbox = inboxOf(desk);
    this.#leaseMs = leaseMs;
  }

  /** When this process has nothing to do with it any more. */
  get isIdle(): boolean {
    return this.#lease === undefined && this.#waiters.size === 0 && this.#lost.size === 0;
  }

  /** The waiter's outcome. Throws a LockOwnerDiedError if it wants to be told. */
  async acquire(waiter: Waiter): Promise<Awaited<Waiter['outcome']>> {
    this.#waiters.set(waiter.id, waiter);
    this.#approach(waiter).catch((error) => waiter.fail(error));
    try {
      return await waiter.outcome;
    } finally {
      this.#waiters.delete(waiter.id);
      const { holder } = waiter;
      const leave: LockQuestion = { lock: this.#name, type: 'leave', waiting: this.#waitingOf(waiter) };
      this.#lease?.remove(leave.waiting);
      if (holder !== undefined) void this.#inbox.tell(holder, 'lock', leave).catch(() => {});
    }
  }

  async isHeld(): Promise<boolean> {
    if (this.#lease !== undefined) return true;
    return (await this.#states.read(this.#subject)).bytes !== undefined;
  }

  /**
   * Of the acquisition `token`, or of whichever this process has. Throws a LeaseLostError or a NotHeldError.
   */
  async release(token: number | undefined): Promise<void> {
    const lease = this.#lease;
    if (lease === undefined || lease.isReleasing || (token ?? lease.token) !== lease.token) {
      throw this.#forgetLost(token) ? new LeaseLostError('The lock') : new NotHeldError('Lock');
    }
    const { inbox, name, process } = { inbox: this.#inbox, name: this.#name, process: this.#desk.processId };
    let to: string | undefined;
    try {
      const passed = await passOn(lease, {
        offer: (next, turn) => {
          if (next.process === process) return this.#takeTurn({ lock: name, type: 'turn', ...turn });
          return inbox.ask<TurnAnswer>(
            next.process,
            'lock',
            { lock: name, type: 'turn', ...turn },
            turn.patienceMs,
          );
        },
        free: (sequence) => this.#states.free(this.#subject, sequence),
      });
      if (passed === 'lost') throw new LeaseLostError('The lock');
      to = passed.to;
      this.#freeAt = passed.freeAt;
    } finally {
      if (this.#lease === lease) this.#lease = undefined;
      this.#hint = to === process ? undefined : to;
      lease.end(to);
    }
  }

  /** What another process says. */
  async hear(question: LockQuestion): Promise<QueueAnswer | TurnAnswer | null> {
    switch (question.type) {
      case 'queue': {
        const lease = this.#lease;
        if (lease === undefined) return { type: 'elsewhere', holder: this.#hint };
        // Its line is on its way already: who gets it is known soon.
        if (lease.isReleasing) return { type: 'elsewhere', holder: await lease.over };
        return { type: 'queued', number: lease.enqueue(question.waiting) };
      }
      case 'leave':
        this.#lease?.remove(question.waiting);
        return null;
      case 'turn':
        return this.#takeTurn(question);
      default:
        return question satisfies never;
    }
  }

  /** Until the waiter has it, or waits no more. */
  async #approach(waiter: Waiter): Promise<void> {
    while (!waiter.isOver) {
      const here = this.#lease;
      if (here === undefined) await this.#approachElsewhere(waiter);
      else if (waiter.onlyTries) waiter.end(undefined);
      else if (here.isReleasing) await here.over;
      else {
        waiter.number = here.enqueue(this.#waitingOf(waiter));
        await Promise.race([waiter.pause(RECHECK_MS), here.over]);
      }
    }
  }

  async #approachElsewhere(waiter: Waiter): Promise<void> {
    const hint = waiter.onlyTries ? undefined : this.#hint;
    this.#hint = undefined;
    const holder = hint ?? (await this.#takeIfFree(waiter));
    if (holder === undefined || waiter.isOver) return;
    if (waiter.onlyTries) waiter.end(undefined);
    else await this.#queueWith(holder, waiter);
  }

  async #queueWith(holder: string, waiter: Waiter): Promise<void> {
    const question: LockQuestion = { lock: this.#name, type: 'queue', waiting: this.#waitingOf(waiter) };
    const answer = await this.#inbox.ask<QueueAnswer>(holder, 'lock', question, QUEUE_MS);
    if (answer === NOBODY || answer === SILENT) {
      await waiter.pause(LOOK_MS * (0.5 + random()));
      return;
    }
    if (answer.type === 'queued') {
      waiter.misses = 0;
      waiter.number = answer.number;
      waiter.holder = holder;
      await waiter.pause(RECHECK_MS * (0.5 + random()));
      return;
    }
    if (answer.holder !== undefined && answer.holder !== holder) this.#hint = answer.holder;
    await waiter.pause(Math.min(LOOK_MS, 2 ** waiter.misses++) - 1);
  }

  /** Undefined if the waiter has it now, or something has changed; else who holds it. */
  async #takeIfFree(waiter: Waiter): Promise<string | undefined> {
    const freeAt = this.#freeAt;
    this.#freeAt = undefined;
    const seen =
      freeAt === undefined
        ? await persist(() => this.#states.read(this.#subject), waiter.ended)
        : { sequence: freeAt, bytes: undefined, hasExpired: false };
    if (seen === undefined || waiter.isOver) return undefined;
    if (seen.bytes !== undefined) {
      const { holder, who } = recordOf(seen.bytes);
      waiter.lastOwner = who;
      return holder;
    }
    const record = this.#newRecord();
    const written = await record.take(seen.sequence);
    if (written === undefined) return undefined;
    if (seen.hasExpired && waiter.tellsDeath) {
      const { host, pid } = waiter.lastOwner ?? { host: 'its owner', pid: 0 };
      waiter.fail(new LockOwnerDiedError(`A process on ${host}`, pid, { lock: this.#name }));
    }
    this.#hold(record, written, [], waiter);
    return undefined;
  }

  async #takeTurn({ id, sequence, line }: LockQuestion & { type: 'turn' }): Promise<TurnAnswer> {
    const waiter = this.#waiters.get(id);
    if (waiter === undefined || waiter.isOver) return 'gone';
    const record = this.#newRecord();
    const written = await record.take(sequence);
    if (written === undefined) return 'lost';
    this.#hold(record, written, line, waiter);
    return 'mine';
  }

  #newRecord(): OwnRecord {
    return new OwnRecord(this.#states, this.#subject, this.#desk.processId, this.#leaseMs);
  }

  #hold(record: OwnRecord, written: Written, line: readonly Waiting[], waiter: Waiter): void {
    const lease = new Lease(record, written, line, () => {
      this.#lost.add(lease.token);
      if (this.#lease === lease) this.#lease = undefined;
    });
    this.#lease = lease;
    // It may have given up while the broker was asked.
    if (!waiter.end(lease.token)) void this.release(lease.token).catch(() => {});
  }

  #waitingOf({ id, number }: Waiter): Waiting {
    return { process: this.#desk.processId, id, ...(number !== undefined && { number }) };
  }

  #forgetLost(token: number | undefined): boolean {
    const found = token ?? this.#lost.values().next().value;
    return found !== undefined && this.#lost.delete(found);
  }
}
