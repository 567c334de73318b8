// Makes a folder with those above it. Node's own way to do so never ends where the system makes no folder and
// says that the one above is not there, as in /proc (Node 20), and its error does not say which it was.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { CliError } from './cli-error';

/** Makes a folder; one that is there stays as it is. Throws a sentence. */
export function makeFolder(folder: string, mode?: number): void {
  const missing: string[] = [];
  try {
    for (let at = path.resolve(folder); !isThere(at, mode); at = path.dirname(at)) missing.push(at);
    for (const each of missing.reverse()) mkdirSync(each, mode);
  } catch (error) {
    throw new CliError(`${folder} cannot be made (${(error as Error).message}): choose another place.`);
  }
}

/** Made now, or before. */
function isThere(folder: string, mode: number | undefined): boolean {
  try {
    mkdirSync(folder, mode);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT' && path.dirname(folder) !== folder) return false;
    throw error;
  }
}
