// The reference of the package can be built, and nothing public is without a docstring: TypeDoc would say so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, test } from 'node:test';
import { nothingLeft } from '../support/processes/nothing-left';

const projectRoot = path.resolve(__dirname, '../../..');

function build(folder: string): void {
  const typedoc = path.join(projectRoot, 'node_modules/typedoc/bin/typedoc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, '--emit', 'none'], {
    cwd: path.join(projectRoot, folder),
    encoding: 'utf8',
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
}

test('npm run reference has no warnings: all that is public is documented, and no link leads nowhere', () => {
  build('.');
});

// TypeDoc asks this of one package at a time.
for (const folder of ['src', 'kernel']) {
  test(`the public names of ${folder} speak of no type that is not public, but for those that are meant`, () => {
    build(folder);
  });
}

after(nothingLeft);
