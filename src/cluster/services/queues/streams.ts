// The streams of a room's queues, and the consumer of each queue that all its takers share. All queues of one
// size lie in one stream, so that nothing is left of a queue that nobody uses any more: its consumer goes by
// itself, and its items when they are old.
import { nanos } from '@nats-io/transport-node';
import type { Broker } from '../../connection/broker';
import type { Desk } from '../../line/service';
import type { QueueName } from './queue-name';

/** Whoever takes an item and says nothing of it for so long has lost it. */
export const LEASE_MS = 5000;
const KEPT_MS = 7 * 24 * 3600_000;
/** So long the broker remembers whom it gave what, when nobody asks. */
const IDLE_MS = 3600_000;
const KNOWN_AGAIN_MS = 120_000;

export class QueueStreams {
  readonly #desk: Desk;
  readonly #made = new Map<string, Promise<unknown>>();

  constructor(desk: Desk) {
    this.#desk = desk;
    // It may have lost its disk meanwhile.
    desk.whenReconnected(() => this.#made.clear());
  }

  async ensure({ maxsize }: QueueName): Promise<Broker> {
    const broker = await this.#desk.broker();
    await this.#once(String(maxsize), () => this.#makeStream(broker, maxsize));
    return broker;
  }

  async ensureTakers(which: QueueName): Promise<Broker> {
    const broker = await this.ensure(which);
    await this.#once(`${which.maxsize} ${which.name}`, () => this.#makeTakers(broker, which));
    return broker;
  }

  /** It may have been removed behind our back. */
  doubt({ maxsize, name }: QueueName): void {
    this.#made.delete(String(maxsize));
    this.#made.delete(`${maxsize} ${name}`);
  }

  /** How many items there are; and how many of these somebody has taken and not finished. */
  async count(which: QueueName): Promise<{ all: number; taken: number }> {
    const { jsm, names } = await this.ensureTakers(which);
    const { maxsize, name } = which;
    const stream = names.queues(maxsize);
    const subject = names.queue(maxsize, name);
    try {
      const { state } = await jsm.streams.info(stream, { subjects_filter: subject });
      const all = state.subjects?.[subject] ?? 0;
      if (all === 0) return { all, taken: 0 };
      return { all, taken: (await jsm.consumers.info(stream, name)).num_ack_pending };
    } catch (error) {
      this.doubt(which);
      throw error;
    }
  }

  async #once(key: string, make: () => Promise<unknown>): Promise<void> {
    let made = this.#made.get(key);
    if (made === undefined) {
      made = make();
      this.#made.set(key, made);
    }
    try {
      await made;
    } catch (error) {
      // The stream may be gone that a consumer needs.
      this.#made.clear();
      throw error;
    }
  }

  async #makeStream({ jsm, names }: Broker, maxsize: number): Promise<void> {
    await jsm.streams.add({
      name: names.queues(maxsize),
      subjects: [names.allQueues(maxsize)],
      retention: 'workqueue',
      storage: 'file',
      discard: 'new',
      ...(maxsize > 0 && { max_msgs_per_subject: maxsize, discard_new_per_subject: true }),
      max_age: nanos(KEPT_MS),
      duplicate_window: nanos(KNOWN_AGAIN_MS),
    });
  }

  async #makeTakers({ jsm, names }: Broker, { maxsize, name }: QueueName): Promise<void> {
    await jsm.consumers.add(names.queues(maxsize), {
      durable_name: name,
      filter_subject: names.queue(maxsize, name),
      ack_policy: 'explicit',
      ack_wait: nanos(LEASE_MS),
      max_deliver: -1,
      max_ack_pending: 100_000,
      max_waiting: 10_000,
      inactive_threshold: nanos(IDLE_MS),
    });
  }
}
