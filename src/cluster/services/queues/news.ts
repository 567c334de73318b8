// What is said about a queue beside its items: that something was taken or finished.
import { type Broker, heard } from '../../connection/broker';
import type { QueueName } from './queue-name';

export class News {
  readonly #subscription: { unsubscribe(): void };
  #tell: () => void = () => {};

  /** `group`: the broker tells one of those who name the same, and not all. */
  constructor({ nc, names }: Broker, which: QueueName, group?: string) {
    const callback = heard(() => this.#tell());
    this.#subscription = nc.subscribe(subjectOf(names, which), { callback, ...(group && { queue: group }) });
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}

export function tellNews({ nc, names }: Broker, which: QueueName): void {
  nc.publish(subjectOf(names, which));
}

function subjectOf(names: Broker['names'], { maxsize, name }: QueueName): string {
  return names.queueNews(`${maxsize}.${name}`);
}
