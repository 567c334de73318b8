// A folder of one's own for a moment, where the system keeps such folders: TMPDIR may name one that is not
// there, is full, or cannot be written to.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParallelError } from '../errors';
import { currentFolder } from './current-folder';

/** The first is as the program is told; the others are those that Python tries. */
const OTHERS = ['/tmp', '/var/tmp', '/usr/tmp'];

/** Makes a folder that no other user can enter: its mode is 0700. `mostBytes`: how long its path may be. */
export function makeTemporaryFolder(prefix: string, mostBytes = Number.POSITIVE_INFINITY): string {
  const places = [...new Set([tmpdir(), ...OTHERS, currentFolder()])];
  let cause: unknown;
  for (const place of places) {
    const path = join(place, prefix);
    if (Buffer.byteLength(path) + UNIQUE > mostBytes) continue;
    try {
      return mkdtempSync(path);
    } catch (error) {
      cause ??= error;
    }
  }
  throw new ParallelError(
    'no-temporary-folder',
    `No temporary folder can be made in any of ${places.join(', ')}: let TMPDIR name a folder that you may write in.`,
    { cause },
  );
}

/** Characters that mkdtemp adds. */
const UNIQUE = 6;
