// Messages on a byte stream: four bytes of length, then the v8-serialized message. No descriptor, no state
// but the rest of a message.

import buffer from 'node:buffer';
import v8 from 'node:v8';
// It is not all of src/host: the compiler loads this too.
import { uncurried } from 'parlab/host/uncurried';

// They are taken now, and there is no iterator below: what a cell replaces later must not make the session
// deaf.
const { DefaultDeserializer, Deserializer, serialize } = v8;
const readHeader = uncurried(Deserializer.prototype.readHeader);
const readValue = uncurried(Deserializer.prototype.readValue);
const { construct } = Reflect;
const { Buffer } = buffer;
const { concat } = Buffer;
const subarray = uncurried(Buffer.prototype.subarray);
const readUInt32LE = uncurried(Buffer.prototype.readUInt32LE);

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
    this.#chunks[this.#chunks.length] = chunk;
    this.#sizeBytes += chunk.length;
    const messages: Message[] = [];
    for (let wanted = this.#wantedBytes(); this.#sizeBytes >= wanted; wanted = this.#wantedBytes()) {
      const bytes = this.#joined();
      messages[messages.length] = deserialized(subarray(bytes, HEADER_BYTES, wanted)) as Message;
      this.#chunks = bytes.length > wanted ? [subarray(bytes, wanted)] : [];
      this.#sizeBytes -= wanted;
    }
    return messages;
  }

  #wantedBytes(): number {
    if (this.#sizeBytes < HEADER_BYTES) return HEADER_BYTES;
    const first = this.#chunks[0] as Buffer;
    const header = first.length >= HEADER_BYTES ? first : this.#joined();
    return HEADER_BYTES + readUInt32LE(header);
  }

  #joined(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [concat(this.#chunks)];
    return this.#chunks[0] as Buffer;
  }
}

/**
 * Does what `deserialize` of node:v8 does, whose class is made with an iterator that a cell may have
 * replaced.
 */
function deserialized(bytes: Buffer): unknown {
  const reader = construct(Deserializer, [bytes], DefaultDeserializer) as v8.Deserializer;
  readHeader(reader);
  return readValue(reader);
}
