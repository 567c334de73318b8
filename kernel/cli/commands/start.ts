// The last step of `npm start`: JupyterLab on the student's own copy of the tutorial, at its contents.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';
import { installation } from '../../package-root';
import { landingPage } from '../own-copy/landing-page';
import {
  bringUpToDate,
  type Change,
  isWorkFolder,
  LANDING_PAGE,
  type WorkFolder,
} from '../own-copy/work-folder';
import type { Python } from '../set-up/python.mjs';
import { lab } from './lab';

export async function start({ python, args }: { python: Python; args: string[] }): Promise<number> {
  const work = tutorialIn(path.join(installation, 'work'));
  tell(bringUpToDate(work));
  writeFileSync(path.join(work.folder, LANDING_PAGE), landingPage(work));
  return lab({ python, folder: work.folder, page: LANDING_PAGE, args });
}

/** This folder if it is one, else the one that `npm start` makes. */
export function workFolder(): string {
  const folder = isWorkFolder(process.cwd()) ? process.cwd() : path.join(installation, 'work');
  if (!existsSync(folder))
    throw new CliError(`There is no ${folder}: "npm start" makes it, with your own copy of the notebooks.`);
  return folder;
}

/** A copy of our tutorial. */
export function tutorialIn(folder: string): WorkFolder {
  return { originals: path.join(installation, 'notebooks'), folder };
}

function tell(changes: Change[]): void {
  const say = (sentence: string): void => void process.stdout.write(`parlab: ${sentence}\n`);
  const named = (type: Change['type']): string[] =>
    changes.flatMap((change) => (change.type === type ? change.name : []));
  if (named('copied').length > 0) say('Your own copy of the notebooks is in work/; nothing else changes it');
  for (const name of named('updated')) say(`work/${name} is new: you had not changed it`);
  for (const name of named('kept'))
    say(`There is a newer ${name}; yours stays. "npx parlab reset ${name}" gets the new one and keeps yours`);
}
