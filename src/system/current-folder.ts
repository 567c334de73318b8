// Where the process works, also when that folder has been removed: Node throws then.
import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { process } from './node-process';

let last: string = sep;

/** Returns the folder as it was called last. */
export function currentFolder(): string {
  try {
    last = process.cwd();
  } catch {
    // There is nothing newer.
  }
  return last;
}

currentFolder();

/** Returns, of this folder and those above it, the nearest that is there. */
export function nearestFolder(folder = currentFolder()): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}

/** Whether a removed folder is why a thread did not begin: Node starts none there. */
export function hasNoFolder(error: unknown): boolean {
  return (error as { syscall?: unknown } | null)?.syscall === 'uv_cwd';
}
