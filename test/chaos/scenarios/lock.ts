// A counter under a lock is exact whoever dies: who is told that an owner died puts the data right, as the error says.
import { type Held, Lock, LockOwnerDiedError, RawArray, RLock } from '../../../src/index';
import { type Actor, MOST_ACTORS } from '../actor';
import type { Stage } from '../stage';

/** A total and everybody's part of it, with a journal of the change under way: row + 1, and what both were before. */
class Books {
  readonly total = new RawArray('int32', 1);
  readonly parts = new RawArray('int32', MOST_ACTORS);
  readonly journal = new RawArray('int32', 3);

  add(row: number): void {
    const { total, parts, journal } = this;
    const before = total[0] ?? 0;
    journal[1] = before;
    journal[2] = parts[row] ?? 0;
    Atomics.store(journal, 0, row + 1);
    total[0] = before + 1;
    // So long that a death in here is likely.
    for (let i = 0; i < 2000; i++) Atomics.load(total, 0);
    parts[row] = (journal[2] ?? 0) + 1;
    Atomics.store(journal, 0, 0);
  }

  putRight(): void {
    const row = Atomics.load(this.journal, 0) - 1;
    if (row < 0) return;
    this.total[0] = this.journal[1] ?? 0;
    this.parts[row] = this.journal[2] ?? 0;
    Atomics.store(this.journal, 0, 0);
  }

  get isRight(): boolean {
    return this.total[0] === this.parts.reduce((sum, part) => sum + part, 0);
  }
}

type AnyLock = Lock | RLock;

function hold(self: Actor, lock: AnyLock): Held | Promise<Held> {
  if (lock instanceof RLock) return self.random.chance(0.5) ? lock.acquireSync() : lock.acquire();
  const options = { onOwnerDied: 'continue' } as const;
  return self.random.chance(0.5) ? lock.acquireSync(options) : lock.acquire(options);
}

async function count(self: Actor, lock: AnyLock, books: Books): Promise<void> {
  while (!self.isOver()) {
    self.says('acquires the lock');
    try {
      using _held = await hold(self, lock);
      self.says('holds the lock');
      books.putRight();
      books.add(self.row);
    } catch (error) {
      // It is free again, and another may have come first: the journal is for whoever holds it next.
      if (!(error instanceof LockOwnerDiedError)) throw error;
    }
  }
}

async function playLock(stage: Stage, lock: AnyLock): Promise<void> {
  const books = new Books();
  const counters = stage.keep(4, 'counter', count, lock, books);
  await stage.torment();
  await counters.ended();
  books.putRight();
  stage.check(books.isRight, `the total ${books.total[0]} is not the sum of the parts`);
  stage.check((books.total[0] ?? 0) > 0, 'nobody ever held the lock');
  const mine = await lock.acquire({ timeout: 5000 }).catch(() => lock.acquire({ timeout: 5000 }));
  stage.check(mine !== false, 'the lock is not free');
  if (mine) mine.release();
}

export const lock = (stage: Stage) => playLock(stage, new Lock());
export const rlock = (stage: Stage) => playLock(stage, new RLock());
