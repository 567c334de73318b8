// Which ES modules are loaded again when some files have changed.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { renew } from '../../kernel/local-modules/renew';
import { isRenewed } from '../../kernel/local-modules/renewed';
import { nothingLeft } from '../support/processes/nothing-left';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parlab-renew-')));

after(async () => {
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

function write(name: string, imports: readonly string[]): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, imports.map((each) => `import './${each}.mjs';\n`).join(''));
  return file;
}

test('A module is loaded again when one that it imports has changed, also around a circle.', () => {
  const files = [write('a', ['b', 'c']), write('b', ['a']), write('c', []), write('apart', [])];
  renew(files, new Set([join(folder, 'c.mjs')]));
  assert.deepEqual(files.map(isRenewed), [true, true, true, false]);
});

test('Modules that each import all that follow are looked at once.', () => {
  const names = Array.from({ length: 20 }, (_, at) => `m${at}`);
  const files = names.map((name, at) => write(name, names.slice(at + 1)));
  const begun = performance.now();
  renew(files, new Set());
  // Every way through them would take minutes.
  assert.ok(performance.now() - begun < 5000);
  assert.deepEqual(files.filter(isRenewed), []);
});
