// Every word of the documents and notebooks is one: of a dictionary, of British English, or of docs/words.txt.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { runToEnd } from '../support/commands/parlab';
import { nothingLeft } from '../support/processes/nothing-left';

/** Compiled tests lie in dist/test/docs. */
const root = path.resolve(__dirname, '../../..');
const cspell = path.join(root, 'node_modules', 'cspell', 'bin.mjs');

/** Resolves with what cspell finds below a folder, a line for each word. */
async function misspelt(folder: string, ...files: string[]): Promise<string[]> {
  const options = ['--no-progress', '--no-summary', '--no-color', '--show-suggestions'];
  const config = ['--config', path.join(root, 'cspell.json'), '--root', folder];
  const { code, stdout, stderr } = await runToEnd(
    process.execPath,
    [cspell, 'lint', ...options, ...config, ...files],
    { cwd: folder },
  );
  // 1 means that words were found.
  assert.ok(code === 0 || code === 1, stderr);
  return stdout.split('\n').filter(Boolean);
}

let folder: string;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spelling-'));
});
after(async () => {
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

interface Cell {
  cell_type: string;
  source: string | string[];
}

test('the documents', async () => assert.deepEqual(await misspelt(root), []));

test('the notebooks, their code too', async () => {
  const notebooks = path.join(root, 'notebooks');
  const names = readdirSync(notebooks, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'),
  );
  for (const name of names) {
    const { cells } = JSON.parse(readFileSync(path.join(notebooks, name), 'utf8')) as { cells: Cell[] };
    for (const [kind, ending] of [
      ['markdown', 'md'],
      ['code', 'ts'],
    ]) {
      const texts = cells
        .filter(({ cell_type }) => cell_type === kind)
        .map(({ source }) => [source].flat().join(''));
      writeFileSync(path.join(folder, `${name.replaceAll(path.sep, '-')}.${ending}`), texts.join('\n\n'));
    }
  }
  assert.deepEqual(await misspelt(folder, '**'), []);
});

test('a word that is none is found, with what may be meant', async () => {
  const made = mkdtempSync(path.join(folder, 'made-'));
  writeFileSync(path.join(made, 'text.md'), 'Two processs wait in `anyCode`.\n');
  const [found = ''] = await misspelt(made, '**');
  assert.match(found, /text\.md:1:5 - Unknown word \(processs\).*process/);
});

test('docs/words.txt is sorted, and has no word twice', () => {
  const words = readFileSync(path.join(root, 'docs', 'words.txt'), 'utf8')
    .trimEnd()
    .split('\n');
  const sorted = [...new Set(words)].sort((one, other) => one.localeCompare(other, 'en'));
  assert.deepEqual(words, sorted);
});
