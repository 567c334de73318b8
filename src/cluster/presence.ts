// Which hosts are in the room: each writes its entry again and again, and one that is silent is taken for
// gone.

import { deserialize, serialize } from 'node:v8';
import { StorageType } from '@nats-io/jetstream';
import { type KV, type KvEntry, Kvm } from '@nats-io/kv';
import { performance } from '../system/timers';
import type { Broker } from './connection/broker';
import { LEASE_MS } from './lease';
import type { HostEntry } from './pool/conversation';

const SILENT_MS = 3 * LEASE_MS;

const buckets = new WeakMap<Broker, Promise<KV>>();

function bucketOf(broker: Broker): Promise<KV> {
  let bucket = buckets.get(broker);
  if (bucket === undefined) {
    bucket = new Kvm(broker.nc).create(broker.names.hosts, { ttl: SILENT_MS, storage: StorageType.Memory });
    bucket.catch(() => buckets.delete(broker));
    buckets.set(broker, bucket);
  }
  return bucket;
}

/** The broker may have forgotten the bucket, too. */
export async function announce(broker: Broker, entry: HostEntry): Promise<void> {
  try {
    await (await bucketOf(broker)).put(entry.id, serialize(entry));
  } catch (error) {
    buckets.delete(broker);
    throw error;
  }
}

export async function withdraw(broker: Broker, id: string): Promise<void> {
  await (await bucketOf(broker)).delete(id);
}

/** Those that are there, as far as is known. `changed` is called whenever that is something else. */
export class Presence {
  readonly #broker: Broker;
  readonly #changed: () => void;
  readonly #seen = new Map<string, { entry: HostEntry; at: number }>();
  #watching: { stop(): void } | undefined;

  constructor(broker: Broker, changed: () => void) {
    this.#broker = broker;
    this.#changed = changed;
  }

  get hosts(): HostEntry[] {
    return [...this.#seen.values()].map(({ entry }) => entry);
  }

  has(id: string): boolean {
    return this.#seen.has(id);
  }

  /** Also after the broker was away. Resolves when those that were there before are known. */
  async watch(): Promise<void> {
    this.#watching?.stop();
    buckets.delete(this.#broker);
    const bucket = await bucketOf(this.#broker);
    const { values } = await bucket.status();
    const watching = await bucket.watch();
    this.#watching = watching;
    await new Promise<void>((resolve) => {
      if (values === 0) resolve();
      void this.#listen(watching, resolve).then(resolve, resolve);
    });
  }

  async #listen(entries: AsyncIterable<KvEntry & { delta?: number }>, isComplete: () => void): Promise<void> {
    for await (const { key, operation, value, delta } of entries) {
      if (operation === 'PUT') this.#put(deserialize(value) as HostEntry);
      else this.#remove(key);
      if (delta === 0) isComplete();
    }
  }

  /** Those that have been silent for too long. */
  prune(): void {
    const now = performance.now();
    for (const [id, { at }] of this.#seen) if (now - at > SILENT_MS) this.#remove(id);
  }

  stop(): void {
    this.#watching?.stop();
  }

  #put(entry: HostEntry): void {
    const before = this.#seen.get(entry.id)?.entry;
    this.#seen.set(entry.id, { entry, at: performance.now() });
    if (before?.slots !== entry.slots || before.busy !== entry.busy) this.#changed();
  }

  #remove(id: string): void {
    if (this.#seen.delete(id)) this.#changed();
  }
}
