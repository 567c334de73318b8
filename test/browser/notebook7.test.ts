// Jupyter Notebook 7 in a real browser: the same kernel, another front end.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clientPrograms } from '../clients/environment';
import { nothingLeft } from '../nothing-left';
import { findChromium, type JupyterPage, openNotebook7 } from './jupyter-page';
import { typeAnswer } from './scenes';

const chromium = findChromium();
const skip = !chromium && !process.env.CI ? 'no Chromium was found' : false;

after(nothingLeft);

describe('Notebook 7', { skip }, () => {
  let notebook: JupyterPage;
  before(async () => {
    assert.ok(chromium);
    const python = path.join(await clientPrograms(), 'python');
    notebook = await openNotebook7(chromium, python, 'talk.ipynb');
  });
  after(() => notebook?.close());

  test('runs a cell that asks', async () => {
    await typeAnswer(notebook, 'Grace');
    await notebook.page
      .locator('.jp-OutputArea-output', { hasText: /Hello Grace, this is process \d+/ })
      .waitFor();
  });
});
