// What is larger than a message may be goes through the broker's object store, under a name of its own, and
// is removed by whoever reads it last.
import { randomUUID } from 'node:crypto';
import { type ObjectStore, Objm } from '@nats-io/obj';
import { nanos } from '@nats-io/transport-node';
import { RoomError } from '../../errors';
import type { Broker } from './broker';

/** For what stands beside the bytes in a message. */
const AROUND_BYTES = 8192;
/** Nobody who died leaves one behind for longer. */
const KEPT_MS = 3600_000;
const CHUNK_BYTES = 512 * 1024;

export type Large = Uint8Array | { readonly blob: string };

const stores = new WeakMap<Broker, Promise<ObjectStore>>();

function storeOf(broker: Broker): Promise<ObjectStore> {
  let store = stores.get(broker);
  if (store === undefined) {
    store = new Objm(broker.nc).create(broker.names.blobs, { ttl: nanos(KEPT_MS) });
    store.catch(() => stores.delete(broker));
    stores.set(broker, store);
  }
  return store;
}

/** How many bytes of a value may stand in a message. */
export function mostBytes({ nc }: Broker): number {
  return (nc.info?.max_payload ?? 2 ** 20) - AROUND_BYTES;
}

export async function sendLarge(broker: Broker, bytes: Uint8Array): Promise<Large> {
  if (bytes.length <= mostBytes(broker)) return bytes;
  const blob = randomUUID();
  const options = { max_chunk_size: Math.min(CHUNK_BYTES, mostBytes(broker)) };
  await (await storeOf(broker)).putBlob({ name: blob, options }, bytes);
  return { blob };
}

/** `isLast`: nobody else will ask for it. */
export async function receiveLarge(broker: Broker, large: Large, isLast: boolean): Promise<Uint8Array> {
  if (large instanceof Uint8Array) return large;
  const store = await storeOf(broker);
  const bytes = await store.getBlob(large.blob);
  if (bytes === null) {
    throw new RoomError(
      'What was to come through the broker is not there any more: it keeps what is larger than a message for an hour.',
    );
  }
  if (isLast) void forgetLarge(broker, large);
  return bytes;
}

export async function forgetLarge(broker: Broker, large: Large): Promise<void> {
  if (large instanceof Uint8Array) return;
  await storeOf(broker)
    .then((store) => store.delete(large.blob))
    .catch(() => {});
}
