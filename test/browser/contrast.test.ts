// Errors and warnings can be read in JupyterLab's light theme and in its dark one: measured in a real page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeTheme, ENOUGH, measureContrast } from '../support/browser/contrast';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { openMade } from '../support/browser/saved-notebook';

const cells = [
  "import { Lock, Process, Queue } from 'parlab';",
  "const n: number = 'text';",
  'new Queue<string>().get()',
  'function fail() {\n  throw new TypeError("no");\n}\nfail();',
  'new Process({ target: fail }).start();',
];

describeInBrowser('JupyterLab', openJupyterLab, (browser) => {
  for (const theme of ['JupyterLab Light', 'JupyterLab Dark'] as const) {
    test(`errors and warnings can be read in ${theme}`, async () => {
      const { lab } = browser;
      await changeTheme(lab, theme);
      await openMade(
        lab,
        `contrast-${theme.split(' ')[1]}.ipynb`,
        cells.map((source, at) => ({ id: `cell-${at}`, source })),
      );
      await lab.runAll();
      await lab.page.locator('pre', { hasText: 'Process-1:' }).last().waitFor();
      const file = process.env.PARLAB_SCREENSHOT;
      if (file) await lab.page.screenshot({ path: `${file}-${theme.split(' ')[1]}.png` });
      const measured = await measureContrast(lab, '.jp-OutputArea-output pre');
      for (const word of ['TypeScriptError', 'Warning', 'TypeError', 'at fail', 'Process-1:']) {
        assert.ok(
          measured.some(({ text }) => text.includes(word)),
          `${word}: ${JSON.stringify(measured)}`,
        );
      }
      assert.deepEqual(
        measured.filter(({ contrast }) => contrast < ENOUGH),
        [],
      );
    });
  }
});
