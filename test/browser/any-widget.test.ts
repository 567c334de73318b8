// A widget that is written in the notebook, in a real browser: it draws itself, is clicked, and shares its state with the cells.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clientPrograms } from '../clients/environment';
import { nothingLeft } from '../nothing-left';
import { findChromium, type JupyterPage, openJupyterLab } from './jupyter-page';

const chromium = findChromium();
const skip = !chromium && !process.env.CI ? 'no Chromium was found' : false;

after(nothingLeft);

describe('an AnyWidget in JupyterLab', { skip }, () => {
  let lab: JupyterPage;
  before(async () => {
    assert.ok(chromium);
    lab = await openJupyterLab(chromium, path.join(await clientPrograms(), 'python'));
    await lab.open('any-widget.ipynb');
  });
  after(() => lab?.close());

  test('draws itself with its style, and the next cell reads what a click has changed', async () => {
    await lab.run('counter');
    const button = lab.page.locator('button.counter', { hasText: 'clicked 40' });
    await button.waitFor();
    const weight = await lab.page.evaluate(
      "getComputedStyle(document.querySelector('button.counter')).fontWeight",
    );
    assert.equal(weight, '900');
    await button.click();
    await lab.page.locator('button.counter', { hasText: 'clicked 41' }).click();
    await lab.run('read');
    await lab.page.locator('.jp-OutputArea-executeResult', { hasText: /^\[\d+\]:\s*42$/ }).waitFor();
  });

  test('shows what a cell changes', async () => {
    await lab.run('write');
    await lab.page.locator('button.counter', { hasText: 'clicked 7' }).waitFor();
  });
});
