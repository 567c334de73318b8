// What students handed in: a notebook, or a folder of notebooks, for each of them.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';
import { isNotebook, notebooksIn } from '../notebook-runner/find-notebooks';

export interface Submission {
  student: string;
  /** Absolute; of the one notebook, or of the folder. */
  path: string;
  /** Absolute paths within it. */
  notebooks: string[];
}

/** Each path is one student's. */
export function submissionsAt(paths: readonly string[]): Submission[] {
  const found = paths.map((each) => {
    const full = path.resolve(each);
    const student = path.basename(full).replace(/\.ipynb$/, '');
    return { student, path: full, notebooks: notebooksIn([full]) };
  });
  const names = found.map(({ student }) => student);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new CliError(`Two submissions are called ${twice}: rename one of them.`);
  return found;
}

/** Each entry of the folder is one student's. */
export function submissionsIn(folder: string): Submission[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) throw new CliError(`There is no folder ${folder}.`);
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.name.endsWith('.ipynb')))
    .map(({ name }) => path.join(folder, name))
    .sort();
  if (entries.length === 0) throw new CliError(`There is no notebook in ${folder}.`);
  const empty: Submission[] = [];
  const full = entries.filter((entry) => {
    if (hasNotebooks(entry)) return true;
    empty.push({ student: path.basename(entry), path: entry, notebooks: [] });
    return false;
  });
  return [...submissionsAt(full), ...empty].sort((a, b) => (a.student < b.student ? -1 : 1));
}

function hasNotebooks(entry: string): boolean {
  if (!statSync(entry).isDirectory()) return true;
  return readdirSync(entry, { recursive: true, encoding: 'utf8' }).some(isNotebook);
}
