// A widget that is written in the notebook, in a real browser: it draws itself, is clicked, and shares its state with the cells.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { describeInBrowser, withNotebook } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { clientPrograms } from '../support/jupyter/environment';

const openClientsLab = async (chromium: string) =>
  openJupyterLab(chromium, path.join(await clientPrograms(), 'python'));

describeInBrowser(
  'an AnyWidget in JupyterLab',
  withNotebook('any-widget.ipynb', openClientsLab),
  (browser) => {
    test('draws itself with its style, and the next cell reads what a click has changed', async () => {
      const { lab } = browser;
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
      const { lab } = browser;
      await lab.run('write');
      await lab.page.locator('button.counter', { hasText: 'clicked 7' }).waitFor();
    });
  },
);
