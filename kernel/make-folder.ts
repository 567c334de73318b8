// Makes a folder with those above it. Node's own way to do so never ends where the system makes no folder and
// says that the one above is not there, as in /proc (Node 20), and its error does not say which it was.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from './cli-error';

/**
 * Makes a folder; one that is there stays as it is. Throws a CliError where it cannot be made, or where a
 * file has its name.
 */
export function makeFolder(folder: string, mode?: number): void {
  const missing: string[] = [];
  try {
    for (let at = path.resolve(folder); !made(at, mode); at = path.dirname(at)) missing.push(at);
    for (const each of missing.reverse()) mkdirSync(each, mode);
  } catch (error) {
    throw new CliError(`${folder} cannot be made (${(error as Error).message}): choose another place.`);
  }
}

/** Returns whether it is there now; false if first the one above it has to be made. */
function made(folder: string, mode: number | undefined): boolean {
  try {
    mkdirSync(folder, mode);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return true;
    if (code === 'ENOENT' && path.dirname(folder) !== folder) return false;
    throw error;
  }
}
