// One small record for each lock, event, barrier … of a room, changed by compare-and-swap: who writes says
// which number the last writing had. The broker's numbers only rise, so the number of a writing is a token
// that fences older ones off.
import { headers, nanos } from '@nats-io/transport-node';
import type { Desk } from '../line/service';
import type { Broker } from './broker';
import { isAway, isConflict } from './trouble';

/** How long it is known that an owner died; and how long a record that says “free” is kept. */
const REMEMBERED_S = 3600;

export interface Seen {
  /** 0: never written. */
  readonly sequence: number;
  /** Undefined: free, or never written. */
  readonly bytes: Uint8Array | undefined;
  /** Its time to live has ended: nobody took it back. */
  readonly hasExpired: boolean;
}

export class States {
  readonly #desk: Desk;
  #ready: Promise<unknown> | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
    // It may have lost its disk meanwhile.
    desk.whenReconnected(() => {
      this.#ready = undefined;
    });
  }

  async read(subject: string): Promise<Seen> {
    const { jsm, names } = await this.#ensured();
    const message = await this.#orDoubt(jsm.direct.getMessage(names.states, { last_by_subj: subject }));
    if (message === null) return { sequence: 0, bytes: undefined, hasExpired: false };
    const hasExpired = message.header?.has('Nats-Marker-Reason') ?? false;
    return { sequence: message.seq, bytes: message.data.length > 0 ? message.data : undefined, hasExpired };
  }

  /**
   * The number of this writing, or undefined if `expected` was not the last. `bytes` must differ from what
   * others write.
   */
  async swap(
    subject: string,
    bytes: Uint8Array,
    expected: number,
    leaseMs?: number,
  ): Promise<number | undefined> {
    const ttl = leaseMs === undefined ? {} : { ttl: `${Math.max(1, Math.ceil(leaseMs / 1000))}s` };
    return this.#write(subject, bytes, { expect: { lastSubjectSequence: expected }, ...ttl });
  }

  /** Back to free: as swap(), and the record goes away by and by. */
  async free(subject: string, expected: number): Promise<number | undefined> {
    // The broker does not mark the end of what is marked as given up already.
    const gone = headers();
    gone.set('KV-Operation', 'PURGE');
    const options = { expect: { lastSubjectSequence: expected }, headers: gone, ttl: `${REMEMBERED_S}s` };
    return this.#write(subject, new Uint8Array(), options);
  }

  async #write(subject: string, bytes: Uint8Array, options: object): Promise<number | undefined> {
    const { js } = await this.#ensured();
    try {
      return (await this.#orDoubt(js.publish(subject, bytes, options))).seq;
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  }

  /** Nobody answers where there is no stream: it is made anew before the next try. */
  async #orDoubt<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      if (isAway(error)) this.#ready = undefined;
      throw error;
    }
  }

  async #ensured(): Promise<Broker> {
    const broker = await this.#desk.broker();
    this.#ready ??= this.#make(broker).catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    await this.#ready;
    return broker;
  }

  async #make({ jsm, names }: Broker): Promise<void> {
    await jsm.streams.add({
      name: names.states,
      subjects: [names.allStates],
      max_msgs_per_subject: 1,
      storage: 'file',
      discard: 'new',
      allow_direct: true,
      allow_rollup_hdrs: true,
      allow_msg_ttl: true,
      subject_delete_marker_ttl: nanos(REMEMBERED_S * 1000),
    });
  }
}

const all = new Map<string, States>();

/** Those of a room, for all services of this thread. */
export function statesOf(desk: Desk): States {
  let states = all.get(desk.processId);
  if (states === undefined) {
    states = new States(desk);
    all.set(desk.processId, states);
  }
  return states;
}
