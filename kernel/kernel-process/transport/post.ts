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

interface PostEvents {
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

/**
 * What every kernel's own messages have in their signed header, also those of a kernel that was restarted
 * with the same key: whoever listens to them cannot send them back as if a front end had written them.
 */
const KERNEL_SESSION = 'parlab-kernel-';

/** How many welcomes are kept for front ends that connect at the same moment. */
const WELCOMES = 100;

export class Post {
  readonly #transport: Transport;
  readonly #seal: Seal;
  readonly #on: PostEvents;
  readonly #replays = new ReplayCache();
  readonly #session = `${KERNEL_SESSION}${randomUUID()}`;
  #closed = false;
  readonly #queues: Record<Channel, SendQueue>;

  constructor(transport: Transport, seal: Seal, on: PostEvents) {
    this.#transport = transport;
    this.#seal = seal;
    this.#on = on;
    const queues = channels.map((channel) => [
      channel,
      new SendQueue(
        (frames, isPatient) => transport.send(channel, frames, isPatient),
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

  /** Asks the front end that sent `request`, and no other. Gives the id of the message. */
  ask(request: Message, content: Question): string {
    return this.#send('stdin', {
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

  /** Closes after what was sent until now has left. */
  async close(lingerMs?: number): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.whenEmpty()));
    this.#closed = true;
    this.#transport.close(lingerMs);
  }

  #send(channel: Channel, { type, buffers = [], ...rest }: Outgoing, isPatient = true): string {
    const header: Header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: 'kernel',
      date: new Date().toISOString(),
      msg_type: type,
      version: protocolVersion,
    };
    // For example the reply of a cell that a shutdown cut short is sent no more.
    if (!this.#closed)
      this.#queues[channel].add(pack({ ...rest, header, buffers }, this.#seal), { isPatient });
    return header.msg_id;
  }

  #receive(channel: AskingChannel, frames: Buffer[]): void {
    let message: Message;
    try {
      const signed = verify(frames, this.#seal);
      if (!this.#replays.admit(signed.signature)) throw new Error('it came a second time');
      message = parse(signed);
      if (message.header.session.startsWith(KERNEL_SESSION)) throw new Error('a kernel had written it');
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

  /**
   * The topic of the welcome is the subscription, so that only who subscribed to it gets it. A front end that
   * does not read its own is not waited for.
   */
  #welcome(subscription: string): void {
    if (this.#queues.iopub.impatient >= WELCOMES) {
      this.#on.dropped('A front end that subscribed gets no welcome: too many subscribe at once.');
      return;
    }
    const [identities, content] = [[Buffer.from(subscription)], { subscription }];
    this.#send('iopub', { type: 'iopub_welcome', identities, parent: {}, metadata: {}, content }, false);
  }
}
