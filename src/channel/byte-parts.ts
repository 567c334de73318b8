// Parts of binary data, as the methods of connections take and give them.
import { BufferTooShortError, InvalidArgumentError, MessageTooLongError } from '../errors';
import { counted } from '../system/counted';

export function partOf(view: ArrayBufferView, offset = 0, size = view.byteLength - offset): Uint8Array {
  if (!ArrayBuffer.isView(view)) throw new InvalidArgumentError('bytes', 'a Buffer or typed array', view);
  if (!(offset >= 0 && offset <= view.byteLength)) {
    throw new InvalidArgumentError('offset', `within the ${counted(view.byteLength, 'byte')}`, offset);
  }
  if (!(size >= 0 && offset + size <= view.byteLength)) {
    const left = counted(view.byteLength - offset, 'byte that is left', 'bytes that are left');
    throw new InvalidArgumentError('size', `within the ${left}`, size);
  }
  return new Uint8Array(view.buffer, view.byteOffset + offset, size);
}

export function shortEnough(bytes: Uint8Array, maxLength = Number.POSITIVE_INFINITY): Uint8Array {
  if (bytes.length > maxLength) throw new MessageTooLongError(bytes.length, maxLength);
  return bytes;
}

export function copyInto(bytes: Uint8Array, room: Uint8Array): number {
  if (bytes.length > room.length) throw new BufferTooShortError(bytes, room.length);
  room.set(bytes);
  return bytes.length;
}
