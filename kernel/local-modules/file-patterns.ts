// Whether the patterns by which a tsconfig.json names its files mean those of a folder.

import { relative, sep } from 'node:path';
import ts from 'typescript';

export interface FilePatterns {
  readonly root: string;
  readonly extensions: readonly string[] | undefined;
  readonly excludes: readonly string[] | undefined;
  readonly includes: readonly string[] | undefined;
}

interface Entries {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/** It is not in TypeScript's types. */
const { matchFiles } = ts as unknown as {
  matchFiles(
    path: string,
    extensions: readonly string[] | undefined,
    excludes: readonly string[] | undefined,
    includes: readonly string[] | undefined,
    useCaseSensitiveFileNames: boolean,
    currentDirectory: string,
    depth: number | undefined,
    getFileSystemEntries: (path: string) => Entries,
    realpath: (path: string) => string,
  ): string[];
};

export function matchesFiles(directory: string, patterns: FilePatterns): boolean {
  const { root, extensions, excludes, includes } = patterns;
  // A file system with one file, which lies there.
  const entries = (path: string): Entries => {
    const inside = relative(path, directory);
    if (inside === '') return { files: ['cell.ts'], directories: [] };
    const [next] = inside.split(sep);
    return { files: [], directories: next === undefined || next === '..' ? [] : [next] };
  };
  const same = (path: string): string => path;
  return matchFiles(root, extensions, excludes, includes, true, root, undefined, entries, same).length > 0;
}
