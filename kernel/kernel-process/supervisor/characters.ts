// Characters of many writers, from bytes as they come: one that is written in pieces is put together, of each
// writer and each of its streams on its own.

import type { Frame } from 'parlab/host/frames';

export interface Text {
  readonly tag: string;
  readonly name: 'stdout' | 'stderr';
  readonly text: string;
}

/** The bytes of a character that wait for the others. */
interface Begun {
  readonly tag: string;
  readonly pid: number;
  readonly name: Text['name'];
  readonly bytes: Buffer;
}

export class Characters {
  /** Few writers are ever within a character. */
  readonly #begun = new Map<string, Begun>();

  /** What can be read now. What the writer has begun for another cell stays half, and goes first. */
  take({ tag, kind, writer: { pid, thread }, payload }: Frame): Text[] {
    const name = kind === 'stderr' ? 'stderr' : 'stdout';
    const key = `${pid} ${thread} ${name}`;
    const before = this.#begun.get(key);
    this.#begun.delete(key);
    const bytes = before?.tag === tag ? Buffer.concat([before.bytes, payload]) : payload;
    const left = before && before.tag !== tag ? [half(before)] : [];
    const end = bytes.length - unfinishedBytes(bytes);
    // A copy: the frame is a view of all that was read at once.
    if (end < bytes.length) this.#begun.set(key, { tag, pid, name, bytes: Buffer.from(bytes.subarray(end)) });
    return end === 0 ? left : [...left, { tag, name, text: bytes.toString('utf8', 0, end) }];
  }

  /** What this process has left half in this cell. */
  end(tag: string, pid: number): Text[] {
    return this.#end((begun) => begun.tag === tag && begun.pid === pid);
  }

  endAll(): Text[] {
    return this.#end(() => true);
  }

  #end(isEnded: (begun: Begun) => boolean): Text[] {
    const ended = [...this.#begun].filter(([, begun]) => isEnded(begun));
    for (const [key] of ended) this.#begun.delete(key);
    return ended.map(([, begun]) => half(begun));
  }
}

function half({ tag, name, bytes }: Begun): Text {
  return { tag, name, text: bytes.toString() };
}

/** How many bytes at the end begin a character of UTF-8 that is not whole yet. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    const isWithin = (byte & 0xc0) === 0x80;
    if (!isWithin) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** Returns the length of the character that begins with this byte. */
function lengthOf(first: number): number {
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 1;
}
