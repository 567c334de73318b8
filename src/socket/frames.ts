// Whole messages on a stream of bytes: the length in four bytes, then so many bytes. Knows nothing of
// sockets.
import { MessageTooLongError } from '../errors';

const LENGTH_BYTES = 4;
export const LONGEST_MESSAGE = 2 ** 30;

export function frameOf(message: Uint8Array): Buffer {
  if (message.length > LONGEST_MESSAGE) throw new MessageTooLongError(message.length, LONGEST_MESSAGE);
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + message.length);
  frame.writeUInt32BE(message.length);
  frame.set(message, LENGTH_BYTES);
  return frame;
}

export class FrameReader {
  #limited = { messages: 0, bytes: 0 };
  #chunks: Uint8Array[] = [];
  #size = 0;
  #length: number | undefined;

  /**
   * A stranger is allowed less, for so many messages. Counted, because what follows them may come in the same
   * chunk, before anybody has looked at them.
   */
  limitNext(messages: number, bytes: number): void {
    this.#limited = { messages, bytes };
  }

  /** Throws MessageTooLongError when the stream announces too much; it is of no use then. */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Uint8Array[] = [];
    for (;;) {
      if (this.#length === undefined) {
        if (this.#size < LENGTH_BYTES) return messages;
        this.#length = this.#take(LENGTH_BYTES).readUInt32BE();
        const limit = this.#limited.messages > 0 ? this.#limited.bytes : LONGEST_MESSAGE;
        if (this.#length > limit) throw new MessageTooLongError(this.#length, limit);
      }
      if (this.#size < this.#length) return messages;
      messages.push(this.#take(this.#length));
      this.#length = undefined;
      this.#limited.messages--;
    }
  }

  #take(count: number): Buffer {
    const all = this.#chunks.length === 1 ? (this.#chunks[0] as Uint8Array) : Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(count)];
    this.#size -= count;
    // A copy, so that a small message does not keep a large chunk alive.
    return Buffer.from(all.subarray(0, count));
  }
}
