// What the processes of a room ask each other directly: each listens on a subject of its own. The broker says
// at once when nobody listens there, which is how the living learn of the dead.
import type { Broker } from '../connection/broker';
import { heard } from '../connection/broker';
import { isNobodyThere } from '../connection/trouble';
import type { Desk } from '../line/service';

/**
 * Gives the question that is being answered on to another process, before anything else is sent there.
 * Resolves to its answer.
 */
export type Pass = <T>(process: string, timeoutMs: number) => Promise<T | typeof NOBODY | typeof SILENT>;

/** What is asked, and the answer to it, both as JSON has them. */
type Answerer = (asked: never, pass: Pass) => unknown;

/** There is no such process any more, or it is cut off. */
export const NOBODY = 'nobody';
/** It is there, or was lately, but stands still. */
export const SILENT = 'silent';

export class Inbox {
  readonly #desk: Desk;
  readonly #answerers = new Map<string, Answerer>();
  readonly #listening = new WeakSet<Broker>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** `topic`: what a question is about, such as 'lock'. */
  answer(topic: string, answerer: Answerer): void {
    this.#answerers.set(topic, answerer);
  }

  /** Connected, and listening. */
  async open(): Promise<Broker> {
    const broker = await this.#desk.broker();
    if (this.#listening.has(broker)) return broker;
    this.#listening.add(broker);
    broker.nc.subscribe(broker.names.process(this.#desk.processId), {
      callback: heard(async (message) => {
        const { topic, asked } = message.json<{ topic: string; asked: never }>();
        const pass: Pass = (process, timeoutMs) => request(broker, process, message.data, timeoutMs);
        const answer = await this.#answerers.get(topic)?.(asked, pass);
        message.respond(JSON.stringify(answer ?? null));
      }),
    });
    return broker;
  }

  /** `asked`: made in the very moment in which it is sent, so that what is sent later comes behind it. */
  async ask<T>(
    process: string,
    topic: string,
    asked: () => unknown,
    timeoutMs: number,
  ): Promise<T | typeof NOBODY | typeof SILENT> {
    const broker = await this.open();
    return request(broker, process, JSON.stringify({ topic, asked: asked() }), timeoutMs);
  }

  /** Without an answer. */
  async tell(process: string, topic: string, asked: unknown): Promise<void> {
    const { nc, names } = await this.open();
    nc.publish(names.process(process), JSON.stringify({ topic, asked }));
  }
}

/** It is sent before this returns. */
async function request<T>(
  { nc, names }: Broker,
  process: string,
  question: string | Uint8Array,
  timeoutMs: number,
): Promise<T | typeof NOBODY | typeof SILENT> {
  try {
    return (await nc.request(names.process(process), question, { timeout: timeoutMs })).json<T>();
  } catch (error) {
    return isNobodyThere(error) ? NOBODY : SILENT;
  }
}

const inboxes = new Map<string, Inbox>();

/** The one of this process in a room. */
export function inboxOf(desk: Desk): Inbox {
  let inbox = inboxes.get(desk.processId);
  if (inbox === undefined) {
    inbox = new Inbox(desk);
    inboxes.set(desk.processId, inbox);
  }
  return inbox;
}
