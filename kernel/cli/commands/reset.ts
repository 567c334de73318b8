// `parlab reset`: a fresh copy of one notebook of the tutorial. What the student has written stays beside it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../../command-error';
import { installation } from '../../package-root';
import { isWorkFolder, startOver } from '../work/work-folder';
import { tutorialIn } from './start';

export async function reset(notebook: string): Promise<number> {
  const here = isWorkFolder(process.cwd()) ? process.cwd() : path.join(installation, 'work');
  if (!existsSync(here))
    throw new CommandError(`There is no ${here}: "npm start" makes it, with your own copy of the notebooks.`);
  const { fresh, kept } = startOver(tutorialIn(here), notebook);
  const place = path.relative(process.cwd(), here) || '.';
  process.stdout.write(`${path.join(place, fresh)} is fresh.`);
  process.stdout.write(kept === undefined ? '\n' : ` Yours is now ${path.join(place, kept)}.\n`);
  return 0;
}
