// What passes between a person and a cell in a real browser: what she types, what she asks about a name, and how far a pool is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser, withNotebook } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { askForHelp, typeAnswer } from '../support/browser/scenes';

describeInBrowser('a person at JupyterLab', withNotebook('talk.ipynb', openJupyterLab), (browser) => {
  test('is asked by a cell, types, and is greeted', async () => {
    const { lab } = browser;
    await typeAnswer(lab, 'Ada');
    await lab.page.locator('.jp-OutputArea-output', { hasText: /Hello Ada, this is process \d+/ }).waitFor();
  });

  test('sees the documentation of the name at the cursor in the contextual help', async () => {
    const { lab } = browser;
    await lab.run('help');
    await askForHelp(lab);
    const help = lab.page.locator('.jp-Inspector');
    await help.getByText('acquire(options?').first().waitFor();
    await help.getByText('Waits until the lock is free').first().waitFor();
  });

  test('sees a pool advance', async () => {
    const { lab } = browser;
    await lab.run('pool');
    const bar = lab.page.locator('.jp-OutputArea-output progress');
    await bar.waitFor();
    const seen = new Set<number>();
    const result = lab.page.locator('.jp-OutputArea-executeResult', { hasText: '30' });
    while ((await result.count()) === 0) {
      seen.add(await bar.evaluate((element: { value: number }) => element.value));
      await lab.page.waitForTimeout(50);
    }
    assert.ok(seen.size > 5, `it showed only ${[...seen]}`);
  });
});
