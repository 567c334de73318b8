// What the processes of a room ask each other directly: each listens on a subject of its own. The broker says
// at once when nobody listens there, which is how the living learn of the dead.
import type { Broker } from '../connection/broker';
import { heard } from '../connection/broker';
import { isNobodyThere } from '../connection/trouble';
import type { Desk } from '../line/service';

/**
 * What is asked, and the answer to it, both as JSON has them. Or ELSEWHERE once `pass` has given the question
 * on to another process, which answers it.
 */
type Answerer = (asked: never, pass: (process: string) => void) => unknown;

/** There is no such process any more, or it is cut off. */
export const NOBODY = 'nobody';
/** It is there, or was lately, but stands still. */
export const SILENT = 'silent';

/** Another process answers. */
export const ELSEWHERE = Symbol('elsewhere');

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
        const pass = (process: string) => {
          const { data, reply } = message;
          broker.nc.publish(broker.names.process(process), data, reply ? { reply } : {});
        };
        const answer = await this.#answerers.get(topic)?.(asked, pass);
        if (answer !== ELSEWHERE) message.respond(JSON.stringify(answer ?? null));
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
    const { nc, names } = await this.open();
    const text = JSON.stringify({ topic, asked: asked() });
    try {
      return (await nc.request(names.process(process), text, { timeout: timeoutMs })).json<T>();
    } catch (error) {
      return isNobodyThere(error) ? NOBODY : SILENT;
    }
  }

  /** Without an answer. */
  async tell(process: string, topic: string, asked: unknown): Promise<void> {
    const { nc, names } = await this.open();
    nc.publish(names.process(process), JSON.stringify({ topic, asked }));
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
