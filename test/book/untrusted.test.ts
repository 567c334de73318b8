// What every notebook puts out is seen by a stranger: in JupyterLab, in a notebook that nobody trusts, without a kernel.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { installation } from '../../kernel/package-root';
import { findChromium } from '../support/browser/jupyter-page';
import { type Executed, showWithoutKernel } from '../support/browser/untrusted';
import { parlab } from '../support/commands/parlab';
import { nothingLeft } from '../support/processes/nothing-left';

interface Output {
  data?: Record<string, string | string[]>;
}

/** For all of them. */
const LIMIT_MS = 20 * 60_000;
const chromium = findChromium();
const skip = !chromium && !process.env.CI ? 'no Chromium was found' : false;
after(nothingLeft);

describe('a saved notebook, not trusted and without a kernel', { skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'saved-'));
  const names = readdirSync(path.join(installation, 'notebooks'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
    .sort();
  const executed: (Executed & { cells: { outputs?: Output[] }[] })[] = [];

  before(async () => {
    cpSync(path.join(installation, 'notebooks'), folder, { recursive: true });
    const files = names.map((name) => path.join(folder, name));
    const { code, stdout } = await parlab(['check', '--write', ...files], { limitMs: LIMIT_MS });
    assert.equal(code, 0, stdout);
    for (const [at, file] of files.entries()) {
      executed.push({
        name: names[at]?.replaceAll(path.sep, '-') ?? '',
        cells: JSON.parse(readFileSync(file, 'utf8')).cells,
      });
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  test('shows every output and every picture of it', async () => {
    const picturesOf = ({ data }: Output): number =>
      [data?.['text/html'] ?? '']
        .flat()
        .join('')
        .match(/<img\b/g)?.length ?? 0;
    assert.deepEqual(
      await showWithoutKernel(chromium ?? '', executed),
      executed.map(({ name, cells }) => ({
        name,
        trusted: false,
        kernel: false,
        pictures: cells
          .flatMap(({ outputs = [] }) => outputs)
          .reduce((sum, output) => sum + picturesOf(output), 0),
        broken: 0,
        hidden: [],
      })),
    );
  });
});
