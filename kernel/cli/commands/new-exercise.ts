// `parlab new exercise`: begins an exercise of one's own.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';
import { languageInfo } from '../../kernel-process/handlers/kernel-info';
import { makeFolder } from '../../make-folder';
import { newExercise } from '../course/new-exercise';
import { DEFAULT_DISPLAY_NAME, DEFAULT_NAME } from '../kernelspec/kernel-json';
import { writeNotebook } from '../notebook-runner/notebook-file';

export interface NewExerciseOptions {
  /** The folder for it. */
  to: string;
}

export async function makeExercise(name: string, { to }: NewExerciseOptions): Promise<number> {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  if (slug === '') throw new CliError(`"${name}" has no letter from a to z: give a name that has one.`);
  const file = path.join(to, `${slug}.ipynb`);
  if (existsSync(file)) throw new CliError(`${file} is there already: give another name.`);
  makeFolder(to);
  const info = languageInfo();
  const kernelspec = { name: DEFAULT_NAME, display_name: DEFAULT_DISPLAY_NAME, language: info.name };
  writeNotebook(file, newExercise({ name, slug }, { kernelspec, language_info: info }));
  process.stdout.write(
    `${file} has an exercise that runs: change it into yours.\n` +
      `"parlab release ${to} --to FOLDER" makes the students' version, and tries the exercise first.\n`,
  );
  return 0;
}
