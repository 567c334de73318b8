// The notebooks that paths on a command line name.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';

/** What `parlab reset` puts aside: it is found only where it is named. */
const PUT_ASIDE = /\.mine-\d+\.ipynb$/;

/** Whether a file in a folder is one of its notebooks. */
export function isNotebook(name: string): boolean {
  const isLeft = name.includes('.ipynb_checkpoints') || name.includes('node_modules');
  return name.endsWith('.ipynb') && !isLeft && !PUT_ASIDE.test(name);
}

/** Every .ipynb that the paths name, folders searched through, in the order of their names. */
export function notebooksIn(paths: string[]): string[] {
  const files = paths.flatMap((each) => {
    const full = path.resolve(each);
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found) throw new CliError(`There is no ${each}.`);
    if (!found.isDirectory()) return [full];
    return readdirSync(full, { recursive: true, encoding: 'utf8' })
      .filter(isNotebook)
      .sort()
      .map((name) => path.join(full, name));
  });
  if (files.length === 0) throw new CliError(`There is no notebook in ${paths.join(', ')}.`);
  return [...new Set(files)];
}
