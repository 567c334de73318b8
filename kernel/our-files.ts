// Which files are ParLab's own: a student does not want to see them on a stack, and an interrupt goes
// carefully about them.

import { sep } from 'node:path';
import { uncurried } from 'parlab/host/uncurried';
import { kernelCode, libraryCode } from './package-root';

/** Asked in the middle of an interrupt, whatever the cells have replaced. */
const startsWith = uncurried(String.prototype.startsWith as (this: string, beginning: string) => boolean);
const includes = uncurried(String.prototype.includes as (this: string, part: string) => boolean);
const kernelDirectory = kernelCode + sep;
const libraryDirectory = libraryCode + sep;

export function isLibrary(file: string): boolean {
  return startsWith(file, libraryDirectory);
}

/** Whether a stack, as text, names the library. */
export function namesLibrary(stack: string): boolean {
  return includes(stack, libraryDirectory);
}

export function isOurs(file: string): boolean {
  return isLibrary(file) || startsWith(file, kernelDirectory);
}
