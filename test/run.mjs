// @ts-check
// `npm test` and, with --quick, `npm run check`: sets up what the tests need, then lints and runs them.
// Words behind it choose test files by a part of their path: npm test -- kernel/
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/cli/set-up/build.mjs';
import { prepareEverything, prepareProgram } from '../kernel/cli/set-up/prepare.mjs';
import { CannotGoOn, say } from '../kernel/cli/set-up/say.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const quick = process.argv.includes('--quick');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** Each installs, opens a browser or serves JupyterLab. */
const HEAVY = ['binder', 'book/book', 'book/untrusted', 'browser', 'cli/commands', 'clients'];
/** What `npm run check` leaves to `npm test`. */
const SLOW = [
  ...HEAVY,
  'chaos',
  'contract',
  'docs/examples',
  'docs/reference',
  'kernel/',
  'kernel-process/history',
  'kernel-process/log',
  'notebooks',
  'session-process',
];
const AT_ONCE = 2;
/** A test that hangs is named instead of stopping everything. */
const TEST_TIMEOUT_MS = 20 * 60_000;

/** @param {string[]} folders */
function isIn(...folders) {
  return (/** @type {string} */ name) => folders.some((folder) => name.startsWith(folder));
}

function testFiles() {
  const sources = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    // Taken from the sources: dist/ may still hold a test that was deleted.
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('programs/'))
    .sort();
  const wanted = quick ? sources.filter((name) => !isIn(...SLOW)(name)) : sources;
  return chosen.length === 0
    ? wanted
    : wanted.filter((name) => chosen.some((word) => `test/${name}`.includes(word)));
}

const totals = { passed: 0, failed: 0, skipped: 0 };
/** Told once more at the end, where they are looked for. */
let failures = '';

/**
 * @param {string[]} names
 * @param {NodeJS.ProcessEnv} env
 */
async function runTests(names, env) {
  if (names.length === 0) return;
  const files = names.map((name) => path.join('dist', 'test', name.replace(/\.ts$/, '.js')));
  const options = [
    '--test-reporter=spec',
    `--test-concurrency=${AT_ONCE}`,
    `--test-timeout=${TEST_TIMEOUT_MS}`,
  ];
  const output = await show(process.execPath, ['--test', ...options, ...files], env);
  // The sum stands before the failing tests, whose words may be many.
  const count = (/** @type {string} */ what) =>
    Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(output.text)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  totals.passed += count('pass');
  failures += output.text.split(/^✖ failing tests:$/m)[1] ?? '';
  // The runner's own sum leaves out what is skipped with its whole suite.
  totals.skipped += output.text.match(/^\s*﹣ /gm)?.length ?? 0;
  totals.failed += failed === 0 && output.code !== 0 ? 1 : failed;
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, text: string }>}
 */
function show(file, args, env) {
  const program = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  program.stdout.on('data', (chunk) => {
    text += chunk;
    process.stdout.write(chunk);
  });
  return new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

try {
  const env = { ...process.env };
  if (quick) await prepareProgram(root, EVERYTHING);
  else env.JUPYTER_PYTHON = (await prepareEverything(root, EVERYTHING)).file;
  say('Checking style and common faults (Biome) …');
  const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  if (!existsSync(biome)) throw new CannotGoOn('Biome is not installed: run "npm ci" without --omit=dev.');
  const lint = await show(process.execPath, [biome, 'check', '--error-on-warnings'], env);
  if (lint.code !== 0) totals.failed += 1;
  const files = testFiles();
  say(`Running ${files.length} test files …`);
  // The heavy ones last: what fails quickly is seen first.
  await runTests(
    files.filter((name) => !isIn(...HEAVY)(name)),
    env,
  );
  await runTests(files.filter(isIn(...HEAVY)), env);
  if (lint.code !== 0)
    process.stdout.write('\nBiome found faults: see above, or run "npm run lint" to mend what it can.\n');
  if (failures !== '') process.stdout.write(`\nThe tests that failed:\n${failures.trim()}\n`);
  process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
  process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
