// Widgets in a real browser: a slider that a person moves and a cell reads, and a bar that a child process moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser, withNotebook } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { moveSlider } from '../support/browser/scenes';

describeInBrowser('widgets in JupyterLab', withNotebook('widgets.ipynb', openJupyterLab), (browser) => {
  test('a slider is shown, moved with the keyboard, observed, and read by the next cell', async () => {
    const { lab } = browser;
    await lab.run('slider');
    await moveSlider(lab, 4);
    await lab.page.locator('.jp-OutputArea-output', { hasText: 'chosen: 7' }).waitFor();
    await lab.run('read');
    await lab.page.locator('.jp-OutputArea-executeResult', { hasText: /^\[\d+\]:\s*7$/ }).waitFor();
  });

  test('a bar is moved by a child process while the cell waits', async () => {
    const { lab } = browser;
    await lab.run('start');
    const bar = lab.page.locator('.widget-hprogress .progress-bar');
    await bar.waitFor({ state: 'attached' });
    const widths = new Set<string>();
    const done = lab.page.locator('.jp-OutputArea-executeResult', { hasText: "'done'" });
    while ((await done.count()) === 0) {
      widths.add(await bar.evaluate((element: { style: { width: string } }) => element.style.width));
      await lab.page.waitForTimeout(50);
    }
    assert.ok(widths.size > 5, `it moved only to ${[...widths]}`);
  });
});
