// Messages on their way from who puts to who gets, and how many are in a queue. Pure: it is told the events
// in their order.

import type { TraceEvent } from '../trace/record';

export interface Message {
  readonly object: number;
  readonly number: number;
  readonly from: number;
  readonly putAt: number;
  readonly to: number;
  readonly gotAt: number;
}

/** Put, and not taken. */
export type Unread = Pick<Message, 'object' | 'number' | 'from' | 'putAt'>;

export interface Depth {
  readonly object: number;
  /** How many messages are there from that moment on. */
  readonly points: readonly { readonly at: number; readonly depth: number }[];
}

export class Mailbox {
  readonly messages: Message[] = [];
  readonly #puts = new Map<string, Unread>();
  readonly #changes = new Map<number, { at: number; by: 1 | -1 }[]>();

  happened({ kind, object, number, process, at }: TraceEvent): void {
    if ((kind !== 'put' && kind !== 'get') || object === undefined) return;
    const changes = this.#changes.get(object) ?? [];
    changes.push({ at, by: kind === 'put' ? 1 : -1 });
    this.#changes.set(object, changes);
    if (number === undefined) return;
    const key = `${object}/${number}`;
    if (kind === 'put') {
      this.#puts.set(key, { object, number, from: process, putAt: at });
      return;
    }
    const put = this.#puts.get(key);
    if (put === undefined) return;
    this.#puts.delete(key);
    this.messages.push({ ...put, to: process, gotAt: at });
  }

  get unread(): Unread[] {
    return [...this.#puts.values()];
  }

  /**
   * What was in a queue before the first event that is remembered is counted, so that no depth is below 0.
   */
  depths(from: number): Depth[] {
    return [...this.#changes].map(([object, changes]) => {
      let sum = 0;
      const least = Math.min(0, ...changes.map(({ by }) => (sum += by)));
      const points = [{ at: from, depth: Math.abs(least) }];
      for (const { at, by } of changes) {
        const depth = (points.at(-1)?.depth ?? 0) + by;
        if (points.at(-1)?.at === at) points.pop();
        points.push({ at, depth });
      }
      return { object, points };
    });
  }
}
