// One road for every request: checked, announced as busy, handled, answered, announced as idle, whatever happened in between.

import { isNoticeType, isRequestType, type Reply, type RequestType, requests } from '../protocol/messages';
import type { Message } from '../protocol/wire';
import type { Post } from '../transport/post';
import type { AskingChannel } from '../transport/transport';
import type { Comms } from './comms';
import type { Handler, Handlers } from './handlers';
import type { Publisher } from './publisher';
import type { Subshells } from './subshells';
import type { Turns } from './turns';

/** These see what earlier cells did, so they wait for them. All others are answered while a cell runs. */
const inTurn: ReadonlySet<RequestType> = new Set(['execute_request', 'history_request']);

export class Dispatcher {
  readonly #post: Post;
  readonly #publisher: Publisher;
  readonly #handlers: Handlers;
  readonly #comms: Comms;
  readonly #log: (sentence: string) => void;
  /** The log of what nobody answers. */
  readonly #dropped: (sentence: string) => void;
  readonly #subshells: Subshells;
  readonly #running = new Set<Message>();

  constructor(
    post: Post,
    publisher: Publisher,
    handlers: Handlers,
    comms: Comms,
    subshells: Subshells,
    log: (sentence: string) => void,
    dropped: (sentence: string) => void,
  ) {
    this.#post = post;
    this.#publisher = publisher;
    this.#handlers = handlers;
    this.#comms = comms;
    this.#subshells = subshells;
    this.#log = log;
    this.#dropped = dropped;
  }

  take(channel: AskingChannel, message: Message): void {
    const type = message.header.msg_type;
    if (isRequestType(type)) {
      if (inTurn.has(type)) this.#queue(channel, type, message);
      else void this.#answer(channel, type, message);
    } else if (isNoticeType(type)) {
      void this.#around(message, () => this.#comms.take(type, message));
    } else {
      this.#dropped(`A message of the unknown type ${type} on ${channel} was dropped.`);
    }
  }

  #queue(channel: AskingChannel, type: RequestType, message: Message): void {
    let turns: Turns;
    try {
      turns = this.#subshells.turnsOf(message);
    } catch (error) {
      void this.#answer(channel, type, message, () => {
        throw error;
      });
      return;
    }
    if (type === 'execute_request') this.#queueCell(turns, channel, message);
    else turns.add({ run: () => this.#answer(channel, type, message).then(() => undefined) });
  }

  #queueCell(turns: Turns, channel: AskingChannel, message: Message): void {
    turns.add({
      run: async () => {
        this.#running.add(message);
        const reply = await this.#answer(channel, 'execute_request', message);
        this.#running.delete(message);
        const stop = message.content.stop_on_error ?? true;
        if (reply.status === 'error' && stop) turns.abortWaiting('an earlier cell failed');
      },
      abort: (reason) => {
        void this.#answer(channel, 'execute_request', message, () => ({
          status: 'error',
          ename: 'NotRun',
          evalue: `This cell was not run, because ${reason}.`,
          traceback: [],
        }));
      },
    });
  }

  async #answer<T extends RequestType>(
    channel: AskingChannel,
    type: T,
    message: Message,
    handle = this.#handlers[type] as Handler<T>,
  ): Promise<Reply<T>> {
    let reply: Reply<T>;
    const started = new Date().toISOString();
    this.#publisher.status(message.header, 'busy');
    try {
      const ask = requests[type].ask(message.content, 'content') as Parameters<Handler<T>>[0];
      reply = await handle(ask, message);
      this.#post.reply(channel, message, type, reply, { started });
    } catch (error) {
      const { name, message: evalue, stack } = error as Error;
      if (name !== 'ContentError') this.#log(`The ${type} could not be answered: ${stack}`);
      reply = { status: 'error', ename: name, evalue, traceback: [`${name}: ${evalue}`] } as Reply<T>;
      this.#post.reply(channel, message, type, reply, { started });
    } finally {
      this.#idle(message); // a front end waits for this one, whatever happened above
    }
    return reply;
  }

  async #around(message: Message, act: () => Promise<void>): Promise<void> {
    this.#publisher.status(message.header, 'busy');
    try {
      await act();
    } catch (error) {
      this.#dropped(`The ${message.header.msg_type} was dropped: ${(error as Error).message}`);
    } finally {
      this.#idle(message);
    }
  }

  #idle(message: Message): void {
    this.#publisher.status(message.header, 'idle');
    // Front ends show the last status they heard, and a completion that was answered meanwhile ends with "idle".
    for (const running of this.#running) {
      if (running !== message) this.#publisher.status(running.header, 'busy');
    }
  }
}
