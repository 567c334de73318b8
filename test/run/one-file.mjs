// @ts-check
// Runs one test file by itself, by Node's own runner, and keeps what it says: files that run at once are told one after the other.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A test that hangs is named instead of stopping everything. */
const TEST_TIMEOUT_MS = 20 * 60_000;
/** Fields of /proc/self/stat behind the name: the user and system time of children that have ended. */
const [USER, SYSTEM] = [13, 14];
const TICKS_A_SECOND = 100;

/**
 * @typedef {object} Ran
 * @property {string} name
 * @property {string} text what the file has said
 * @property {string} failures what stands under "failing tests"
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} seconds
 * @property {number} cpuSeconds of the file and of all that it has started and waited for; 0 where the system does not tell
 */

/**
 * @param {string} root
 * @param {string} name the source, below test/
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [options] more options of Node
 * @returns {Promise<Ran>}
 */
export function runFile(root, name, env, options = []) {
  const file = path.join('dist', 'test', name.replace(/\.ts$/, '.js'));
  const args = [...options, '--test', '--test-reporter=spec', `--test-timeout=${TEST_TIMEOUT_MS}`, file];
  const began = performance.now();
  const program = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  }
  let cpuSeconds = 0;
  // At this moment the child has just been added to those that have ended.
  program.on('exit', () => {
    cpuSeconds = cpuSinceLast();
  });
  return new Promise((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code) => {
      const seconds = (performance.now() - began) / 1000;
      resolve({ name, seconds, cpuSeconds, ...read(text, code ?? 1) });
    });
  });
}

/**
 * @param {string} text
 * @param {number} code
 */
function read(text, code) {
  const count = (/** @type {string} */ what) =>
    Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  const [told = '', failures = ''] = text.split(/^✖ failing tests:$/m);
  return {
    // The sum of each file is no news: the last line has that of all.
    text: told.replace(/^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) .*\n/gm, '').trimEnd(),
    failures: failures.trim(),
    passed: count('pass'),
    failed: failed === 0 && code !== 0 ? 1 : failed,
    // The runner's own sum leaves out what is skipped with its whole suite.
    skipped: told.match(/^\s*﹣ /gm)?.length ?? 0,
  };
}

let before = 0;

/** CPU time of the children that have ended since it was asked before. */
export function cpuSinceLast() {
  if (process.platform !== 'linux') return 0;
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const now = (Number(fields[USER]) + Number(fields[SYSTEM])) / TICKS_A_SECOND;
  const since = now - before;
  before = now;
  return since;
}
