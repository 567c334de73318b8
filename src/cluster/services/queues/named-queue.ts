// One queue of a room, as this process puts into it and takes from it: a subject of a stream of which the
// broker gives each message to one taker, and again if that one does not say in time that it has it.
import { headers } from '@nats-io/transport-node';
import { performance } from '../../../system/timers';
import { forgetLarge, receiveLarge, sendLarge } from '../../connection/blobs';
import type { Broker } from '../../connection/broker';
import type { Pulled } from '../../connection/puller';
import { isFull, pause, persist } from '../../connection/trouble';
import { type Desk, GAVE_UP, type Patience } from '../../line/service';
import { News, tellNews } from './news';
import type { QueueName } from './queue-name';
import type { QueueStreams } from './streams';
import { Takers } from './takers';

/** A question for the next item is asked anew so often. */
const ASK_MS = 20_000;
const SHORTEST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 100;
const LOOK_MS = 1000;
/** Whom the broker does not hear for so long has lost the item long since. */
const KEPT_MS = 120_000;
/** Names the blob in which an item lies that is larger than a message. */
const BLOB = 'Parlab-Blob';

/** Of all queues: several lie in one stream. */
let lastPut = 0;

export interface Taken {
  readonly bytes: Uint8Array;
  readonly pulled: Pulled;
}

export class NamedQueue {
  readonly #desk: Desk;
  readonly #streams: QueueStreams;
  readonly #which: QueueName;
  readonly #subject: string;
  readonly #takers: Takers;
  /** What was said to the broker and is not yet confirmed. */
  readonly #acks = new Set<Promise<void>>();

  constructor(which: QueueName, desk: Desk, streams: QueueStreams) {
    this.#which = which;
    this.#desk = desk;
    this.#streams = streams;
    this.#subject = desk.names.queue(which.maxsize, which.name);
    this.#takers = new Takers(which, desk);
  }

  /** False when there was no room until the time was up. */
  async put(bytes: Uint8Array, { stop, timeoutMs }: Patience): Promise<boolean | typeof GAVE_UP> {
    const until = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    // By its number the broker knows it again, should its answer be lost.
    const id = `${this.#desk.processId}.${++lastPut}`;
    let news: News | undefined;
    try {
      for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
        if ((await persist(() => this.#publish(bytes, id), stop)) === true) return true;
        if (stop.aborted) return GAVE_UP;
        const leftMs = until - performance.now();
        if (leftMs <= 0) return false;
        news ??= new News(await this.#desk.broker(), this.#which, 'putters');
        await Promise.race([pause(Math.min(pauseMs, leftMs), stop), news.next()]);
        if (stop.aborted) return GAVE_UP;
      }
    } finally {
      news?.close();
    }
  }

  /**
   * The next item, which is this process's until its lease ends. Undefined: there was none until the time was
   * up.
   */
  async take({ stop, timeoutMs }: Patience): Promise<Taken | undefined | typeof GAVE_UP> {
    const until = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    for (let isFirst = true; ; isFirst = false) {
      const leftMs = Math.max(0, until - performance.now());
      if (leftMs === 0 && !isFirst) return undefined;
      const broker = await persist(() => this.#streams.ensureTakers(this.#which), stop);
      if (broker === undefined || stop.aborted) return GAVE_UP;
      const askedAt = performance.now();
      const askMs = Math.min(ASK_MS, leftMs);
      const pulled = await this.#takers.next(broker, askMs, stop);
      if (stop.aborted) {
        pulled?.nak();
        return GAVE_UP;
      }
      if (pulled === undefined) {
        // The broker knows no such consumer, or was away: it is made anew.
        if (performance.now() - askedAt < askMs) this.#streams.doubt(this.#which);
        continue;
      }
      const bytes = await this.#bytesOf(broker, pulled);
      if (bytes !== undefined) return { bytes, pulled };
    }
  }

  /**
   * It is ours for good. Resolves when the broker has it; until then it is said again, should the connection
   * be lost.
   */
  keep(pulled: Pulled): Promise<void> {
    const ack = persist(() => pulled.acked(), AbortSignal.timeout(KEPT_MS)).then(async () => {
      const blob = pulled.headers?.get(BLOB);
      const broker = await this.#desk.broker();
      if (blob) void forgetLarge(broker, { blob });
      tellNews(broker, this.#which);
    });
    const said = ack.catch(() => {});
    this.#acks.add(said);
    void said.then(() => this.#acks.delete(said));
    return ack;
  }

  /** How many items there are, with those that somebody has taken and not finished. */
  async count(): Promise<{ all: number; taken: number }> {
    await Promise.all(this.#acks);
    return (await persist(() => this.#streams.count(this.#which))) ?? { all: 0, taken: 0 };
  }

  /** True when every item that was put is finished. */
  async finished({ stop, timeoutMs }: Patience): Promise<boolean | typeof GAVE_UP> {
    const until = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    const news = new News(await this.#desk.broker(), this.#which);
    try {
      for (;;) {
        // Before the look, so that nothing is missed in between.
        const next = news.next();
        if ((await this.count()).all === 0) return true;
        const leftMs = until - performance.now();
        if (leftMs <= 0) return false;
        await Promise.race([pause(Math.min(LOOK_MS, leftMs), stop), next]);
        if (stop.aborted) return GAVE_UP;
      }
    } finally {
      news.close();
    }
  }

  async #publish(bytes: Uint8Array, id: string): Promise<boolean> {
    const broker = await this.#streams.ensure(this.#which);
    const large = await sendLarge(broker, bytes);
    const marks = headers();
    if (!(large instanceof Uint8Array)) marks.set(BLOB, large.blob);
    const body = large instanceof Uint8Array ? large : new Uint8Array();
    try {
      await broker.js.publish(this.#subject, body, { msgID: id, headers: marks });
      return true;
    } catch (error) {
      void forgetLarge(broker, large);
      if (isFull(error)) return false;
      this.#streams.doubt(this.#which);
      throw error;
    }
  }

  async #bytesOf(broker: Broker, pulled: Pulled): Promise<Uint8Array | undefined> {
    const blob = pulled.headers?.get(BLOB);
    if (!blob) return pulled.data;
    try {
      return await receiveLarge(broker, { blob }, false);
    } catch {
      // It lay too long, and the broker has removed it: there is no such item any more.
      pulled.term('its value is gone');
      return undefined;
    }
  }
}
