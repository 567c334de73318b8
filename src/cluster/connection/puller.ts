// Asks the broker for the next message of a consumer, one at a time, through a subscription that stays: the client's own next()
// makes and drops one for each.
import { createInbox, type Msg, type MsgHdrs, type NatsConnection, nanos } from '@nats-io/transport-node';
import { clearTimeout, setTimeout } from '../../system/timers';
import { heard } from './broker';

/** A message that is this process's until its lease ends. */
export class Pulled {
  readonly data: Uint8Array;
  readonly headers: MsgHdrs | undefined;
  /** How often the broker has given it to somebody. */
  readonly deliveries: number;
  /** Milliseconds since 1970, by the broker's clock. */
  readonly publishedAt: number;
  /** Its number in the stream. */
  readonly sequence: number;
  readonly #nc: NatsConnection;
  readonly #reply: string;

  constructor(nc: NatsConnection, message: Msg) {
    this.#nc = nc;
    this.#reply = message.reply ?? '';
    this.data = message.data;
    this.headers = message.headers;
    // $JS.ACK.[domain.account.]stream.consumer.deliveries.sequence.delivered.time.pending[.random]
    const parts = this.#reply.split('.');
    const at = parts.length < 12 ? parts.length - 5 : 6;
    this.deliveries = Number(parts[at]);
    this.sequence = Number(parts[at + 1]);
    this.publishedAt = Number(parts[at + 3]) / 1e6;
  }

  /** Said, and not waited for. */
  ack(): void {
    this.#nc.publish(this.#reply, '+ACK');
  }

  /** Resolves when the broker has it. */
  async acked(timeoutMs = 4000): Promise<void> {
    await this.#nc.request(this.#reply, '+ACK', { timeout: timeoutMs });
  }

  /** Begins its lease anew. */
  working(): void {
    this.#nc.publish(this.#reply, '+WPI');
  }

  nak(delayMs = 0): void {
    this.#nc.publish(
      this.#reply,
      delayMs === 0 ? '-NAK' : `-NAK ${JSON.stringify({ delay: nanos(delayMs) })}`,
    );
  }

  term(reason: string): void {
    this.#nc.publish(this.#reply, `+TERM ${reason}`);
  }
}

type Heard = (message: Msg | undefined) => void;

export class Puller {
  readonly #nc: NatsConnection;
  readonly #subject: string;
  readonly #inbox: string;
  readonly #subscription: { unsubscribe(): void };
  #heard: Heard | undefined;

  constructor(nc: NatsConnection, stream: string, consumer: string, inboxPrefix: string) {
    this.#nc = nc;
    this.#subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
    this.#inbox = createInbox(inboxPrefix);
    const callback = heard((message) =>
      this.#heard === undefined ? giveBack(nc, message) : this.#heard(message),
    );
    this.#subscription = nc.subscribe(this.#inbox, { callback });
  }

  /**
   * Undefined when none came in time, when the broker went away meanwhile, or when `stop` is aborted: what comes all the same goes back.
   */
  next(expiresMs: number, stop?: AbortSignal): Promise<Pulled | undefined> {
    return new Promise((resolve) => {
      const done: Heard = (message) => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', giveUp);
        this.#heard = undefined;
        // Without a reply subject it is a word of the broker's: no message, or no such consumer.
        resolve(message?.reply ? new Pulled(this.#nc, message) : undefined);
      };
      const giveUp = () => done(undefined);
      // The answer is lost with a connection; then the time that the broker would have waited, and a little.
      const timer = setTimeout(giveUp, expiresMs + 500);
      stop?.addEventListener('abort', giveUp);
      this.#heard = done;
      const ask = expiresMs > 0 ? { batch: 1, expires: nanos(expiresMs) } : { batch: 1, no_wait: true };
      this.#nc.publish(this.#subject, JSON.stringify(ask), { reply: this.#inbox });
    });
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}

/** It came for a question that nobody waits for any more. */
function giveBack(nc: NatsConnection, message: Msg): void {
  if (message.reply) new Pulled(nc, message).nak();
}
