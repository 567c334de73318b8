// Which files have state at the level of the module, and which of them docs/words.md tells.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, sources } from './sources';

/** A variable, or a collection, a store or a shared word that is empty at first. */
const STATE = new RegExp(
  String.raw`^(?:export )?(?:let \w+|const \w+(?:: [^=\n]+?)? =\s*(?:\[\]|\{\}` +
    String.raw`|new (?:Own)?(?:Weak)?(?:Map|Set)\b(?:<[^;]*?>)?\(\)` +
    String.raw`|new (?:AsyncLocalStorage|OwnStorage|FinalizationRegistry)\b[^;]*?` +
    String.raw`|new Int32Array\(new SharedArrayBuffer\(4\)\));)`,
  'm',
);

export const remembering = sources
  .filter(({ text }) => STATE.test(text))
  .map(({ file }) => file)
  .sort();

/** A row names folders, and behind each the files in it, without their endings. */
export function toldOnPage(): string[] {
  const page = readFileSync(path.join(root, 'docs/words.md'), 'utf8');
  const table = page.slice(page.indexOf('## What a process remembers'));
  return table
    .split('\n')
    .filter((row) => row.startsWith('| `'))
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`([^`]*)/g)])
    .flatMap(([, folder = '', names = '']) =>
      (names.match(/[\w-]+/g) ?? []).map((name) => withEnding(`${folder}${name}`)),
    )
    .sort();
}

function withEnding(stem: string): string {
  return existsSync(path.join(root, `${stem}.mjs`)) ? `${stem}.mjs` : `${stem}.ts`;
}
