// @ts-check
// Compiles the sources into dist/ when they differ from those that were compiled last.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.mjs';
import { CannotGoOn, sayWhile } from './say.mjs';

const SOURCES = ['src', 'kernel', 'test', 'bench', 'tsconfig.json', 'package-lock.json'];

const ERRORS_SHOWN = 20;

/** @param {string} root */
export async function build(root) {
  const sources = fingerprint(root);
  if (existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === sources) return;
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, output } = await sayWhile('Compiling the sources', () =>
    runProgram(process.execPath, [compiler, '-p', root, '--pretty', 'false'], { cwd: root }),
  );
  if (code !== 0) {
    process.stderr.write(`${output.split('\n').slice(0, ERRORS_SHOWN).join('\n')}\n`);
    throw new CannotGoOn('The sources do not compile: mend the errors above and run this again.');
  }
  writeFileSync(stampOf(root), sources);
}

/**
 * The file that says which sources dist/ was compiled from.
 * @param {string} root
 */
export function stampOf(root) {
  return path.join(root, 'dist', '.built-from');
}

/**
 * Names, sizes and times of all sources: a file that was removed changes it as well as one that was edited.
 * @param {string} root
 */
export function fingerprint(root) {
  const hash = createHash('sha256');
  for (const each of SOURCES.map((name) => path.join(root, name)).filter((name) => existsSync(name))) {
    const files = statSync(each).isDirectory()
      ? readdirSync(each, { recursive: true, encoding: 'utf8' }).map((name) => path.join(each, name))
      : [each];
    for (const file of files.sort()) {
      const { mtimeMs, size } = statSync(file);
      if (/\.(ts|mts|cts|mjs|cjs|js|json)$/.test(file))
        hash.update(`${path.relative(root, file)}:${size}:${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
