// @ts-check
// Compiles the sources when they differ from those that were compiled last: each package into its own dist/,
// tests and benchmarks into the one at the top.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { putTogether } from './put-together.mjs';
import { runProgram } from './run-program.mjs';
import { CannotGoOn, sayWhile } from './say.mjs';

/**
 * What is compiled: `npm start` needs no tests, so it does not wait for them, nor fail by them.
 * @typedef {object} Project
 * @property {string} config
 * @property {string[]} sources
 * @property {string} stamp the file in the top's dist/ that says which sources were compiled
 */

const PACKAGES = ['src', 'kernel'];

/** @type {Project} */
export const PRODUCT = { config: 'tsconfig.build.json', sources: PACKAGES, stamp: '.built-from' };
/** @type {Project} */
export const EVERYTHING = {
  config: 'tsconfig.json',
  sources: [...PACKAGES, 'test', 'bench', 'book'],
  stamp: '.all-built-from',
};

const ERRORS_SHOWN = 20;

/**
 * @param {string} root
 * @param {Project} project
 */
export async function build(root, project) {
  if (isBuilt(root, project)) return;
  const sources = fingerprint(root, project);
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const config = path.join(root, project.config);
  const { code, output } = await sayWhile('Compiling the sources', () =>
    runProgram(process.execPath, [compiler, '-b', config, '--pretty', 'false'], { cwd: root }),
  );
  if (code !== 0) {
    process.stderr.write(`${output.split('\n').slice(0, ERRORS_SHOWN).join('\n')}\n`);
    throw new CannotGoOn('The sources do not compile: mend the errors above and run this again.');
  }
  for (const name of PACKAGES) putTogether(path.join(root, name, 'dist'));
  if (project === EVERYTHING) linkPackages(root);
  markBuilt(root, project, sources);
  // Everything includes the product.
  if (project === EVERYTHING) markBuilt(root, PRODUCT);
}

/**
 * Tests name what they test by its place, `../../src/pool/pool`; compiled, they lie a folder deeper than the
 * packages' dist/.
 * @param {string} root
 */
function linkPackages(root) {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  for (const name of PACKAGES) {
    const link = path.join(root, 'dist', name);
    rmSync(link, { recursive: true, force: true });
    // Relative, so that it still holds when the folder is moved; on Windows a link to a folder is absolute.
    const target = path.join(root, name, 'dist');
    if (process.platform === 'win32') symlinkSync(target, link, 'junction');
    else symlinkSync(path.relative(path.dirname(link), target), link);
  }
}

/**
 * @param {string} root
 * @param {Project} project
 */
function isBuilt(root, project) {
  const stamp = path.join(root, 'dist', project.stamp);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root, project);
}

/**
 * @param {string} root
 * @param {Project} project
 */
export function markBuilt(root, project, sources = fingerprint(root, project)) {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(path.join(root, 'dist', project.stamp), sources);
}

/**
 * Names, sizes and times of all sources: a file that was removed changes it as well as one that was edited.
 * @param {string} root
 * @param {Project} project
 */
function fingerprint(root, project) {
  const hash = createHash('sha256');
  const inputs = [...project.sources, 'tsconfig.json', project.config, 'package-lock.json'];
  for (const each of inputs.map((name) => path.join(root, name)).filter((name) => existsSync(name))) {
    const files = statSync(each).isDirectory()
      ? readdirSync(each, { recursive: true, encoding: 'utf8' }).map((name) => path.join(each, name))
      : [each];
    for (const file of files.sort()) {
      const name = path.relative(root, file);
      if (/(^|[\\/])(node_modules|dist)([\\/]|$)/.test(name) || !/\.(ts|mts|cts|mjs|cjs|js|json)$/.test(name))
        continue;
      const { mtimeMs, size } = statSync(file);
      hash.update(`${name}:${size}:${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
