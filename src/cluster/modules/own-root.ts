// Where the files of this library lie: every host has its own copy, of the same version.
import { join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export function isOwn(file: string): boolean {
  return file.startsWith(ROOT + sep);
}

export function nameOfOwn(file: string): string {
  return relative(ROOT, file).split(sep).join('/');
}

export function ownFile(name: string): string {
  return join(ROOT, name);
}

/** The folder with the package's package.json. */
export const ownPackage = join(ROOT, '..');
