// Jupyter Notebook 7 in a real browser: the same kernel, another front end.
import path from 'node:path';
import { test } from 'node:test';
import { describeInBrowser } from '../support/browser/in-browser';
import { openNotebook7 } from '../support/browser/jupyter-page';
import { typeAnswer } from '../support/browser/scenes';
import { clientPrograms } from '../support/jupyter/environment';

const openClientsNotebook = async (chromium: string) =>
  openNotebook7(chromium, path.join(await clientPrograms(), 'python'), 'talk.ipynb');

describeInBrowser('Notebook 7', openClientsNotebook, (browser) => {
  test('runs a cell that asks', async () => {
    const { lab } = browser;
    await typeAnswer(lab, 'Grace');
    await lab.page
      .locator('.jp-OutputArea-output', { hasText: /Hello Grace, this is process \d+/ })
      .waitFor();
  });
});
