// A front end's five ZeroMQ sockets, for the tests' client.

import { randomUUID } from 'node:crypto';
import { curveKeyPair, Dealer, Request, Subscriber, XSubscriber } from 'zeromq';
import type { Connection } from '../../../kernel/kernel-process/transport/connection-file';
import type { AskingChannel, Channel } from '../../../kernel/kernel-process/transport/transport';
import type { Link } from './client';

export class ZeromqLink implements Link {
  readonly #dealers: Record<AskingChannel, Dealer>;
  readonly #iopub: Subscriber;
  /** Says on iopub what a subscriber does not say. */
  readonly #iopubSender: XSubscriber;
  readonly #heartbeat: Request;
  readonly #last = new Map<AskingChannel, Promise<void>>();

  constructor(connection: Connection) {
    const address = (port: number) => `tcp://${connection.ip}:${port}`;
    // Questions on stdin find the front end by the identity that its shell socket has.
    const secure = encryption(connection);
    const unlimited = { ...secure, linger: 0, receiveHighWaterMark: 0, sendHighWaterMark: 0 };
    const options = { ...unlimited, routingId: randomUUID() };
    this.#iopub = new Subscriber({ ...secure, receiveHighWaterMark: 0, linger: 0 });
    this.#iopubSender = new XSubscriber({ ...secure, linger: 0, sendHighWaterMark: 0 });
    this.#heartbeat = new Request({ ...secure, linger: 0, receiveTimeout: 10_000 });
    this.#dealers = { shell: new Dealer(options), control: new Dealer(options), stdin: new Dealer(options) };
    for (const [channel, dealer] of Object.entries(this.#dealers)) {
      dealer.connect(address(connection[`${channel as AskingChannel}_port`]));
    }
    this.#iopub.connect(address(connection.iopub_port));
    this.#iopub.subscribe('');
    this.#iopubSender.connect(address(connection.iopub_port));
    this.#heartbeat.connect(address(connection.hb_port));
  }

  send(channel: AskingChannel, frames: (string | Buffer)[]): void {
    const before = this.#last.get(channel) ?? Promise.resolve();
    this.#last.set(
      channel,
      before.then(() => this.#dealers[channel].send(frames)),
    );
  }

  onMessage(take: (channel: Channel, frames: Buffer[]) => void): void {
    for (const [channel, socket] of [...Object.entries(this.#dealers), ['iopub', this.#iopub] as const]) {
      void (async () => {
        for await (const frames of socket) take(channel as Channel, frames as Buffer[]);
      })();
    }
  }

  publish(frames: (string | Buffer)[]): Promise<void> {
    return this.#iopubSender.send(frames);
  }

  async beat(payload: string): Promise<string> {
    await this.#heartbeat.send(payload);
    return String((await this.#heartbeat.receive())[0]);
  }

  close(): void {
    const others = [this.#iopub, this.#iopubSender, this.#heartbeat];
    for (const socket of [...Object.values(this.#dealers), ...others]) socket.close();
  }
}

/** A front end has keys of its own and knows the kernel's public one. */
function encryption({ curve_publickey }: Connection): object {
  if (curve_publickey === undefined) return {};
  const { publicKey, secretKey } = curveKeyPair();
  return { curveServerKey: curve_publickey, curvePublicKey: publicKey, curveSecretKey: secretKey };
}
