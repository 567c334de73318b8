// @ts-check
// Brings node_modules to what package-lock.json says. Does nothing when it is there already.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram, tellingLine } from './run-program.mjs';
import { CannotGoOn, say, sayWhile } from './say.mjs';

/**
 * npm keeps in node_modules/.package-lock.json what it installed. What is absent there and needed is missing.
 * @param {string} root
 */
function packagesAreInstalled(root) {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'));
  const installed = lockedPackages(path.join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([name, locked]) =>
      name === '' || installed[name]?.version === locked.version || (locked.optional && !installed[name]),
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return {};
  }
}

/** @param {string} root */
export async function installPackages(root) {
  if (packagesAreInstalled(root)) return;
  // npm itself tries for minutes before it gives up; one short question first keeps the answer quick.
  const reached = await npm(root, ['ping', '--fetch-retries=0', '--fetch-timeout=15000'], 20_000);
  if (reached.missing)
    throw new CannotGoOn('npm was not found: install Node.js with npm and run this again.');
  if (reached.code !== 0) say('The package registry does not answer; trying what npm has in its cache.');
  const from = reached.code === 0 ? '--prefer-offline' : '--offline';
  const { code, output } = await sayWhile('Installing the npm packages', () =>
    npm(root, ['ci', from, '--no-audit', '--no-fund', '--loglevel=error']),
  );
  if (code === 0) return;
  throw new CannotGoOn(
    reached.code === 0
      ? `Installing the npm packages failed (${tellingLine(output)}): run "npm ci" to see all of it, mend that, and run this again.`
      : 'The npm packages are not installed and the package registry cannot be reached: connect to the network and run this again.',
  );
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {number} [timeoutMs]
 */
function npm(root, args, timeoutMs) {
  const options = { cwd: root, ...(timeoutMs ? { timeoutMs } : {}) };
  // Under `npm start` this names the npm that runs us, which need not be the one on the PATH.
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? runProgram(process.execPath, [script, ...args], options)
    : runProgram('npm', args, options);
}
