// Writing to a descriptor at once and completely, also when its reader is slow.
import fs from 'node:fs';

// It is taken now: what a program replaces later must not silence it.
const { writeSync } = fs;
const { wait } = Atomics;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Blocks while the reader is behind: what is printed is never lost. A reader that is gone is no error. */
export function writeFully(fd: number, bytes: Uint8Array, sizeBytes = bytes.length): void {
  let done = 0;
  while (done < sizeBytes) {
    try {
      done += writeSync(fd, bytes, done, sizeBytes - done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      // The descriptor's description is shared with processes that made it non-blocking: wait for room.
      wait(sleeper, 0, 0, 1);
    }
  }
}
