// The child processes of a host: those that wait for the next chunk of their pool, and those at work.
import { Hand } from './hand';

export class Hands {
  readonly #where: { home: string; url: string };
  readonly #mostIdle: number;
  readonly #all = new Set<Hand>();
  /** The longest idle first. */
  readonly #idle = new Set<Hand>();
  readonly #made = new Map<string, number>();

  /** `where`: the place of packages, and the room. */
  constructor(where: { home: string; url: string }, slots: number) {
    this.#where = where;
    this.#mostIdle = slots;
  }

  /** For a chunk of so many items. A hand that is not ready has to begin first. */
  take(pool: string, count: number, maxTasks: number): Hand {
    for (const hand of this.#idle) {
      if (hand.pool !== pool) continue;
      this.#idle.delete(hand);
      if (!hand.isGone && (hand.given === 0 || hand.given + count <= maxTasks)) return hand;
      hand.kill();
    }
    const number = (this.#made.get(pool) ?? 0) + 1;
    this.#made.set(pool, number);
    const hand = new Hand(pool, `PoolWorker-${number}`, this.#where);
    this.#all.add(hand);
    hand.whenGone(() => {
      this.#all.delete(hand);
      this.#idle.delete(hand);
    });
    return hand;
  }

  giveBack(hand: Hand): void {
    hand.work = undefined;
    if (hand.isGone) return;
    this.#idle.add(hand);
    for (const each of this.#idle) {
      if (this.#idle.size <= this.#mostIdle) return;
      this.#idle.delete(each);
      each.kill();
    }
  }

  /** Without work: the pool has ended. */
  stop(pool: string, work: number | undefined, isHard: boolean): void {
    for (const hand of this.#all) {
      if (hand.pool !== pool || (work !== undefined && hand.work !== work)) continue;
      if (isHard) hand.kill();
      else hand.cut();
    }
    if (work === undefined) this.#made.delete(pool);
  }

  /** The pools of those that wait. */
  get idlePools(): Set<string> {
    return new Set([...this.#idle].map(({ pool }) => pool));
  }

  endIdle(pool: string): void {
    for (const hand of this.#idle) if (hand.pool === pool) hand.kill();
    this.#made.delete(pool);
  }

  killAll(): void {
    for (const hand of this.#all) hand.kill();
  }
}
