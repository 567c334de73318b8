// The standard library and Node's types as one file. For each cell TypeScript makes a new program, and in it
// merges the names of all files; those of one and the same file were merged when it was bound, once for all
// cells.

import { readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import ts from 'typescript';
import { oneByte } from './one-byte';

export interface StandardLibrary {
  /** No file has this name. */
  readonly path: string;
  readonly text: string;
  /** The files that it is made of. */
  readonly parts: ReadonlySet<string>;
  /** The files of modules that are no part of it until a cell imports one, by the modules' names. */
  readonly onDemand: ReadonlyMap<string, string>;
}

/** The types of Node that ParLab brings along. */
export const nodeTypes = join(dirname(require.resolve('@types/node/package.json')), 'index.d.ts');

/**
 * The part of Node's types that few import, that no other part needs, and that yet is a seventh of all syntax
 * trees.
 */
const ON_DEMAND = ['http2.d.ts', 'inspector.generated.d.ts'].map((name) => join(dirname(nodeTypes), name));

const libraryFolder = dirname(require.resolve('typescript'));
const REFERENCE = /^\/\/\/[ \t]*<reference\b.*$/gm;
/** Statements of the file itself begin their lines. */
const MODULE = /^(import|export)\b/m;

const made = new Map<string, StandardLibrary>();

/** `files`: by their paths, with all that they refer to. */
export function standardLibrary(files: readonly string[]): StandardLibrary {
  const key = files.join();
  const library = made.get(key) ?? joined(files);
  made.set(key, library);
  return library;
}

/** All that were asked for. */
export function standardLibraries(): Iterable<StandardLibrary> {
  return made.values();
}

/** The file of the standard library with this name, such as `es2023`. */
export function libraryFile(name: string): string {
  return join(libraryFolder, `lib.${name}.d.ts`);
}

function joined(files: readonly string[]): StandardLibrary {
  const seen = new Set<string>();
  const parts = new Set<string>();
  const onDemand = new Map<string, string>();
  const texts: string[] = [];
  /** Modules cannot be part of a file that is none. */
  const apart: string[] = [];
  const add = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    if (ON_DEMAND.includes(file)) {
      const { ambientExternalModules = [] } = ts.preProcessFile(text, true);
      for (const name of ambientExternalModules) onDemand.set(name, withSlashes(file));
      return;
    }
    const { libReferenceDirectives, referencedFiles } = ts.preProcessFile(text, false);
    for (const { fileName } of libReferenceDirectives) add(libraryFile(fileName.toLowerCase()));
    for (const { fileName } of referencedFiles) add(resolve(dirname(file), fileName));
    if (MODULE.test(text)) {
      apart.push(`/// <reference path="${withSlashes(file)}" />`);
    } else {
      parts.add(withSlashes(file));
      texts.push(text.replace(REFERENCE, ''));
    }
  };
  for (const file of files) add(file);
  const path = withSlashes(join(libraryFolder, `lib.joined.${made.size}.d.ts`));
  return { path, text: oneByte([...apart, ...texts].join('\n')), parts, onDemand };
}

function withSlashes(path: string): string {
  return path.replaceAll(sep, '/');
}
