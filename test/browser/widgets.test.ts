// Widgets in a real browser: a slider that a person moves and a cell reads, and a bar that a child process moves.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { findChromium, type JupyterPage, openJupyterLab } from './jupyter-page';
import { moveSlider } from './scenes';

const chromium = findChromium();
const skip = !chromium && !process.env.CI ? 'no Chromium was found' : false;

after(nothingLeft);

describe('widgets in JupyterLab', { skip }, () => {
  let lab: JupyterPage;
  before(async () => {
    assert.ok(chromium);
    lab = await openJupyterLab(chromium);
    await lab.open('widgets.ipynb');
  });
  after(() => lab?.close());

  test('a slider is shown, moved with the keyboard, observed, and read by the next cell', async () => {
    await lab.run('slider');
    await moveSlider(lab, 4);
    await lab.page.locator('.jp-OutputArea-output', { hasText: 'chosen: 7' }).waitFor();
    await lab.run('read');
    await lab.page.locator('.jp-OutputArea-executeResult', { hasText: /^\[\d+\]:\s*7$/ }).waitFor();
  });

  test('a bar is moved by a child process while the cell waits', async () => {
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
