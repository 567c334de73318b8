// @ts-check
// `npm test` and, with --quick, `npm run check`: sets up what the tests need, then lints and runs them.
// Words behind it choose test files by a part of their path: npm test -- kernel/
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/cli/set-up/build.mjs';
import { prepareEverything, prepareProgram } from '../kernel/cli/set-up/prepare.mjs';
import { CannotGoOn, say } from '../kernel/cli/set-up/say.mjs';
import { keptVenv } from '../kernel/cli/set-up/venv.mjs';
import { runAtOnce } from './run/at-once.mjs';
import { cpuSinceLast, runFile } from './run/one-file.mjs';
import { isIn, testFiles } from './run/test-files.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const quick = process.argv.includes('--quick');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** Environments that several heavy files use: made once, before the first of them. */
const KEPT = [
  { venv: '.venv-clients', requirements: 'test/support/jupyter/requirements.txt', what: 'the clients' },
  { venv: '.venv-book', requirements: 'book/requirements.txt', what: 'what makes the book' },
];
const USES_KEPT = ['binder', 'book/book', 'browser', 'clients'];
/** npm may need the certificates of a network's own; to all others they are 45 ms more for each Node that begins. */
const INSTALLS = ['binder', 'cli/commands/packages', 'cli/commands/set-up', 'cli/commands/start', 'cluster'];
const SLOWEST = 15;

/** @type {import('./run/one-file.mjs').Ran[]} */
const all = [];

/**
 * @param {readonly string[]} names
 * @param {NodeJS.ProcessEnv} env
 */
async function runTests(names, env) {
  const kept = names.some(isIn(...USES_KEPT)) ? makeKept() : undefined;
  const { NODE_EXTRA_CA_CERTS: _, ...offline } = env;
  await runAtOnce(names, async (name) => {
    if (isIn(...USES_KEPT)(name)) await kept;
    const ran = await runFile(root, name, isIn(...INSTALLS)(name) ? env : offline);
    all.push(ran);
    process.stdout.write(`\ntest/${name} (${times(ran)})\n${ran.text}\n`);
  });
}

/** @param {{ seconds: number, cpuSeconds: number }} ran */
function times({ seconds, cpuSeconds }) {
  return `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of them computed`;
}

/** Takes a minute of waiting for the network, beside the first tests. */
async function makeKept() {
  for (const { venv, requirements, what } of KEPT) {
    try {
      await keptVenv(root, {
        venv: path.join(root, venv),
        requirements: path.join(root, requirements),
        what,
      });
    } catch (error) {
      // The tests that need it fail by themselves, and all others tell what they have to tell.
      if (!(error instanceof CannotGoOn)) throw error;
      say(error.message);
    }
  }
}

function tellSlowest() {
  if (all.length <= SLOWEST) return;
  const slowest = all.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  const lines = slowest.map((ran) => `  test/${ran.name}: ${times(ran)}`);
  process.stdout.write(`\nThe slowest of ${all.length} files:\n${lines.join('\n')}\n`);
}

/** Else each of the first kernels would make an image of its compiler for itself. */
async function makeImageOnce() {
  const { imageOf, isUsable, makeImage } = await import('../kernel/dist/kernel-process/compiler/image.js');
  const image = imageOf();
  if (!isUsable(image)) await makeImage(image).done;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether Biome found no fault
 */
async function lint(env) {
  const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  if (!existsSync(biome)) throw new CannotGoOn('Biome is not installed: run "npm ci" without --omit=dev.');
  const args = [biome, 'check', '--error-on-warnings'];
  const program = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(program, 'close');
  return code === 0;
}

try {
  const env = { ...process.env };
  if (quick) await prepareProgram(root, EVERYTHING);
  else env.JUPYTER_PYTHON = (await prepareEverything(root, EVERYTHING)).file;
  say('Checking style and common faults (Biome) …');
  const [isClean] = await Promise.all([lint(env), makeImageOnce()]);
  const files = testFiles(root, { quick, chosen });
  say(`Running ${files.length} test files …`);
  cpuSinceLast();
  await runTests(files, env);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ what) =>
    all.reduce((total, ran) => total + ran[what], 0);
  const failed = sum('failed') + (isClean ? 0 : 1);
  if (!isClean)
    process.stdout.write('\nBiome found faults: see above, or run "npm run lint" to mend what it can.\n');
  // Told once more at the end, where they are looked for.
  const failing = all.filter((ran) => ran.failed > 0);
  for (const { name, failures, text } of failing)
    process.stdout.write(`\nThe tests that failed in test/${name}:\n${failures || text}\n`);
  tellSlowest();
  process.stdout.write(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped\n`);
  process.exitCode = failed === 0 && sum('passed') > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
