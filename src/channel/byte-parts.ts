// Parts of binary data, as the methods of connections take and give them.
import { BufferTooShortError, InvalidArgumentError, MessageTooLongError } from '../errors';
import { counted } from '../system/counted';

/** Returns `size` bytes from byte `offset` on, uncopied. Throws InvalidArgumentError unless all are there. */
export function partOf(view: ArrayBufferView, offset = 0, size?: number): Uint8Array {
  if (!ArrayBuffer.isView(view)) throw new InvalidArgumentError('bytes', 'a Buffer or typed array', view);
  const leftBytes = view.byteLength - offset;
  if (!(Number.isInteger(offset) && offset >= 0 && leftBytes >= 0)) {
    const all = counted(view.byteLength, 'byte');
    throw new InvalidArgumentError('offset', `a whole number within the ${all}`, offset);
  }
  if (size !== undefined && !(Number.isInteger(size) && size >= 0 && size <= leftBytes)) {
    const left = counted(leftBytes, 'byte that is left', 'bytes that are left');
    throw new InvalidArgumentError('size', `a whole number within the ${left}`, size);
  }
  return new Uint8Array(view.buffer, view.byteOffset + offset, size ?? leftBytes);
}

/** Returns the same bytes. Throws MessageTooLongError if they are more than `maxLength`. */
export function shortEnough(bytes: Uint8Array, maxLength = Number.POSITIVE_INFINITY): Uint8Array {
  if (bytes.length > maxLength) throw new MessageTooLongError(bytes.length, maxLength);
  return bytes;
}

/** Returns how many bytes it copied. Throws BufferTooShortError, and copies none, if there is no room. */
export function copyInto(bytes: Uint8Array, room: Uint8Array): number {
  if (bytes.length > room.length) throw new BufferTooShortError(bytes, room.length);
  room.set(bytes);
  return bytes.length;
}
