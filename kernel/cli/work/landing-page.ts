// The first page that a student sees: the contents of the tutorial, and beside each notebook how far she is,
// as her saved notebooks say.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readNotebook } from '../notebook-runner/notebook-file';
import { holds, isCheck, markOf } from '../notebook-runner/verdicts';
import { LANDING_PAGE, type WorkFolder } from './work-folder';

/** The page of the originals, with one more column in its table of notebooks. */
export function landingPage({ originals, folder }: WorkFolder): string {
  const page = readFileSync(path.join(originals, LANDING_PAGE), 'utf8');
  let isTable = false;
  const lines = page.split('\n').map((line) => {
    if (!line.startsWith('|')) {
      isTable = false;
      return line;
    }
    if (!isTable) {
      isTable = true;
      return `${line} you |`;
    }
    if (/^\|[\s|:-]+\|$/.test(line)) return `${line}---|`;
    const name = /\]\(([^)]+\.ipynb)\)/.exec(line)?.[1];
    return `${line} ${name === undefined ? '' : standing(path.join(folder, name))} |`;
  });
  return lines.join('\n');
}

/** By the verdicts that are saved in it. */
function standing(file: string): string {
  if (!existsSync(file)) return '';
  try {
    const { cells } = readNotebook(file);
    const checks = cells.filter(isCheck);
    const held = checks.filter((cell) => holds(markOf(cell))).length;
    const hasBegun = cells.some(({ outputs = [] }) => outputs.length > 0);
    if (!hasBegun) return 'not begun';
    return held === checks.length ? '✔ all' : `${held} of ${checks.length} checks`;
  } catch {
    return 'cannot be read';
  }
}
