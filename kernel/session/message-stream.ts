// Messages on a byte stream: four bytes of length, then the v8-serialized message. No descriptor, no state but the rest of a message.

import { deserialize, serialize } from 'node:v8';

const HEADER_BYTES = 4;

export function encodeMessage(message: object): Buffer {
  const payload = serialize(message);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(payload.length);
  return Buffer.concat([header, payload]);
}

/** Feeds on chunks as they arrive and gives the messages that they complete. */
export class MessageDecoder<Message extends object> {
  #chunks: Buffer[] = [];
  #sizeBytes = 0;

  push(chunk: Buffer): Message[] {
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
    const messages: Message[] = [];
    for (let wanted = this.#wantedBytes(); this.#sizeBytes >= wanted; wanted = this.#wantedBytes()) {
      const bytes = this.#joined();
      messages.push(deserialize(bytes.subarray(HEADER_BYTES, wanted)) as Message);
      this.#chunks = [bytes.subarray(wanted)];
      this.#sizeBytes -= wanted;
    }
    return messages;
  }

  #wantedBytes(): number {
    if (this.#sizeBytes < HEADER_BYTES) return HEADER_BYTES;
    const first = this.#chunks[0] as Buffer;
    const header = first.length >= HEADER_BYTES ? first : this.#joined();
    return HEADER_BYTES + header.readUInt32LE();
  }

  #joined(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] as Buffer;
  }
}
