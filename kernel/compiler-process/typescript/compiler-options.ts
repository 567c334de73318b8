// How cells are compiled: strict, as ES modules, for the Node.js that runs them, with that Node's types.

import { createRequire } from 'node:module';
import { dirname, join, normalize, parse } from 'node:path';
import ts from 'typescript';
import { nodeLibraries } from '../../node-libraries';
import { projectOptions } from './project-options';
import { libraryFile, nodeTypes, type StandardLibrary, standardLibrary } from './standard-library';

/** tslab brings its own options, written for TypeScript 5.0 and Node.js 18; these replace them. */
export function compilerOptions(directory: string): ts.CompilerOptions {
  const options = projectOptions(directory);
  const roots = [...(options.typeRoots ?? []), ...typeRoots(directory)];
  return {
    strict: true,
    // tslab asks for the old decorators; those of the standard are the ones students read about.
    experimentalDecorators: false,
    ...options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['node'],
    allowImportingTsExtensions: true,
    // A student's local .js file gives its types, but it was not written to be checked.
    allowJs: true,
    checkJs: false,
    types: typesOf(options, roots),
    typeRoots: roots,
    sourceMap: true,
    // A cell may import from any folder, a sibling of its own as well.
    rootDir: parse(directory).root,
  };
}

/** What is there without an import. */
export function standardLibraryOf(options: ts.CompilerOptions): StandardLibrary {
  const ofNode = nodeLibraries().map(libraryFile);
  const ofProject = (options.lib ?? []).map((name) =>
    libraryFile(name.slice('lib.'.length, -'.d.ts'.length)),
  );
  const files = [...new Set([...ofNode, ...ofProject])];
  return standardLibrary(options.types?.includes('node') ? files : [...files, nodeTypes]);
}

/** Returns the types; those of Node are in the standard library, where the notebook has none of its own. */
function typesOf({ types = [], typeRoots }: ts.CompilerOptions, roots: string[]): string[] {
  const places = typeRoots ?? roots.slice(0, -1);
  const all = ts.getAutomaticTypeDirectiveNames({ types, typeRoots: places }, ts.sys);
  return [...(hasOwnNodeTypes(roots) ? ['node'] : []), ...all.filter((name) => name !== 'node')];
}

function hasOwnNodeTypes(roots: readonly string[]): boolean {
  const { resolvedTypeReferenceDirective } = ts.resolveTypeReferenceDirective(
    'node',
    undefined,
    { typeRoots: [...roots] },
    ts.sys,
  );
  const found = resolvedTypeReferenceDirective?.resolvedFileName;
  return found !== undefined && normalize(found) !== nodeTypes;
}

// The notebook's own @types/node comes first: two of them in one program would contradict each other.
function typeRoots(directory: string): string[] {
  const own = dirname(dirname(createRequire(__filename).resolve('@types/node/package.json')));
  const roots: string[] = [];
  for (let folder = directory; ; folder = dirname(folder)) {
    roots.push(join(folder, 'node_modules', '@types'));
    if (folder === dirname(folder)) return [...roots, own];
  }
}
