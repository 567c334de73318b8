// Errors and warnings can be read in JupyterLab's light theme and in its dark one: measured in a real page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser } from './in-browser';
import { type JupyterPage, openJupyterLab } from './jupyter-page';
import { openMade } from './saved-notebook';

/** What the WCAG ask of text. */
const ENOUGH = 4.5;

const cells = [
  "import { Lock, Process, Queue } from 'parlab';",
  "const n: number = 'text';",
  'new Queue<string>().get()',
  'function fail() {\n  throw new TypeError("no");\n}\nfail();',
  'new Process({ target: fail }).start();',
];

interface Measured {
  text: string;
  contrast: number;
}

/** Of each piece of text below the cells: its colour against what is behind it. */
async function measure({ page }: JupyterPage): Promise<Measured[]> {
  return (await page.evaluate(`(() => {
    const parse = (colour) => {
      const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number);
      return { r, g, b, a };
    };
    const over = (top, below) => ({
      r: top.r * top.a + below.r * (1 - top.a),
      g: top.g * top.a + below.g * (1 - top.a),
      b: top.b * top.a + below.b * (1 - top.a),
      a: 1,
    });
    const behind = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
      return layers.reduceRight((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
    };
    const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    const light = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const found = [];
    for (const output of document.querySelectorAll('.jp-OutputArea-output pre')) {
      const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.textContent.trim()) continue;
        const below = behind(node.parentElement);
        const colour = over(parse(getComputedStyle(node.parentElement).color), below);
        const [a, b] = [light(colour), light(below)];
        found.push({ text: node.textContent.trim().slice(0, 60), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
      }
    }
    return found;
  })()`)) as Measured[];
}

describeInBrowser('JupyterLab', openJupyterLab, (browser) => {
  for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
    test(`errors and warnings can be read in ${theme}`, async () => {
      const { lab } = browser;
      await lab.page.evaluate(
        `window.jupyterapp.commands.execute('apputils:change-theme', { theme: '${theme}' }).then(() => true)`,
      );
      await openMade(
        lab,
        `contrast-${theme.split(' ')[1]}.ipynb`,
        cells.map((source, at) => ({ id: `cell-${at}`, source })),
      );
      await lab.runAll();
      await lab.page.locator('pre', { hasText: 'Process-1:' }).last().waitFor();
      const file = process.env.PARLAB_SCREENSHOT;
      if (file) await lab.page.screenshot({ path: `${file}-${theme.split(' ')[1]}.png` });
      const measured = await measure(lab);
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
