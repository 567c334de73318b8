// A channel to another program. One frame is one message: its head as JSON, then its value, in which tickets
// stand for objects of the server. Knows nothing of what the messages mean.
import { MessageTooLongError, SocketError } from '../errors';
import { LONGEST_MESSAGE } from '../socket/frames';
import { pack, unpack } from '../socket/pack';
import type { SocketConnection } from '../socket/socket-connection';
import type { Arrived, Channel } from './channel';

/** One side's part in what is no copy. */
export interface Exchange<In, T extends object> {
  /** What the values that this side sends are called in sentences. */
  readonly valueName: string;
  /** Returns undefined for what is to be copied. Throws for what belongs elsewhere. */
  ticketFor(object: object): T | undefined;
  /** The message with these tickets is on its way. */
  gave(tickets: readonly T[]): void;
  redeem(ticket: unknown): unknown;
  /**
   * Returns undefined for what is none of the messages; the connection ends then. 'heard': there is nothing
   * more to do.
   */
  messageIn(given: unknown): In | 'heard' | undefined;
}

const HEAD_BYTES = 4;

export class SocketChannel<Out, In, T extends object> implements Channel<Out, In> {
  readonly #connection: SocketConnection;
  readonly #exchange: Exchange<In, T>;
  #hear: (message: In, arrived: Arrived) => void = () => {};
  #listening: { stop(): void } | undefined;
  #onEnd: (() => void) | undefined;
  #hasEnded = false;

  constructor(connection: SocketConnection, exchange: Exchange<In, T>) {
    this.#connection = connection;
    this.#exchange = exchange;
  }

  send(message: Out, value?: unknown, how?: 'blocking'): void {
    const tickets: T[] = [];
    const { valueName: name } = this.#exchange;
    const ticketFor = (object: object) => {
      const ticket = this.#exchange.ticketFor(object);
      if (ticket !== undefined) tickets.push(ticket);
      return ticket;
    };
    const head = Buffer.from(JSON.stringify(message));
    const length = Buffer.allocUnsafe(HEAD_BYTES);
    length.writeUInt32BE(head.length);
    const bytes = Buffer.concat([length, head, pack(value, { name, ticketFor })]);
    if (bytes.length > LONGEST_MESSAGE) throw new MessageTooLongError(bytes.length, LONGEST_MESSAGE);
    if (how === 'blocking') this.#connection.sendBytesSync(bytes);
    // A client that cannot be written to is gone, which is seen by itself.
    else this.#connection.sendBytes(bytes).catch(() => {});
    this.#exchange.gave(tickets);
  }

  onMessage(hear: (message: In, arrived: Arrived) => void): void {
    this.#hear = hear;
  }

  onEnd(then: () => void): void {
    this.#onEnd = then;
  }

  listen(): void {
    if (this.#listening !== undefined || this.#hasEnded) return;
    this.#listening = this.#connection.listen({
      bytes: (frame) => this.#take(frame),
      ended: () => this.#end(),
    });
  }

  rest(): void {
    this.#listening?.stop();
    this.#listening = undefined;
  }

  waitSync(timeoutMs: number): void {
    try {
      if (this.#connection.pollSync(timeoutMs)) this.#take(this.#connection.recvBytesSync());
    } catch {
      this.#end();
    }
  }

  ended(): boolean {
    if (this.#connection.closed || this.#connection.hasEnded) this.#end();
    return this.#hasEnded;
  }

  close(): void {
    this.rest();
    this.#connection.close();
    this.#hasEnded = true;
  }

  #take(frame: Uint8Array): void {
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
    let message: In | 'heard' | undefined;
    let body: Buffer;
    try {
      const end = HEAD_BYTES + bytes.readUInt32BE();
      if (end > bytes.length) throw new SocketError('A message arrived damaged.');
      message = this.#exchange.messageIn(JSON.parse(bytes.toString('utf8', HEAD_BYTES, end)));
      body = bytes.subarray(end);
    } catch {
      this.#end();
      return;
    }
    if (message === undefined) this.#end();
    else if (message !== 'heard') this.#hear(message, this.#open(body));
  }

  #open(body: Uint8Array): Arrived {
    try {
      return { value: unpack(body, (ticket) => this.#exchange.redeem(ticket)) };
    } catch (broken) {
      return { broken };
    }
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.close();
    this.#onEnd?.();
  }
}
