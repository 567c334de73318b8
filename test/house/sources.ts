// The sources as the tests of the house see them: their texts, their rooms, and what they import.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Compiled tests lie in dist/test/house. */
export const root = path.resolve(__dirname, '../../..');

const IMPORT = /(?:\bfrom|\bimport\(|\brequire\(|\brequire\.resolve\(|^import)\s*'([^']+)'/gm;
const NOT_OURS = /(^|\/)(node_modules|dist)(\/|$)/;

export interface Source {
  /** With slashes, from the root. */
  readonly file: string;
  readonly text: string;
}

export const sources: readonly Source[] = ['src', 'kernel'].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
    .map((name) => `${top}/${name.split(path.sep).join('/')}`)
    .filter((file) => /\.(m?ts|mjs)$/.test(file) && !NOT_OURS.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
);

const known = new Set(sources.map(({ file }) => file));

/** A folder, or a file that stands in none; below a process of the kernel, each folder. */
export function roomOf(file: string): string {
  const parts = file.split('/');
  if (parts[0] === 'src' || parts.length <= 3) return parts.slice(0, 2).join('/');
  return parts.slice(0, 3).join('/');
}

/** What it names in an import, in the order in which it stands there. */
export function importsOf({ text }: Source): string[] {
  // A text in double quotes may be a cell: imports are written in single ones.
  const code = text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '').replace(/"[^"\n]*"/g, '""');
  // In a text that is itself code, as the compiler writes some, names have places to be filled in.
  return [...code.matchAll(IMPORT)].map(([, name = '']) => name).filter((name) => /^[\w@./:-]+$/.test(name));
}

/** The file of ours that is meant; undefined for a package. */
export function ours(from: Source, name: string): string | undefined {
  const ofLibrary = /^parlab(\/.*)?$/.exec(name);
  if (!ofLibrary && !name.startsWith('.')) return undefined;
  const stem = ofLibrary
    ? `src${ofLibrary[1] ?? '/index'}`
    : path.posix.join(path.posix.dirname(from.file), name);
  const candidates = [stem, `${stem}.ts`, `${stem}/index.ts`, stem.replace(/\.js$/, '.ts')];
  return candidates.find((candidate) => known.has(candidate));
}
