// One road for every request: checked, announced as busy, handled, answered, announced as idle, whatever
// happened in between.

import type { Comms } from '../output/comms';
import { forLog, isFault, Refusal, shownError } from '../output/fault';
import type { Publisher } from '../output/publisher';
import type { Handler, Handlers } from '../protocol/handlers';
import { isNoticeType, isRequestType, type Reply, type RequestType, requests } from '../protocol/messages';
import type { Message } from '../protocol/wire';
import type { Post } from '../transport/post';
import type { AskingChannel } from '../transport/transport';
import type { Subshells } from './subshells';
import type { Turns } from './turns';

/** These see what earlier cells did, so they wait for them. All others are answered while a cell runs. */
const inTurn: ReadonlySet<RequestType> = new Set(['execute_request', 'history_request']);

interface DispatcherParts {
  post: Post;
  publisher: Publisher;
  handlers: Handlers;
  comms: Comms;
  subshells: Subshells;
  /** The number of a cell, also of one that did not begin. */
  countOf(request: Message): number;
  log(sentence: string): void;
  /** Logs what is not answered. */
  dropped(sentence: string): void;
}

export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #running = new Set<Message>();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  take(channel: AskingChannel, message: Message): void {
    const type = message.header.msg_type;
    if (isRequestType(type)) {
      if (inTurn.has(type)) this.#queue(channel, type, message);
      else void this.#answer(channel, type, message);
    } else if (isNoticeType(type)) {
      void this.#around(message, () => this.#parts.comms.take(type, message));
    } else {
      this.#parts.dropped(`A message of the unknown type ${type} on ${channel} was dropped.`);
    }
  }

  #queue(channel: AskingChannel, type: RequestType, message: Message): void {
    let turns: Turns;
    try {
      turns = this.#parts.subshells.turnsOf(message);
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
        void this.#answer(channel, 'execute_request', message, () => {
          throw new Refusal('NotRun', `This cell was not run, because ${reason}.`);
        });
      },
    });
  }

  /** Never throws: what cannot be told to the front end is told to the log. */
  async #answer<T extends RequestType>(
    channel: AskingChannel,
    type: T,
    message: Message,
    handle = this.#parts.handlers[type] as Handler<T>,
  ): Promise<Reply<T>> {
    const { post } = this.#parts;
    const started = new Date().toISOString();
    let reply: Reply<T>;
    try {
      this.#status(message, 'busy');
      const ask = requests[type].ask(message.content, 'content') as Parameters<Handler<T>>[0];
      reply = await handle(ask, message);
      post.reply(channel, message, type, reply, { started });
    } catch (error) {
      if (isFault(error)) this.#parts.log(`The ${type} could not be answered: ${forLog(error)}`);
      reply = this.#refuse(type, message, error);
      this.#carefully(() => post.reply(channel, message, type, reply, { started }));
    } finally {
      this.#idle(message); // a front end waits for this one, whatever happened above
    }
    return reply;
  }

  /** A person sees why under the cell: front ends show nothing of a reply. */
  #refuse<T extends RequestType>(type: T, message: Message, error: unknown): Reply<T> {
    const { name: ename, message: evalue, traceback } = shownError(error);
    const shown = { ename, evalue, traceback };
    if (type !== 'execute_request') return { status: 'error', ...shown } as Reply<T>;
    if (message.content.silent !== true)
      this.#carefully(() => this.#parts.publisher.publish(message.header, 'error', shown));
    return { status: 'error', ...shown, execution_count: this.#parts.countOf(message) } as Reply<T>;
  }

  async #around(message: Message, act: () => Promise<void>): Promise<void> {
    try {
      this.#status(message, 'busy');
      await act();
    } catch (error) {
      this.#parts.dropped(`The ${message.header.msg_type} was dropped: ${(error as Error).message}`);
    } finally {
      this.#idle(message);
    }
  }

  #idle(message: Message): void {
    this.#carefully(() => this.#status(message, 'idle'));
    // Front ends show the last status they heard, and a completion that was answered meanwhile ends with
    // "idle". One is enough, also where thousands of subshells work.
    for (const running of this.#running) {
      if (running === message) continue;
      this.#carefully(() => this.#status(running, 'busy'));
      break;
    }
  }

  #status({ header }: Message, state: 'busy' | 'idle'): void {
    this.#parts.publisher.status(header, state);
  }

  #carefully(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.dropped(`An answer could not be sent: ${forLog(error)}`);
    }
  }
}
