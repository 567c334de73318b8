// A timeline that moves under a cell while the processes of that cell run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { openMade } from '../support/browser/saved-notebook';

const PICTURE = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output img';

const GREETERS = `import { Lock, Process, startTrace, timeline } from 'parlab';
startTrace();
const lock = new Lock();
async function greet(name: string) {
  await lock.acquire();
  console.log('Hello ' + name);
  await new Promise((resolve) => setTimeout(resolve, 500));
  lock.release();
}
for (const name of ['Ada', 'Alan', 'Grace', 'Edsger', 'Barbara', 'Tony', 'Leslie', 'Frances', 'Dennis', 'Radia'])
  new Process({ target: greet, args: [name], name }).start();
await timeline.live();`;

const STUCK = `import { Event } from 'parlab';
const door = new Event();
const waiting = new Process({ target: () => void door.waitSync(), name: 'Waiting' });
waiting.start();
await timeline.live();`;

describeInBrowser('timeline.live() in JupyterLab', openJupyterLab, (browser) => {
  test('moves while ten greeters run, and ends with them', async () => {
    const { lab } = browser;
    await openMade(lab, 'live.ipynb', [
      { id: 'greeters', source: GREETERS },
      { id: 'stuck', source: STUCK },
    ]);
    await lab.run('greeters');
    const picture = lab.page.locator(PICTURE);
    await picture.waitFor();
    const seen = new Set<string>();
    const isBusy = () =>
      lab.page.evaluate(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'",
      );
    while (await isBusy()) {
      seen.add((await picture.getAttribute('src')) ?? '');
      await lab.page.waitForTimeout(50);
    }
    assert.ok(seen.size >= 3, `it changed ${seen.size - 1} times`);
    const alt = (await picture.getAttribute('alt')) ?? '';
    assert.match(alt, /^Timeline: 11 processes/);
    assert.match(alt, /Radia, process \d+, .* holds Lock-1 for .* prints 1 time, ended\./);
    assert.equal(await picture.count(), 1);
  });

  test('ends with an interrupt', async () => {
    const { lab } = browser;
    await lab.run('stuck');
    await lab.page.locator(PICTURE).nth(1).waitFor();
    await lab.page.evaluate(
      'window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()',
    );
    await lab.page.locator('.jp-OutputArea-output', { hasText: 'KeyboardInterrupt' }).first().waitFor();
  });
});
