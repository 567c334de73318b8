// Whether the owner of a slot still lives, known without asking its parent: the kernel marks the slot's life
// word when the thread that entered it dies, however it dies (see set_robust_list(2)). The word is the only
// entry of that list.

import { SLOT_WORDS, SLOTS, slotWord } from './layout';
import { programBlock, programMemory } from './memory';

const OWNER_DIED = 0x4000_0000;
// Set in advance: the kernel wakes a sleeper only if this bit says that there is one.
const WAITERS = 0x8000_0000 | 0;
const NODE_BYTES_AFTER_WORD = 8n;

export function lifeWordIndex(slot: number): number {
  return SLOTS + slot * SLOT_WORDS + slotWord.life;
}

/** The thread itself calls it, once. */
export function beginLife(slot: number): void {
  const { memory, ffi, addressOf } = programBlock();
  const word = lifeWordIndex(slot);
  if (ffi?.setRobustList === undefined) return;
  const node = addressOf(word + slotWord.listNode);
  const head = addressOf(word + slotWord.listHead);
  const list = new BigInt64Array(memory.i32.buffer, (word + slotWord.listNode) * 4, 4);
  list[0] = head; // the node's next: back to the head, for it is the only one
  list[1] = node; // the head's next
  list[2] = -NODE_BYTES_AFTER_WORD; // from a node to its word
  list[3] = 0n; // no operation pending
  Atomics.store(memory.i32, word, ffi.threadId() | WAITERS);
  ffi.setRobustList(head);
}

/** Returns true or false as facts, and undefined where no kernel keeps the word. */
export function lifeWordSays(slot: number): boolean | undefined {
  const word = Atomics.load(programBlock().memory.i32, lifeWordIndex(slot));
  if (word === 0) return undefined;
  return (word & OWNER_DIED) === 0;
}

/** Whether the kernel tells when a thread is gone; else nobody does before the event loop turns. */
export function isEndMarked(): boolean {
  return programMemory().kind !== 'shared-array-buffer';
}
