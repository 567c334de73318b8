// The first page that a student sees: the contents of the tutorial, and beside each notebook how far she is,
// as her saved notebooks say.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { standingIn } from './standing';
import { LANDING_PAGE, type WorkFolder } from './work-folder';

const LINE_WITH_LINK_OUT = /^.*\]\(\.\.\/.*(?:\n\n?|$)/gm;

/** The page of the originals, with one more column in its table of notebooks, without what lies outside. */
export function landingPage({ originals, folder }: WorkFolder): string {
  // What stands beside the originals cannot be opened from her copy.
  const page = readFileSync(path.join(originals, LANDING_PAGE), 'utf8').replace(LINE_WITH_LINK_OUT, '');
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
    const name = /\]\(([^()]+)\)/.exec(line)?.[1];
    const file = path.join(folder, name ?? '');
    return `${line} ${name !== undefined && existsSync(file) ? standingIn(file) : ''} |`;
  });
  return lines.join('\n');
}
