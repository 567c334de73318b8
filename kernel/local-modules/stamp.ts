// Changes when a file does.

import { statSync } from 'node:fs';

/** Returns undefined if there is no such file. */
export function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}
