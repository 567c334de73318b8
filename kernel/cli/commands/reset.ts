// `parlab reset`: a fresh copy of one notebook of the tutorial. What the student has written stays beside it.
import path from 'node:path';
import { startOver } from '../own-copy/work-folder';
import { tutorialIn, workFolder } from './start';

export async function reset(notebook: string): Promise<number> {
  const here = workFolder();
  const { fresh, kept } = startOver(tutorialIn(here), notebook);
  const place = path.relative(process.cwd(), here) || '.';
  process.stdout.write(`${path.join(place, fresh)} is fresh.`);
  process.stdout.write(kept === undefined ? '\n' : ` Yours is now ${path.join(place, kept)}.\n`);
  return 0;
}
