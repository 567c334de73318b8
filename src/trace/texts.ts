// Short texts in the rows of a trace's tables: a word with the length in bytes, then the bytes.
import { programMemory } from '../memory/memory';

const encoder = new TextEncoder();

/** Stores a text; of a long one the first `room` bytes, and never half a character. */
export function storeText(at: number, text: string, room: number): void {
  const { i32, u8 } = programMemory();
  const bytes = new Uint8Array(room);
  i32[at] = encoder.encodeInto(text, bytes).written;
  u8.set(bytes, (at + 1) * 4);
}

export function loadText(at: number, room: number): string {
  const { i32, u8 } = programMemory();
  const from = (at + 1) * 4;
  return Buffer.from(u8.slice(from, from + Math.min(room, i32[at] ?? 0))).toString();
}
