// The hosts of a room as a pool counts them: how many slots can take its work, and what came from where.
import type { HostStats } from '../../pool/options';
import { setTimeout } from '../../system/timers';
import type { Place } from '../address';
import { canTalk, myVersions } from '../versions';
import type { HostEntry } from './conversation';

/** After how long a program is told that no host has come. */
const TELL_AFTER_MS = 5000;

export class HostsKnown {
  readonly #place: Place;
  readonly #done = new Map<string, number>();
  readonly #toldOf = new Set<string>();
  #all: readonly HostEntry[] = [];
  #hasTold = false;

  constructor(place: Place) {
    this.#place = place;
  }

  set(all: readonly HostEntry[]): void {
    this.#all = all;
  }

  get #fit(): HostEntry[] {
    return this.#all.filter(({ versions }) => canTalk(myVersions(), versions));
  }

  get slots(): number {
    return this.#fit.reduce((sum, { slots }) => sum + slots, 0);
  }

  /** Sentences about those that cannot read what this program sends, each once. */
  unfit(): string[] {
    const fresh = this.#all.filter(
      ({ id, versions }) => !canTalk(myVersions(), versions) && !this.#toldOf.has(id),
    );
    for (const { id } of fresh) this.#toldOf.add(id);
    return fresh.map(sentenceOf);
  }

  /** Why nothing can be run, though there are hosts. */
  get noneFits(): string | undefined {
    const [first] = this.#all;
    return first === undefined || this.#fit.length > 0 ? undefined : sentenceOf(first);
  }

  /** Tells people once if nobody comes while the pool waits for somebody. */
  tellIfNobody(isWaiting: () => boolean): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    setTimeout(() => {
      if (this.#all.length === 0 && isWaiting()) process.stderr.write(`${this.#nobody}\n`);
    }, TELL_AFTER_MS).unref();
  }

  /** Why there is no way to them any more. */
  get unreachable(): string {
    return `The connection to the broker at ${this.#place.url} has ended for ever, as when the key of the room was changed. Make a new Pool when this program has the new key.`;
  }

  get #nobody(): string {
    const { room, url } = this.#place;
    return `No worker has joined the room '${room}' yet: run \`parlab worker --join ${url}\` on the computers that should work.`;
  }

  count(host: string, items: number): void {
    this.#done.set(host, (this.#done.get(host) ?? 0) + items);
  }

  stats(out: Iterable<{ host: string | undefined; call: string; items: number }>): HostStats[] {
    const has = new Map<string, Map<string, number>>();
    for (const { host, call, items } of out) {
      if (host === undefined) continue;
      const calls = has.get(host) ?? new Map<string, number>();
      has.set(host, calls.set(call, (calls.get(call) ?? 0) + items));
    }
    const slots = new Map<string, number>();
    for (const each of this.#fit) slots.set(each.host, (slots.get(each.host) ?? 0) + each.slots);
    return [...slots].map(([name, count]) => ({
      name,
      slots: count,
      done: this.#done.get(name) ?? 0,
      has: [...(has.get(name) ?? [])].map(([call, items]) => ({ call, items })),
    }));
  }
}

function sentenceOf({ host, versions }: HostEntry): string {
  const mine = myVersions();
  return (
    `The worker on ${host} has ParLab ${versions.parlab} on Node ${versions.node}, which cannot read what this ` +
    `program sends (ParLab ${mine.parlab} on Node ${mine.node}). Run the same versions there, or here.`
  );
}
