// Asks the broker for the next message of a consumer, one at a time, through a subscription that stays: the
// client's own next() makes and drops one for each.
import { createInbox, type Msg, type MsgHdrs, type NatsConnection, nanos } from '@nats-io/transport-node';
import { clearTimeout, performance, setTimeout } from '../../system/timers';
import { heard } from './broker';

/** How late the broker may be. */
const LATE_MS = 500;

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
  /** Until when the broker answers what was asked last, if nothing has come yet. */
  #openUntil = 0;

  constructor(nc: NatsConnection, stream: string, consumer: string, inboxPrefix: string) {
    this.#nc = nc;
    this.#subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
    this.#inbox = createInbox(inboxPrefix);
    this.#subscription = nc.subscribe(this.#inbox, { callback: heard((message) => this.#hear(message)) });
  }

  /**
   * Undefined when none came in time, when the broker went away meanwhile, or when `stop` is aborted: what
   * comes all the same goes to the next who asks, or back.
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
      const waitMs = this.#ask(expiresMs);
      // The answer is lost with a connection; then the time that the broker would have waited, and a little.
      const timer = setTimeout(giveUp, waitMs + LATE_MS);
      stop?.addEventListener('abort', giveUp);
      this.#heard = done;
    });
  }

  /** After the connection was lost: nothing that was asked before it is answered any more. */
  forget(): void {
    this.#openUntil = 0;
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  /** For how long an answer may come. */
  #ask(expiresMs: number): number {
    const openMs = this.#openUntil - performance.now();
    // Who gave up before has left a question behind, of which one message may come: not two.
    if (openMs > 0 && expiresMs > 0) return Math.min(openMs, expiresMs);
    this.#openUntil = performance.now() + expiresMs;
    const ask = expiresMs > 0 ? { batch: 1, expires: nanos(expiresMs) } : { batch: 1, no_wait: true };
    this.#nc.publish(this.#subject, JSON.stringify(ask), { reply: this.#inbox });
    return expiresMs;
  }

  #hear(message: Msg): void {
    this.#openUntil = 0;
    if (this.#heard !== undefined) this.#heard(message);
    else if (message.reply) new Pulled(this.#nc, message).nak();
  }
}
