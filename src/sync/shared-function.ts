// A function that lies in shared memory, captured, until whoever needs it makes it anew. What it refers to
// lives as long.
import { dropMessage, encodeMessage, openMessage, readMessage } from '../channel/message';
import { programMemory } from '../memory/memory';
import { pin, unpin, withRoom } from '../objects/references';

// Words of the block; the offsets of the objects that the function refers to follow, then its bytes.
const TAG = 0;
const LENGTH = 1;
const PINNED = 2;
const HEADER_WORDS = 3;

/**
 * Captures the function into a block, and returns that block's offset. `owner`: the offset of the object to
 * which the function belongs and may refer as well.
 */
export function shareFunction(share: (...args: never[]) => unknown, owner: number): number {
  const { i32, u8, allocate, hand } = programMemory();
  const message = encodeMessage(share);
  try {
    const { tag, bytes, pinned } = message;
    const headerBytes = (HEADER_WORDS + pinned.length) * 4;
    const block = withRoom(() => allocate(headerBytes + bytes.length));
    i32.set([tag, bytes.length, pinned.length, ...pinned], block / 4);
    u8.set(bytes, block + headerBytes);
    // They stand where a queue would fill them in.
    if (pinned.length > 0) i32.set(pinned, (block + headerBytes) / 4 + 1);
    // The owner is left out: the two would keep each other.
    for (const offset of pinned) if (offset !== owner) pin(offset);
    hand.release();
    return block;
  } finally {
    dropMessage(message);
  }
}

export function openFunction(block: number): (...args: never[]) => unknown {
  const { i32 } = programMemory();
  const at = block / 4;
  const pinned = pinnedIn(block);
  const offset = block + (HEADER_WORDS + pinned.length) * 4;
  const found = { tag: i32[at + TAG] ?? 0, offset, length: i32[at + LENGTH] ?? 0 };
  return openMessage(readMessage(found)) as (...args: never[]) => unknown;
}

export function endFunction(block: number, owner: number): void {
  for (const offset of pinnedIn(block)) if (offset !== owner) unpin(offset);
  programMemory().free(block);
}

function pinnedIn(block: number): number[] {
  const first = block / 4 + HEADER_WORDS;
  const { i32 } = programMemory();
  return [...i32.subarray(first, first + (i32[block / 4 + PINNED] ?? 0))];
}
