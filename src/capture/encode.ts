// Captures as bytes, for shared memory and pipes.
import { deserialize, serialize } from 'node:v8';
import type { Captured } from './captured';

/** Whether it holds no object of the program itself, which could change or be handed out twice. */
export function isAllCopied({ nodes }: Captured): boolean {
  return nodes.every((node) => node.type !== 'clone');
}

export function encodeCaptured(captured: Captured): Uint8Array {
  return serialize(captured);
}

export function decodeCaptured(bytes: Uint8Array): Captured {
  return deserialize(bytes) as Captured;
}
