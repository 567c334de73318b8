// What of a pool is out: on its way to a host, in the hand of one, or back. The broker carries it and may
// forget it; the book does not, so a chunk that comes back twice counts once, and one that is lost is given
// again.
import type { AnswerHead, BeganHead, ChunkHead } from './conversation';

/** So many hosts may be lost with the same chunk; then it is taken for the cause. */
const MOST_LOST = 3;

export interface Out {
  readonly head: ChunkHead;
  readonly items: Uint8Array;
  /** Where its items lie, if they are too large for a message. */
  blob: string | undefined;
  /** Those that began it and did not give it back, the latest last. */
  readonly hosts: { id: string; name: string }[];
  publishings: number;
  /** When something was last heard of it. */
  lastAt: number;
  /** Nothing more of its call is begun. */
  isRecalled: boolean;
}

export class Book {
  readonly #out = new Map<number, Out>();
  readonly seen = { duplicates: 0, again: 0 };

  get out(): Iterable<Out> {
    return this.#out.values();
  }

  get size(): number {
    return this.#out.size;
  }

  add(head: ChunkHead, items: Uint8Array, now: number): Out {
    const out = { head, items, blob: undefined, hosts: [], publishings: 0, lastAt: now, isRecalled: false };
    this.#out.set(head.chunk, out);
    return out;
  }

  has({ head }: Out): boolean {
    return this.#out.has(head.chunk);
  }

  /** Undefined for one that nobody waits for: it has come before, or its call has ended. */
  take({ chunk }: Pick<AnswerHead, 'chunk'>): Out | undefined {
    const out = this.#out.get(chunk);
    if (out === undefined) this.seen.duplicates++;
    this.#out.delete(chunk);
    return out;
  }

  /** Puts one back whose answer could not be had after all. */
  putBack(out: Out, now: number): void {
    out.lastAt = now;
    out.hosts.length = 0;
    this.#out.set(out.head.chunk, out);
  }

  /** 'lost': too many hosts have begun it and were never heard of again. */
  began({ chunk, host, id, isHandedBack = false }: BeganHead, now: number): 'unknown' | 'began' | 'lost' {
    const out = this.#out.get(chunk);
    if (out === undefined) return 'unknown';
    out.lastAt = now;
    if (isHandedBack) {
      const place = out.hosts.findLastIndex((each) => each.id === id);
      if (place >= 0) out.hosts.splice(place, 1);
      return 'began';
    }
    // The same one may get it again after it was cut off.
    if (out.hosts.at(-1)?.id !== id) out.hosts.push({ id, name: host });
    if (out.hosts.length > 1) this.seen.again++;
    return out.hosts.length > MOST_LOST ? 'lost' : 'began';
  }

  hostsOf(chunk: number): readonly string[] {
    return this.#out.get(chunk)?.hosts.map(({ name }) => name) ?? [];
  }

  ofWork(work: number): Out[] {
    return [...this.#out.values()].filter(({ head }) => head.work === work);
  }

  remove(out: Out): void {
    this.#out.delete(out.head.chunk);
  }

  clear(): void {
    this.#out.clear();
  }

  /** Those that the broker seems to have forgotten, or whose host is gone. */
  forgotten(now: number, patienceMs: number, hasIdle: boolean, isThere: (id: string) => boolean): Out[] {
    return [...this.#out.values()].filter(({ hosts, lastAt }) => {
      const host = hosts.at(-1);
      const seemsForgotten = host === undefined ? hasIdle : !isThere(host.id);
      return seemsForgotten && now - lastAt > patienceMs;
    });
  }
}
