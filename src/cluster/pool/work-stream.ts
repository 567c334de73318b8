// The room's stream of chunks, and the one list of takers that all hosts share: each chunk goes to whoever
// asks first, and again to another when its lease ends.
import {
  AckPolicy,
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Broker } from '../connection/broker';
import { LEASE_MS } from '../lease';

export const TAKERS = 'hosts';
/** The broker sets so much aside. Two chunks of at most a message lie there for each slot. */
const MOST_BYTES = 2 ** 28;
const DUPLICATES_MS = 120_000;
const MOST_WAITING = 10_000;
const MOST_IN_HAND = 100_000;

/** When the stream was made: one of another time has forgotten what was in it. */
export async function ensureWork({ jsm, names }: Broker): Promise<string> {
  const { created } = await kept(
    () =>
      jsm.streams.add({
        name: names.workStream,
        subjects: [names.allWork],
        retention: RetentionPolicy.Workqueue,
        storage: StorageType.File,
        discard: DiscardPolicy.New,
        max_bytes: MOST_BYTES,
        duplicate_window: nanos(DUPLICATES_MS),
      }),
    () => jsm.streams.info(names.workStream),
  );
  await kept(
    () =>
      jsm.consumers.add(names.workStream, {
        durable_name: TAKERS,
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(LEASE_MS),
        max_deliver: -1,
        max_ack_pending: MOST_IN_HAND,
        max_waiting: MOST_WAITING,
      }),
    () => jsm.consumers.info(names.workStream, TAKERS),
  );
  return String(created);
}

/** Somebody who made it with another lease, or another version, was first: it is taken as it is. */
async function kept<T>(make: () => Promise<T>, found: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof JetStreamApiError) return found();
    throw error;
  }
}
