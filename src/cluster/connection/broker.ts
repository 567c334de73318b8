// A connection to the broker of a room, NATS with JetStream, on a thread that no user's code can block.
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type Msg, type MsgCallback, type NatsConnection } from '@nats-io/transport-node';
import { RoomError } from '../../errors';
import { setTimeout } from '../../system/timers';
import type { Place } from '../address';
import { credentialsOf } from './credentials';
import { type Names, namesOf } from './names';
import { checkServer, told, whyNot } from './refusals';

/** How long one question to the broker may take. */
export const ANSWER_MS = 2500;

export interface Broker {
  readonly place: Place;
  readonly names: Names;
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  close(): Promise<void>;
}

/** `who`: what the broker's own lists call this connection. */
export async function openBroker(place: Place, who: string): Promise<Broker> {
  const names = namesOf(place.room);
  const nc = await open(place, who, names.inboxes);
  try {
    checkServer(nc, place);
    await checkEntrance(nc, place, names);
    const js = jetstream(nc, { timeout: ANSWER_MS });
    const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: ANSWER_MS });
    return { place, names, nc, js, jsm, close: () => close(nc) };
  } catch (error) {
    await nc.close();
    throw error;
  }
}

async function open(place: Place, who: string, inboxPrefix: string): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...place.servers],
      name: who,
      ...credentialsOf(place),
      inboxPrefix,
      // Who was connected once comes back whenever the broker does; a wrong address is told at once.
      maxReconnectAttempts: -1,
      waitOnFirstConnect: false,
      reconnectTimeWait: 200,
      reconnectJitter: 50,
      pingInterval: 2000,
      maxPingOut: 3,
      timeout: ANSWER_MS,
    });
  } catch (error) {
    throw error instanceof RoomError ? error : new RoomError(whyNot(error, place), { cause: error });
  }
}

/** A user of another room would hear no answer, and wait. */
async function checkEntrance(nc: NatsConnection, place: Place, { inboxes }: Names): Promise<void> {
  let refusal: unknown;
  const listening = nc.subscribe(`${inboxes}.entrance`, {
    callback: (error) => {
      refusal ??= error;
    },
  });
  await nc.flush();
  listening.unsubscribe();
  if (refusal) throw told(refusal, place);
}

/** What is on its way is sent, if the broker is there. */
async function close(nc: NatsConnection): Promise<void> {
  await Promise.race([nc.drain(), new Promise((resolve) => setTimeout(resolve, 500))]).catch(() => {});
  if (!nc.isClosed()) await nc.close();
}

/** For a subscription: an error thrown in its callback would end the connection's reader. */
export function heard(then: (message: Msg) => unknown): MsgCallback<Msg> {
  return (error, message) => {
    if (error !== null) return;
    try {
      const done = then(message);
      if (done instanceof Promise) done.catch(() => {});
    } catch {
      // Whoever said it gets no answer, and asks again.
    }
  };
}
