// One lock of a room, as this process takes part in it. Who holds it keeps the line of those who wait, and
// hands the lock to the first of them together with the rest of the line: first come, first served, and
// nobody is woken in vain. Who asks for a place where the lock is no more is sent after it: through the same
// connections, right behind the line, so it cannot come too late again and again. The record in the broker is
// all that decides: each step is a compare-and-swap of it, and whoever stands in no line, because its holder
// died, looks there.
import { LeaseLostError, LockOwnerDiedError, NotHeldError } from '../../../errors';
import { type States, statesOf } from '../../connection/states';
import { persist } from '../../connection/trouble';
import type { Desk } from '../../line/service';
import { type Inbox, inboxOf, NOBODY, type Pass, SILENT } from '../inbox';
import type { LockQuestion, QueueAnswer, TurnAnswer, Waiting } from './conversation';
import { Lease } from './lease';
import { OwnRecord, recordOf } from './own-record';
import { passOn } from './pass-on';
import { passed, QUEUE_MS } from './pass-question';
import { RecentHolder } from './recent-holder';
import type { Waiter } from './waiter';

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
  /** Also while the broker is asked for it. */
  #lease: Lease | undefined;
  /** What this process freed last is likely to be free still. */
  #freeAt: number | undefined;
  /** To whom this process gave it. */
  readonly #heir = new RecentHolder();

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
    let outcome: Awaited<Waiter['outcome']>;
    try {
      outcome = await waiter.outcome;
      return outcome;
    } finally {
      this.#waiters.delete(waiter.id);
      // Who has it stands in no line any more.
      if (typeof outcome !== 'number') this.#leave(waiter);
    }
  }

  async isHeld(): Promise<boolean> {
    if (this.#lease !== undefined && this.#lease.token > 0) return true;
    return (await this.#states.read(this.#subject)).bytes !== undefined;
  }

  /**
   * Of the acquisition `token`, or of whichever this process has. Throws a LeaseLostError or a NotHeldError.
   */
  async release(token: number | undefined): Promise<void> {
    const lease = this.#lease;
    if (
      lease === undefined ||
      lease.isReleasing ||
      (token ?? lease.token) !== lease.token ||
      lease.token === 0
    ) {
      throw this.#forgetLost(token) ? new LeaseLostError('The lock') : new NotHeldError('Lock');
    }
    let to: string | undefined;
    let freeAt: number | undefined;
    try {
      const passed = await passOn(lease, {
        offer: (next, turn, patienceMs) => {
          const said = (): LockQuestion & { type: 'turn' } => ({ lock: this.#name, type: 'turn', ...turn() });
          if (next.process === this.#desk.processId) return this.#takeTurn(said());
          return this.#inbox.ask<TurnAnswer>(next.process, 'lock', said, patienceMs);
        },
      });
      if (passed === 'lost') throw new LeaseLostError('The lock');
      ({ to, freeAt } = passed);
    } finally {
      // It may have come back meanwhile.
      if (this.#lease === lease) {
        this.#lease = undefined;
        this.#freeAt = freeAt;
        this.#heir.set(to === this.#desk.processId ? undefined : to);
      }
      lease.end(to);
    }
  }

  /** What another process says; `pass` gives it on to one that knows more. */
  async hear(question: LockQuestion, pass: Pass): Promise<QueueAnswer | TurnAnswer | null> {
    switch (question.type) {
      case 'queue':
        return this.#queue(question.waiting, pass);
      case 'leave': {
        this.#lease?.line.remove(question.waiting);
        const after = this.#lease === undefined ? this.#heir.process : this.#lease.offeredTo;
        if (after !== undefined && after !== this.#desk.processId)
          await this.#inbox.tell(after, 'lock', question);
        return null;
      }
      case 'turn':
        return this.#takeTurn(question);
      default:
        return question satisfies never;
    }
  }

  /**
   * A place behind the others. Up to the first `await` nothing comes between: what is heard in an order is
   * passed on in it.
   */
  async #queue(waiting: Waiting, pass: Pass): Promise<QueueAnswer> {
    const { processId: holder } = this.#desk;
    const lease = this.#lease;
    if (lease === undefined) {
      const sequence = this.#freeAt;
      this.#freeAt = undefined;
      if (sequence !== undefined) {
        // This process stands behind it, should it want the lock again.
        this.#heir.set(waiting.process === holder ? undefined : waiting.process);
        return { type: 'free', sequence };
      }
      const { process } = this.#heir;
      return process === undefined ? { type: 'unknown' } : passed(process, pass);
    }
    if (lease.offeredTo !== undefined && lease.offeredTo !== holder) {
      lease.late.push(waiting);
      return passed(lease.offeredTo, pass);
    }
    // Its answer went astray.
    if (waiting.process === holder && !this.#waits(waiting.id, lease)) return { type: 'unknown' };
    const number = lease.line.enqueue(waiting);
    if (lease.isReleasing) {
      const to = await lease.over;
      return to === undefined ? { type: 'unknown' } : { type: 'queued', number, holder: to };
    }
    return (await lease.began) ? { type: 'queued', number, holder } : { type: 'unknown' };
  }

  #waits(id: number, lease: Lease): boolean {
    return lease.waiter !== id && this.#waiters.get(id)?.isOver === false;
  }

  #leave(waiter: Waiter): void {
    const { holder } = waiter;
    const leave: LockQuestion = { lock: this.#name, type: 'leave', waiting: this.#waitingOf(waiter) };
    this.#lease?.line.remove(leave.waiting);
    if (holder !== undefined) void this.#inbox.tell(holder, 'lock', leave).catch(() => {});
  }

  /** Until the waiter has it, or waits no more. */
  async #approach(waiter: Waiter): Promise<void> {
    while (!waiter.isOver) {
      const here = this.#lease;
      if (here === undefined) await this.#approachElsewhere(waiter);
      else if (waiter.onlyTries) await this.#tryHere(here, waiter);
      else if (here.isReleasing || here.waiter === waiter.id) await here.over;
      else {
        waiter.number = here.line.enqueue(this.#waitingOf(waiter));
        await waiter.pause(RECHECK_MS, here.over);
      }
    }
  }

  async #tryHere(lease: Lease, waiter: Waiter): Promise<void> {
    if (await lease.began) waiter.end(undefined);
    else await lease.over;
  }

  async #approachElsewhere(waiter: Waiter): Promise<void> {
    const heir = waiter.onlyTries ? undefined : this.#heir.process;
    this.#heir.set(undefined);
    const holder = heir ?? (await this.#takeIfFree(waiter));
    if (holder === undefined || waiter.isOver) return;
    if (waiter.onlyTries) waiter.end(undefined);
    else await this.#queueWith(holder, waiter);
  }

  async #queueWith(holder: string, waiter: Waiter): Promise<void> {
    const question: LockQuestion = { lock: this.#name, type: 'queue', waiting: this.#waitingOf(waiter) };
    const answer = await this.#inbox.ask<QueueAnswer>(holder, 'lock', () => question, QUEUE_MS);
    if (answer === NOBODY || answer === SILENT) {
      await waiter.pause(LOOK_MS * (0.5 + random()));
    } else if (answer.type === 'queued') {
      waiter.misses = 0;
      waiter.number = answer.number;
      waiter.holder = answer.holder;
      await waiter.pause(RECHECK_MS * (0.5 + random()));
    } else if (answer.type === 'free') {
      if (!waiter.isOver && this.#lease === undefined) await this.#take(waiter, answer.sequence);
    } else {
      await waiter.pause(Math.min(LOOK_MS, 2 ** waiter.misses++) - 1);
    }
  }

  /** Undefined if the waiter has it now, or something has changed; else who holds it. */
  async #takeIfFree(waiter: Waiter): Promise<string | undefined> {
    const freeAt = this.#freeAt;
    this.#freeAt = undefined;
    if (freeAt !== undefined) {
      await this.#take(waiter, freeAt);
      return undefined;
    }
    const seen = await persist(() => this.#states.read(this.#subject), waiter.ended);
    // A turn may have come, or another wait of this process have been first.
    if (seen === undefined || waiter.isOver || this.#lease !== undefined) return undefined;
    if (seen.bytes !== undefined) {
      const { holder, who } = recordOf(seen.bytes);
      waiter.lastOwner = who;
      return holder;
    }
    const ownerDied = () => {
      if (!seen.hasExpired || !waiter.tellsDeath) return;
      const { host, pid } = waiter.lastOwner ?? { host: 'its owner', pid: 0 };
      waiter.fail(new LockOwnerDiedError(`A process on ${host}`, pid, { lock: this.#name }));
    };
    await this.#take(waiter, seen.sequence, [], ownerDied);
    return undefined;
  }

  async #takeTurn({ id, sequence, line }: LockQuestion & { type: 'turn' }): Promise<TurnAnswer> {
    const waiter = this.#waiters.get(id);
    if (waiter === undefined || waiter.isOver) return 'gone';
    return (await this.#take(waiter, sequence, line)) ? 'mine' : 'lost';
  }

  /** False if somebody else has written over number `expected`. */
  async #take(
    waiter: Waiter,
    expected: number,
    line: readonly Waiting[] = [],
    beforeItIsTold: () => void = () => {},
  ): Promise<boolean> {
    const record = new OwnRecord(this.#states, this.#subject, this.#desk.processId, this.#leaseMs);
    const lease = new Lease(record, expected, waiter.id, line);
    // An offer of one who has lost it may come while this process has it.
    const before = this.#lease;
    this.#lease = lease;
    const drop = () => {
      if (this.#lease === lease) this.#lease = before?.isOver === false ? before : undefined;
    };
    const written = await record.take(expected).catch((error) => {
      drop();
      lease.end();
      throw error;
    });
    if (written === undefined) {
      drop();
      lease.end();
      return false;
    }
    this.#lease = lease;
    this.#freeAt = undefined;
    this.#heir.set(undefined);
    lease.hold(written, () => {
      this.#lost.add(lease.token);
      drop();
    });
    beforeItIsTold();
    // It may have given up while the broker was asked.
    if (!waiter.end(lease.token)) void this.release(lease.token).catch(() => {});
    return true;
  }

  #waitingOf({ id, number }: Waiter): Waiting {
    return { process: this.#desk.processId, id, ...(number !== undefined && { number }) };
  }

  #forgetLost(token: number | undefined): boolean {
    const found = token ?? this.#lost.values().next().value;
    return found !== undefined && this.#lost.delete(found);
  }
}
