import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';

describeInBrowser('JupyterLab in Chromium', openJupyterLab, (browser) => {
  test('the launcher offers TypeScript (ParLab) with its logo', async () => {
    const { lab } = browser;
    const card = lab.page.locator('.jp-LauncherCard[data-category="Notebook"]', {
      hasText: 'TypeScript (ParLab)',
    });
    await card.waitFor();
    const logo = card.locator('img');
    await logo.waitFor();
    assert.ok(
      await logo.evaluate(
        (image: { complete: boolean; naturalWidth: number }) => image.complete && image.naturalWidth > 0,
      ),
      'the logo was not loaded',
    );
  });

  test('notebook 01: each greeting stands under its cell, and every child has a pid of its own', async () => {
    const { lab } = browser;
    await lab.open('01-what-is-a-process.ipynb');
    await lab.runAll();
    const shown = await until(
      () => lab.outputs(),
      (outputs) => outputs.join('').match(/from process/g)?.length === 4,
    );
    const [start = [], two = [], call = []] = shown.map(pidsIn).filter((pids) => pids.length > 0);
    const notebookPid = Number(/This notebook is process (\d+)/.exec(shown.join('\n'))?.[1]);
    // One started child, two started children, one plain call.
    assert.deepEqual([start.length, two.length], [1, 2]);
    assert.deepEqual(call, [notebookPid], 'a plain call runs in the notebook itself');
    assert.equal(
      new Set([notebookPid, ...start, ...two]).size,
      4,
      `pids repeat: ${[notebookPid, ...start, ...two]}`,
    );
  });
});

function pidsIn(output: string): number[] {
  return [...output.matchAll(/Good morning from process (\d+)/g)].map((found) => Number(found[1]));
}

/** Children print after their cell has ended. */
async function until<T>(look: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  let value = await look();
  while (!isThere(value) && Date.now() < deadline) {
    await sleep(100);
    value = await look();
  }
  return value;
}
