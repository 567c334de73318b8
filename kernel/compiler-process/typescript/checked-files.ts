// Which files of a notebook's program are checked: cells, and the local modules that are checked nowhere
// else.

import { dirname } from 'node:path';
import type ts from 'typescript';
import { projectOf } from '../../local-modules/project';

// TypeScript itself looks for it only before the first statement, and tslab puts one before each cell.
const NO_CHECK = /^[ \t]*\/\/[ \t]*@ts-nocheck\b/m;

export function isChecked({ text, fileName }: ts.SourceFile, directory: string): boolean {
  return !NO_CHECK.test(text) && isCheckedAsCells(dirname(fileName), directory);
}

/**
 * Whether it is checked as cells are: not if it belongs to a project that is not meant for the notebook,
 * which may be less strict.
 */
function isCheckedAsCells(folder: string, directory: string): boolean {
  const own = projectOf(folder);
  if (!own?.includes(folder)) return true;
  const ofNotebook = projectOf(directory);
  return own.file === ofNotebook?.file && ofNotebook.includes(directory);
}
