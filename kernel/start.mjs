// @ts-check
// `npm start`: from a fresh clone to JupyterLab on the tutorial. Plain JavaScript without packages, since it
// runs before they are installed.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareEverything } from './cli/set-up/prepare.mjs';
import { CannotGoOn } from './cli/set-up/say.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

try {
  const python = await prepareEverything(root);
  const { start } = await import(new URL('./dist/cli/commands/start.js', import.meta.url).href);
  process.exitCode = await start({ python, args: process.argv.slice(2) });
} catch (error) {
  if (!(error instanceof CannotGoOn) && !(error instanceof Error && error.name === 'CliError')) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
