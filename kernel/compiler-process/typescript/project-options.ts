// The settings of the project that a notebook lies in: its tsconfig.json, if that is meant for the notebook's
// folder.

import { dirname } from 'node:path';
import ts from 'typescript';
import { matchesFiles } from './typescript-internals';

// What decides how a cell runs is the notebook's affair; and in a cell every name may be used by a later one.
const NOT_FOR_CELLS: ReadonlySet<string> = new Set([
  'module',
  'moduleResolution',
  'moduleDetection',
  'outDir',
  'outFile',
  'rootDir',
  'rootDirs',
  'noEmit',
  'noEmitOnError',
  'emitDeclarationOnly',
  'declaration',
  'declarationMap',
  'declarationDir',
  'isolatedDeclarations',
  'composite',
  'incremental',
  'tsBuildInfoFile',
  'sourceMap',
  'inlineSourceMap',
  'inlineSources',
  'sourceRoot',
  'mapRoot',
  'removeComments',
  'verbatimModuleSyntax',
  'isolatedModules',
  'noUnusedLocals',
  'noUnusedParameters',
  'importHelpers',
  'types',
  'typeRoots',
  'lib',
  'target',
  'configFilePath',
]);

export interface ProjectOptions {
  readonly options: ts.CompilerOptions;
  /** The file that they come from. */
  readonly file?: string;
}

/**
 * Nothing where there is no tsconfig.json, or where it includes no files of the notebook's folder, or where
 * it cannot be read.
 */
export function projectOptions(directory: string): ProjectOptions {
  const file = ts.findConfigFile(directory, ts.sys.fileExists);
  if (file === undefined) return { options: {} };
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  if (error) return { options: {} };
  let isForNotebook = false;
  const host: ts.ParseConfigHost = {
    ...ts.sys,
    readDirectory: (root, extensions, excludes, includes) => {
      isForNotebook = matchesFiles(directory, { root, extensions, excludes, includes });
      return [];
    },
  };
  const parsed = ts.parseJsonConfigFileContent(config, host, dirname(file));
  if (!isForNotebook) return { options: {} };
  const kept = Object.entries(parsed.options).filter(([name]) => !NOT_FOR_CELLS.has(name));
  return { options: Object.fromEntries(kept), file };
}
