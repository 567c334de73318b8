// @ts-check
// `npm run pack`: makes the two packages as files, in dist/packages or in the folder that is named.
// The tutorial lies at the top of the checkout, where npm packs nothing: it is copied beside the kernel
// as long as it packs.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PRODUCT } from './build.mjs';
import { prepareProgram } from './prepare.mjs';
import { runProgram, tellingLine } from './run-program.mjs';
import { CannotGoOn } from './say.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const folder = path.resolve(process.argv[2] ?? path.join(root, 'dist', 'packages'));
const copy = path.join(root, 'kernel', 'notebooks');

async function pack() {
  await prepareProgram(root, PRODUCT);
  mkdirSync(folder, { recursive: true });
  try {
    cpSync(path.join(root, 'notebooks'), copy, {
      recursive: true,
      filter: (name) => path.basename(name) !== '.ipynb_checkpoints',
    });
    const args = ['pack', '--workspace=parlab', '--workspace=parlab-kernel', '--silent'];
    const { code, output } = await runProgram('npm', [...args, `--pack-destination=${folder}`], {
      cwd: root,
    });
    if (code !== 0) throw new CannotGoOn(`Packing failed: ${tellingLine(output)}`);
    process.stdout.write(output);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

try {
  await pack();
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
