// Captures as bytes, for shared memory and pipes.
import { deserialize, serialize } from 'node:v8';
import type { Captured } from './captured';

export function encodeCaptured(captured: Captured): Uint8Array {
  return serialize(captured);
}

export function decodeCaptured(bytes: Uint8Array): Captured {
  return deserialize(bytes) as Captured;
}
