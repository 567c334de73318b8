// The items of a queue as bytes, for programs on other computers: numbers and plain values by the fast codec,
// the rest captured. What lives in the shared memory of one computer is refused.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture } from '../../capture/capture';
import type { Captured } from '../../capture/captured';
import { decodeCaptured, encodeCaptured } from '../../capture/encode';
import { restore } from '../../capture/restore/restore';
import { beginWriting, writeByte, written } from '../../channel/byte-writer';
import { readValue } from '../../channel/read-value';
import { writeValue } from '../../channel/write-value';
import { NotSerializableError } from '../../errors';
import { currentFolder } from '../../system/current-folder';

const PLAIN = 1;
const CAPTURED = 2;

/** The bytes are a copy, in a buffer of their own. */
export function encodeItem(item: unknown): Uint8Array<ArrayBuffer> {
  beginWriting();
  writeByte(PLAIN);
  if (writeValue(item)) return new Uint8Array(written());
  const captured = capture(item, { root: 'item' });
  refuseLocal(captured);
  const body = encodeCaptured(captured);
  const bytes = new Uint8Array(1 + body.length);
  bytes[0] = CAPTURED;
  bytes.set(body, 1);
  return bytes;
}

let requireHere: NodeJS.Require | undefined;

export function decodeItem(given: Uint8Array): unknown {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  if (bytes[0] === PLAIN) return readValue(bytes, 1);
  requireHere ??= createRequire(join(currentFolder(), '[item]'));
  return restore(decodeCaptured(bytes.subarray(1)), requireHere);
}

function refuseLocal({ nodes }: Captured): void {
  for (const node of nodes) {
    if (node.type !== 'handle' || typeof node.handle.offset !== 'number') continue;
    throw new NotSerializableError(
      'item',
      'item',
      `it holds a ${node.handle.kind}, which lives in the shared memory of one computer`,
      'What is to be shared by the hosts of a room is made by its context: mp.Lock, mp.Queue …',
    );
  }
}
