// @ts-check
// The test files, in the order in which they are begun, and which of them are chosen.
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Each installs, opens a browser or serves JupyterLab. Those that take longest first, so that none is alone in the end. */
const HEAVY = [
  'book/book',
  'book/untrusted',
  'cli/commands/course',
  'cli/commands/run',
  'binder',
  'clients',
  'browser',
  'cli/commands',
];
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
/** @param {string[]} folders */
export function isIn(...folders) {
  return (/** @type {string} */ name) => folders.some((folder) => name.startsWith(folder));
}

/** Which of the heavy ones: its place in their order. @param {string} name */
const placeOf = (name) => HEAVY.findIndex((folder) => name.startsWith(folder));

/**
 * @param {string} root
 * @param {{ quick: boolean, chosen: readonly string[] }} which words of `chosen` are parts of paths; none of them means all
 */
export function testFiles(root, { quick, chosen }) {
  const sources = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    // Taken from the sources: dist/ may still hold a test that was deleted.
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('programs/'))
    .sort();
  const wanted = quick ? sources.filter((name) => !isIn(...SLOW)(name)) : sources;
  const files =
    chosen.length === 0
      ? wanted
      : wanted.filter((name) => chosen.some((word) => `test/${name}`.includes(word)));
  // The heavy ones last: what fails quickly is seen first.
  const heavy = files.filter(isIn(...HEAVY)).toSorted((a, b) => placeOf(a) - placeOf(b));
  return [...files.filter((name) => !heavy.includes(name)), ...heavy];
}
