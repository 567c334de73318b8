// The settings of the project that a notebook lies in, as far as cells can have them.

import type ts from 'typescript';
import { syntaxOf } from '../../local-modules/meaning';
import { isOlderThan6, projectOf } from '../../local-modules/project';

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
  'target',
  'configFilePath',
]);

/** What there is without an import. */
const AT_HAND = ['lib', 'types', 'typeRoots'];

/**
 * What decides what programs mean, of the nearest tsconfig.json; how strictly they are checked, only where it
 * is meant for the notebook's folder.
 */
export function projectOptions(directory: string): ts.CompilerOptions {
  const project = projectOf(directory);
  const { options = {} } = project ?? {};
  const isKept = (name: string): boolean =>
    AT_HAND.includes(name) || (project?.includes(directory) === true && !NOT_FOR_CELLS.has(name));
  const kept = Object.entries(options).filter(([name]) => isKept(name));
  const { verbatimModuleSyntax: _, ...syntax } = syntaxOf(project);
  const all = project && isOlderThan6(project.file) ? { types: ['*'] } : {};
  return { ...all, ...Object.fromEntries(kept), ...syntax };
}
