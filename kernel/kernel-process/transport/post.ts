// Messages over a transport: signs what goes out, checks and parses what comes in, and drops what is not a
// message.

import { randomUUID } from 'node:crypto';
import {
  type Publication,
  type PublicationType,
  protocolVersion,
  type Question,
  type Reply,
  type RequestType,
  replyTypeOf,
} from '../protocol/messages';
import { ReplayCache } from '../protocol/replay';
import type { Dictionary } from '../protocol/shape';
import { type Header, type Message, pack, parse, type Seal, verify } from '../protocol/wire';
import { SendQueue } from './send-queue';
import { type AskingChannel, type Channel, channels, type Transport } from './transport';

export interface PostEvents {
  message(channel: AskingChannel, message: Message): void;
  /** What is dropped is told here in a sentence, for the log. */
  dropped(reason: string): void;
}

/** What a message carries beside its content. */
export interface Beside {
  metadata: Dictionary;
  buffers: Uint8Array[];
}

type Outgoing = Omit<Message, 'header' | 'buffers'> & { type: string; buffers?: Buffer[] };

export class Post {
  readonly #transport: Transport;
  readonly #seal: Seal;
  readonly #on: PostEvents;
  readonly #replays = new ReplayCache();
  readonly #session = randomUUID();
  #closed = false;
  readonly #queues: Record<Channel, SendQueue>;

  constructor(transport: Transport, seal: Seal, on: PostEvents) {
    this.#transport = transport;
    this.#seal = seal;
    this.#on = on;
    const queues = channels.map((channel) => [
      channel,
      new SendQueue(
        (frames) => transport.send(channel, frames),
        (error) => on.dropped(`A message on ${channel} could not be sent: ${(error as Error).message}.`),
      ),
    ]);
    this.#queues = Object.fromEntries(queues) as Record<Channel, SendQueue>;
  }

  async open(): Promise<void> {
    await this.#transport.open({
      message: (channel, frames) => this.#receive(channel, frames),
      subscribed: (topic) => this.#welcome(topic),
    });
  }

  reply<T extends RequestType>(
    channel: AskingChannel,
    request: Message,
    type: T,
    content: Reply<T>,
    metadata: Dictionary,
  ): void {
    this.#send(channel, {
      type: replyTypeOf(type),
      identities: request.identities,
      parent: request.header,
      metadata,
      content,
    });
  }

  /** Asks the front end that sent `request`, and no other. */
  ask(request: Message, content: Question): void {
    this.#send('stdin', {
      type: 'input_request',
      identities: request.identities,
      parent: request.header,
      metadata: {},
      content,
    });
  }

  publish<T extends PublicationType>(
    parent: Header | undefined,
    type: T,
    content: Publication<T>,
    { metadata, buffers }: Beside = { metadata: {}, buffers: [] },
  ): void {
    this.#send('iopub', {
      type,
      identities: [Buffer.from(type)],
      parent: parent ?? {},
      metadata,
      content: content as Dictionary,
      buffers: buffers.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    });
  }

  get unpublishedBytes(): number {
    return this.#queues.iopub.waitingBytes;
  }

  whenUnpublishedBelow(bytes: number): Promise<void> {
    return this.#queues.iopub.whenShorterThan(bytes);
  }

  /** After what was sent until now has left. */
  async close(lingerMs?: number): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.whenEmpty()));
    this.#closed = true;
    this.#transport.close(lingerMs);
  }

  #send(channel: Channel, { type, buffers = [], ...rest }: Outgoing): void {
    if (this.#closed) return; // for example the reply of a cell that a shutdown cut short
    const header: Header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: 'kernel',
      date: new Date().toISOString(),
      msg_type: type,
      version: protocolVersion,
    };
    this.#queues[channel].add(pack({ ...rest, header, buffers }, this.#seal));
  }

  #receive(channel: AskingChannel, frames: Buffer[]): void {
    let message: Message;
    try {
      const signed = verify(frames, this.#seal);
      if (!this.#replays.admit(signed.signature)) throw new Error('it came a second time');
      message = parse(signed);
    } catch (error) {
      this.#on.dropped(`A message on ${channel} was dropped: ${(error as Error).message}.`);
      return;
    }
    try {
      this.#on.message(channel, message);
    } catch (error) {
      // The next message of this channel must come all the same.
      this.#on.dropped(`A message on ${channel} was dropped by a fault: ${(error as Error).stack}.`);
    }
  }

  /** The topic of the welcome is the subscription, so that only who subscribed to it gets it. */
  #welcome(subscription: string): void {
    this.#send('iopub', {
      type: 'iopub_welcome',
      identities: [Buffer.from(subscription)],
      parent: {},
      metadata: {},
      content: { subscription },
    });
  }
}
