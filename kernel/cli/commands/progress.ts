// `parlab progress`: how far a student is in each notebook, as her saved notebooks say.
import path from 'node:path';
import { notebooksIn } from '../notebook-runner/find-notebooks';
import { standingIn } from '../own-copy/standing';
import { workFolder } from './start';

export async function progress(paths: string[]): Promise<number> {
  const place = paths.length > 0 ? paths : [workFolder()];
  // A notebook that is a reference has nothing to be done.
  const isLesson = (file: string) => paths.length > 0 || path.basename(path.dirname(file)) !== 'reference';
  const names = notebooksIn(place)
    .filter(isLesson)
    .map((file) => ({ file, name: path.basename(file, '.ipynb') }));
  const width = Math.max(...names.map(({ name }) => name.length));
  for (const { file, name } of names) process.stdout.write(`${name.padEnd(width)}  ${standingIn(file)}\n`);
  return 0;
}
