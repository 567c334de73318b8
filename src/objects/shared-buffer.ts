// Memory that the program's processes share, as an ArrayBuffer: it lives as long as any of them can reach it,
// and it crosses to another process as a handle, so that a typed array over it arrives as a view of the same
// memory.
import { SharedMemoryError } from '../errors';
import { programBlock, programMemory } from '../memory/memory';
import { currentSlot } from '../memory/slots';
import { type Handle, registerHandle, restoreHandle, type Shareable, toHandle } from './handle';
import { referWhile } from './holders';
import { createObject, dropReference, objectKinds, pin, whenObjectEnds, withRoom } from './references';

/** Where FFI is missing this is the program's whole block, so a view needs `byteOffset` too. */
type SharedBuffer = ArrayBuffer & Shareable;

const DATA = 0;
const SIZE = 1;
/** The words from here on belong to names.ts. */
export const NAME_WORDS = 2;
export const NAME_BYTES = 128;
const OBJECT_BYTES = (NAME_WORDS + 2) * 4 + NAME_BYTES;

/** Allocates zeroed bytes, of which `make` makes the view that keeps them alive. */
export function createShared<V>(sizeBytes: number, make: (buffer: SharedBuffer, byteOffset: number) => V): V {
  return lookAt(createSharedObject(sizeBytes), make);
}

/** Allocates zeroed bytes that live as their object does, and returns its offset, for lookAt(). */
export function createSharedObject(sizeBytes: number): number {
  const object = createObject(OBJECT_BYTES, objectKinds.buffer);
  const { memory, ffi } = programBlock();
  let data: number;
  try {
    data = withRoom(() => memory.allocate(Math.max(1, sizeBytes)));
  } catch (error) {
    dropReference(object, currentSlot());
    throw error;
  }
  memory.u8.fill(0, data, data + sizeBytes);
  memory.i32[object / 4 + SIZE] = sizeBytes;
  memory.hand.release();
  memory.i32[object / 4 + DATA] = data;
  // A part of a SharedArrayBuffer is no object whose end could be seen, so there it stays until the program
  // ends.
  if (ffi === undefined) pin(object);
  return object;
}

export function sizeOfShared(object: number): number {
  return programMemory().i32[object / 4 + SIZE] ?? 0;
}

export function lookAt<V>(object: number, make: (buffer: SharedBuffer, byteOffset: number) => V): V {
  if (programBlock().ffi !== undefined) {
    return make(restoreHandle({ kind: 'shared-buffer', offset: object }) as SharedBuffer, 0);
  }
  return make(wholeBlock(), programMemory().i32[object / 4 + DATA] ?? 0);
}

let block: SharedBuffer | undefined;
function wholeBlock(): SharedBuffer {
  block ??= withHandle(programMemory().i32.buffer, { kind: 'shared-block' });
  return block;
}

// The property is not enumerable: the buffer is to look like any other.
function withHandle(buffer: ArrayBufferLike, handle: Handle): SharedBuffer {
  return Object.defineProperty(buffer, toHandle, { value: () => handle }) as SharedBuffer;
}

registerHandle('shared-block', wholeBlock);
registerHandle('shared-buffer', (handle) => {
  const { memory, ffi, addressOf } = programBlock();
  const object = Number(handle.offset);
  const data = memory.i32[object / 4 + DATA] ?? 0;
  if (ffi === undefined) throw new SharedMemoryError('Parts of a SharedArrayBuffer have no handle.');
  const buffer = withHandle(ffi.view(addressOf(data / 4), sizeOfShared(object)), handle);
  referWhile(buffer, object);
  return buffer;
});

whenObjectEnds(objectKinds.buffer, (object) => {
  const { i32, free } = programMemory();
  const data = i32[object / 4 + DATA] ?? 0;
  // 0: its maker died before it had any.
  if (data !== 0) free(data);
});
