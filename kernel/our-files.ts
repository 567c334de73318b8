// Which files are ParLab's own: a student does not want to see them on a stack, and an interrupt goes
// carefully about them.

import { join, sep } from 'node:path';
import { uncurried } from '../src/host/uncurried';

/** Asked in the middle of an interrupt, whatever the cells have replaced. */
const startsWith = uncurried(String.prototype.startsWith as (this: string, beginning: string) => boolean);
const kernelDirectory = __dirname + sep;
const libraryDirectory = join(__dirname, '..', 'src') + sep;

export function isLibrary(file: string): boolean {
  return startsWith(file, libraryDirectory);
}

export function isOurs(file: string): boolean {
  return isLibrary(file) || startsWith(file, kernelDirectory);
}
