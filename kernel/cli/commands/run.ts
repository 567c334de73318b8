// `parlab run`: a TypeScript file or a notebook from the shell, without Jupyter.
import { existsSync } from 'node:fs';
import { CliError } from '../../cli-error';

/** Resolves with the program's exit code. */
export async function run(file: string, args: string[]): Promise<number> {
  if (!existsSync(file)) throw new CliError(`There is no ${file}.`);
  if (!file.endsWith('.ipynb')) return (await import('./run-script.js')).runScript(file, args);
  if (args.length > 0) throw new CliError(`A notebook takes no arguments: leave out ${args.join(' ')}.`);
  return (await import('./run-cells.js')).runCells(file);
}
