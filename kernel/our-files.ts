// Which files are ParLab's own: a student does not want to see them on a stack, and an interrupt goes
// carefully about them.

import { sep } from 'node:path';
import { uncurried } from 'parlab/host/uncurried';
import { kernelCode, libraryCode } from './package-root';

/** Asked in the middle of an interrupt, whatever the cells have replaced. */
const startsWith = uncurried(String.prototype.startsWith as (this: string, beginning: string) => boolean);
const kernelDirectory = kernelCode + sep;
const libraryDirectory = libraryCode + sep;

export function isLibrary(file: string): boolean {
  return startsWith(file, libraryDirectory);
}

export function isOurs(file: string): boolean {
  return isLibrary(file) || startsWith(file, kernelDirectory);
}

/**
 * Tells ts-node to load our files as they are. Without that it compiles them anew in a project with `allowJs`
 * that has our packages as links, such as our own checkout: only what lies below node_modules is left alone.
 */
export function leaveOurs(service: { ignored(file: string): boolean }): void {
  const { ignored } = service;
  service.ignored = (file) => isOurs(file) || ignored(file);
}
