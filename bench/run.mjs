// @ts-check
// `npm run bench`: sets up what it needs, then measures. Words behind `--` choose questions, as in: npm run bench -- lock
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/set-up/build.mjs';
import { installPackages } from '../kernel/set-up/packages.mjs';
import { prepareProgram } from '../kernel/set-up/prepare.mjs';
import { CannotGoOn } from '../kernel/set-up/say.mjs';

const bench = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(bench);

try {
  await prepareProgram(root, EVERYTHING);
  await installPackages(bench);
  const main = path.join(root, 'dist', 'bench', 'main.js');
  spawn(process.execPath, [main, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).on(
    'close',
    (code) => {
      process.exitCode = code ?? 1;
    },
  );
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
