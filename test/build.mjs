// @ts-check
// Compiles everything for a program of the tests that is run by itself, such as `npm run chaos`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/cli/set-up/build.mjs';
import { prepareProgram } from '../kernel/cli/set-up/prepare.mjs';
import { CannotGoOn } from '../kernel/cli/set-up/say.mjs';

try {
  await prepareProgram(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'), EVERYTHING);
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
