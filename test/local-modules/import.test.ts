// `import()` as cells and scripts have it: what is not there is told, and a file may be named by its address.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { importFrom } from '../../kernel/local-modules/import';
import { nothingLeft } from '../support/processes/nothing-left';

const folder = mkdtempSync(join(tmpdir(), 'parlab-import-'));
const spaced = join(folder, 'with a space');
mkdirSync(spaced);
const fromFolder = createRequire(join(folder, 'cell.js'));

after(async () => {
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

test('A TypeScript file that is not there is told as Node tells it.', async () => {
  await assert.rejects(importFrom(fromFolder, './missing.ts'), { code: 'ERR_MODULE_NOT_FOUND' });
});

test('A TypeScript file is found by its address, also in a folder with a space in its name.', async () => {
  const file = join(spaced, 'answer.ts');
  writeFileSync(file, 'export const answer: number = 42;');
  assert.equal(((await importFrom(fromFolder, pathToFileURL(file).href)) as { answer: number }).answer, 42);
});

test('An address that no file of this machine has is told.', async () => {
  await assert.rejects(importFrom(fromFolder, 'file://elsewhere/a.ts'), {
    code: 'ERR_INVALID_FILE_URL_HOST',
  });
});

test('What a module throws comes to its importer as it is, also null.', async () => {
  writeFileSync(join(folder, 'throws-null.ts'), 'throw null;\nexport {};');
  writeFileSync(join(folder, 'awaits.ts'), "import './throws-null';\nawait 1;");
  const thrown = await importFrom(fromFolder, './awaits.ts').then(
    () => 'nothing',
    (error: unknown) => error,
  );
  assert.equal(thrown, null);
});
