// A student opens the tutorial: its contents are there to be read, and looking at a notebook changes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { readNotebooks } from '../support/notebooks/notebook-file';

describeInBrowser('the tutorial in JupyterLab', openJupyterLab, (browser) => {
  for (const { name } of readNotebooks()) {
    test(`${name} is not changed by being opened`, async () => {
      const { lab } = browser;
      await lab.open(name);
      const panel = 'window.jupyterapp.shell.currentWidget';
      const written = `${panel}.model.getMetadata('language_info')?.version`;
      await lab.page.waitForFunction(`${written} !== undefined`);
      // Whatever the front end writes when its kernel has answered.
      await lab.page.waitForTimeout(500);
      assert.equal(await lab.page.evaluate(`${panel}.context.model.dirty`), false);
      // A page and a machine with twenty of them open become slow.
      await lab.page.evaluate(`${panel}.sessionContext.shutdown().then(() => ${panel}.dispose())`);
    });
  }

  test('its contents open rendered, and a click opens a notebook', async () => {
    const { page } = browser.lab;
    await page.goto(new URL('/lab/tree/README.md', page.url()).href);
    await page.waitForFunction('window.jupyterapp?.restored');
    const rendered = page.locator('.jp-MarkdownViewer .jp-RenderedMarkdown');
    await rendered.locator('h1', { hasText: 'The tutorial' }).waitFor();
    await rendered.locator('a', { hasText: 'What is a process?' }).click();
    await page.locator('.jp-NotebookPanel h1', { hasText: 'What is a process?' }).first().waitFor();
  });
});
