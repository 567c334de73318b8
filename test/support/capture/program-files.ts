// Runs the texts of programs as files of their own, and takes what they give.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';

export type Target = () => unknown;

export const ways = {
  'In CommonJS files': { extension: '.cjs', text: (program: string) => program },
  'In strict CommonJS files': { extension: '.cjs', text: (program: string) => `'use strict';${program}` },
  'In ES modules': { extension: '.mjs', text: (program: string) => program },
  'In a function': { extension: '.cjs', text: (program: string) => `(function main() {${program}})();` },
} as const;
export type Way = keyof typeof ways;

const folder = mkdtempSync(join(tmpdir(), 'parlab-sharing-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Hidden from the compiler, which would make `require` of it. */
const importFile = new Function('url', 'return import(url)') as (url: string) => Promise<unknown>;
let files = 0;

/** What each program gives, by a file that nobody else has loaded. */
export async function instances(way: Way, programs: readonly string[]): Promise<Target[]> {
  const { extension, text } = ways[way];
  const given: Target[] = [];
  const box = globalThis as { give?: ((target: Target) => void) | undefined };
  const require = createRequire(join(folder, 'any.js'));
  for (const program of programs) {
    box.give = (target) => given.push(target);
    const file = join(folder, `${files++}${extension}`);
    writeFileSync(file, text(program));
    if (extension === '.mjs') await importFile(pathToFileURL(file).href);
    else require(file);
  }
  box.give = undefined;
  return given;
}
