// A connection through a socket, with the face of Connection: whole messages, and an end that is seen.

import type { Socket } from 'node:net';
import { copyInto, partOf, shortEnough } from '../channel/byte-parts';
import { receivedItems } from '../channel/received-items';
import { NotSerializableError } from '../errors';
import { checkOptionsOf } from '../given';
import { type Composite, type Parts, toParts } from '../objects/handle';
import { showAs } from '../system/show-as';
import { type Readiness, type Waitable, waitable } from '../waiting/waitable';
import { timeoutOf } from '../waiting/wake';
import { type Hearing, MessageStream } from './message-stream';
import { pack, unpack } from './pack';

interface SignalOption {
  /** Gives the wait up: nothing is taken. */
  signal?: AbortSignal;
}

/**
 * A connection to another program, by Client() or Listener.accept(), with the methods of a Connection. Only
 * data travels: no functions, no locks, no queues.
 */
export class SocketConnection<Sent = unknown, Got = Sent>
  implements Composite, Waitable, Disposable, AsyncIterable<Got>
{
  readonly #stream: MessageStream;

  /**
   * Client() and accept() make it.
   *
   * @internal
   */
  constructor(socket: Socket) {
    this.#stream = new MessageStream(socket);
  }

  /** Whether this process closed it. */
  get closed(): boolean {
    return this.#stream.isClosed;
  }

  /** Always true. */
  get readable(): boolean {
    return true;
  }

  /** Always true. */
  get writable(): boolean {
    return true;
  }

  /**
   * Sends an item to the other side. Resolves when the system has taken it over.
   * @throws NotSerializableError for what is not data: see docs/decisions/sockets.md.
   * @throws BrokenPipeError if the other side is gone; ConnectionClosedError after close().
   */
  async send(item: Sent): Promise<void> {
    this.#stream.check('send');
    await this.#stream.write('send', pack(item));
  }

  /** As send(), but blocks this thread meanwhile. */
  sendSync(item: Sent): void {
    this.#stream.check('sendSync');
    this.#stream.writeSync('sendSync', pack(item));
  }

  /**
   * Sends bytes as they are; `offset` and `size` (bytes) choose a part of them. Python's `send_bytes()`.
   *
   * @throws As send().
   */
  async sendBytes(bytes: ArrayBufferView, offset?: number, size?: number): Promise<void> {
    this.#stream.check('sendBytes');
    await this.#stream.write('sendBytes', partOf(bytes, offset, size));
  }

  /** As sendBytes(), but blocks this thread meanwhile. */
  sendBytesSync(bytes: ArrayBufferView, offset?: number, size?: number): void {
    this.#stream.check('sendBytesSync');
    this.#stream.writeSync('sendBytesSync', partOf(bytes, offset, size));
  }

  /**
   * Receives the next item that the other side has sent, and waits while there is none.
   * @throws EndOfFileError if there is none and the other side is gone.
   */
  async recv(options?: SignalOption): Promise<Got> {
    checkOptionsOf('signal', options);
    return unpack(await this.#stream.next('recv', options)) as Got;
  }

  /** As recv(), but blocks this thread while it waits; it looks every millisecond. */
  recvSync(): Got {
    return unpack(this.#stream.nextSync('recvSync')) as Got;
  }

  /**
   * Receives the next message of bytes. Python's `recv_bytes()`.
   *
   * @throws As recv(); MessageTooLongError if it is longer than `maxLength` bytes.
   */
  async recvBytes(maxLength?: number): Promise<Uint8Array> {
    return shortEnough(await this.#stream.next('recvBytes'), maxLength);
  }

  /** As recvBytes(), but blocks this thread while it waits. */
  recvBytesSync(maxLength?: number): Uint8Array {
    return shortEnough(this.#stream.nextSync('recvBytesSync'), maxLength);
  }

  /**
   * Receives the next message of bytes into `target`, from byte `offset` on, and resolves to how many they
   * were. Python's `recv_bytes_into()`.
   *
   * @throws As recv(); BufferTooShortError if there is not room enough: the error has the bytes.
   */
  async recvBytesInto(target: ArrayBufferView, offset = 0): Promise<number> {
    const room = partOf(target, offset);
    return copyInto(await this.#stream.next('recvBytesInto'), room);
  }

  /** As recvBytesInto(), but blocks this thread while it waits. */
  recvBytesIntoSync(target: ArrayBufferView, offset = 0): number {
    const room = partOf(target, offset);
    return copyInto(this.#stream.nextSync('recvBytesIntoSync'), room);
  }

  /**
   * Resolves to whether something can be received, and waits for it at most `timeout` milliseconds. Also true
   * when the other side has closed: recv() tells it.
   */
  async poll(timeout = 0, options: SignalOption = {}): Promise<boolean> {
    checkOptionsOf('signal', options);
    const { signal } = options;
    this.#stream.check('poll');
    const timeoutMs = timeoutOf(timeout);
    if (this.#stream.isReady() || timeoutMs === 0) return this.#stream.isReady();
    return (
      (await this.#stream.until('poll', () => this.#stream.isReady() || undefined, { timeoutMs, signal })) ??
      false
    );
  }

  /** As poll(), but blocks this thread while it waits. */
  pollSync(timeout = 0): boolean {
    this.#stream.check('pollSync');
    return this.#stream.untilSync('pollSync', timeoutOf(timeout));
  }

  /** Closes the connection. What was sent still goes out, and the other side sees the end. */
  close(): void {
    this.#stream.close();
  }

  /** `using connection = …`: close() at the end of the block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The items as they come, until this side or the other is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<Got, void, undefined> {
    return receivedItems(
      () => this.recv(),
      () => this.#stream.isClosed,
    );
  }

  /** @internal */
  [waitable](): Readiness {
    this.#stream.check('wait');
    const ready: Readiness['ready'] = ({ signal }) =>
      this.poll(Number.POSITIVE_INFINITY, { ...(signal !== undefined && { signal }) });
    return { isReady: () => this.#stream.isReady(), ready };
  }

  /** @internal */
  [toParts](): Parts {
    throw new NotSerializableError(
      'a connection through a socket',
      'connection',
      'the socket belongs to this process',
      'Connect with Client() there, or use Pipe().',
    );
  }

  /**
   * Managers hear by it all messages as they come, and then the end. It holds the event loop until stop().
   *
   * @internal
   */
  listen(hear: Hearing): { stop(): void } {
    return this.#stream.listen(hear);
  }

  /** Whether the other side is gone, and all that it sent was received. */
  get hasEnded(): boolean {
    return this.#stream.hasEnded;
  }

  /**
   * Limits what may come before the other side is known to have the key.
   *
   * @internal
   */
  limitNext(messages: number, bytes: number): void {
    this.#stream.limitNext(messages, bytes);
  }
}

showAs(
  SocketConnection.prototype,
  (connection: SocketConnection) => `<SocketConnection ${connection.closed ? 'closed' : 'open'}>`,
);
