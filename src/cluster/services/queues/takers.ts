// The pullers of a queue: one for each get() that waits, kept for the next one.
import type { Broker } from '../../connection/broker';
import { type Pulled, Puller } from '../../connection/puller';
import type { Desk } from '../../line/service';
import type { QueueName } from './queue-name';

export class Takers {
  readonly #which: QueueName;
  #idle: Puller[] = [];
  #of: Broker | undefined;
  #reconnected = new AbortController();

  constructor(which: QueueName, desk: Desk) {
    this.#which = which;
    desk.whenReconnected(() => {
      for (const puller of this.#idle) puller.forget();
      this.#reconnected.abort();
      this.#reconnected = new AbortController();
    });
  }

  /** Undefined when none came, or when the connection was lost meanwhile. */
  async next(broker: Broker, expiresMs: number, stop: AbortSignal): Promise<Pulled | undefined> {
    const puller = this.#take(broker);
    const reconnected = this.#reconnected.signal;
    const pulled = await puller.next(expiresMs, AbortSignal.any([stop, reconnected]));
    if (reconnected.aborted) puller.forget();
    if (this.#of === broker) this.#idle.push(puller);
    else puller.close();
    return pulled;
  }

  #take(broker: Broker): Puller {
    if (this.#of !== broker) {
      for (const puller of this.#idle) puller.close();
      this.#idle = [];
      this.#of = broker;
    }
    const { maxsize, name } = this.#which;
    return (
      this.#idle.pop() ?? new Puller(broker.nc, broker.names.queues(maxsize), name, broker.names.inboxes)
    );
  }
}
