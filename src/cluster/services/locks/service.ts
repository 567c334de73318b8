// The locks of a room that this process takes part in.
import type { Desk, Operations, Question } from '../../line/service';
import { inboxOf } from '../inbox';
import type { LockQuestion } from './conversation';
import { NamedLock } from './named-lock';
import { type AcquireArgs, Waiter } from './waiter';

const LEASE_MS = 3000;
/** The broker counts in seconds. */
const SHORTEST_MS = 1000;
/** Names that nobody here uses any more are forgotten from time to time. */
const MANY = 1000;

export function leaseMs(env: NodeJS.ProcessEnv = process.env): number {
  const asked = Number(env.PARLAB_LOCK_LEASE_MS ?? LEASE_MS);
  return Number.isFinite(asked) ? Math.max(SHORTEST_MS, asked) : LEASE_MS;
}

export function openLocks(desk: Desk) {
  const locks = new Map<string, NamedLock>();
  const lock = (name: string): NamedLock => {
    let found = locks.get(name);
    if (found === undefined) {
      if (locks.size > MANY) for (const [other, { isIdle }] of locks) if (isIdle) locks.delete(other);
      found = new NamedLock(name, desk, leaseMs());
      locks.set(name, found);
    }
    return found;
  };
  const inbox = inboxOf(desk);
  inbox.answer('lock', (question: LockQuestion, pass) => lock(question.lock).hear(question, pass));
  return {
    acquire: async (args: AcquireArgs, question: Question) => {
      question.ifUnheard(async (token) => {
        if (typeof token === 'number') await lock(args.lock).release(token);
      });
      await inbox.open();
      return lock(args.lock).acquire(new Waiter(args, question));
    },
    release: ({ lock: name, token }: { lock: string; token?: number }) => lock(name).release(token),
    isHeld: ({ lock: name }: { lock: string }) => lock(name).isHeld(),
  } satisfies Operations;
}
