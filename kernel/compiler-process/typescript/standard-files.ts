// The parsed files of the standard library, of Node's types and of ParLab's own: the same for every notebook,
// so that one process parses each of them once. The checker finds their tables of names made as well.

import { dirname, sep } from 'node:path';
import type ts from 'typescript';
import { kernelCode, libraryCode } from '../../package-root';
import { parseUndocumented } from './documentation';
import { type StandardLibrary, standardLibraries } from './standard-library';
import { override, typescript } from './typescript-internals';

const folders = [
  ...['typescript', '@types/node', 'undici-types'].map((name) =>
    dirname(require.resolve(`${name}/package.json`)),
  ),
  ...[libraryCode, kernelCode],
].map((folder) => `${folder.replaceAll(sep, '/')}/`);

/** The files, by the options with which they were parsed. */
const parsed = new Map<string, Map<string, ts.SourceFile>>();

/** The files that what is kept was made from, by their paths. */
export function standardFiles(): string[] {
  const files = new Set([...parsed.values()].flatMap((each) => [...each.keys()]));
  for (const { path, parts } of standardLibraries()) {
    files.delete(path);
    for (const part of parts) files.add(part);
  }
  return [...files];
}

export function withStandardFiles(
  host: ts.CompilerHost,
  options: ts.CompilerOptions,
  library: StandardLibrary,
): ts.CompilerHost {
  const files = filesFor(options);
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (name, parsing, ...rest) => {
    const known = files.get(name);
    if (known) return known;
    const isKept = /\.d\.[cm]?ts$/.test(name) && folders.some((folder) => name.startsWith(folder));
    // The host does not read it, which numbers its files: to another notebook they would look changed before
    // each cell.
    const text = textIn(library, name) ?? (isKept ? host.readFile(name) : undefined);
    if (text === undefined) return host.getSourceFile(name, parsing, ...rest);
    const file = parseUndocumented(name, text, parsing);
    files.set(name, file);
    return file;
  };
  const getSourceFileByPath: ts.CompilerHost['getSourceFileByPath'] = (name, _path, ...rest) =>
    getSourceFile(name, ...rest);
  const getDefaultLibFileName = () => library.path;
  return override(host, { getSourceFile, getSourceFileByPath, getDefaultLibFileName });
}

/** A package may refer to a part by its name, which is there already. */
function textIn({ path, text, parts }: StandardLibrary, name: string): string | undefined {
  if (name === path) return text;
  return parts.has(name) ? '' : undefined;
}

function filesFor(options: ts.CompilerOptions): Map<string, ts.SourceFile> {
  const key = JSON.stringify(typescript.optionsOfParsing.map(({ name }) => options[name]));
  const files = parsed.get(key) ?? new Map<string, ts.SourceFile>();
  parsed.set(key, files);
  return files;
}
