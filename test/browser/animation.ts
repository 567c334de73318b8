// Makes the moving picture of the README anew, from a real run in JupyterLab: npm run animation.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { installation } from '../../kernel/package-root';
import { findChromium, openJupyterLab } from '../support/browser/jupyter-page';
import { type AnimationFrame, animatedPng } from './animated-png';

const FILE = path.join(installation, 'docs/images/three-processes.png');
const EVERY_MS = 250;
const FIRST_MS = 1500;
const LAST_MS = 4000;
/** A run that takes longer is shown as far as that. */
const MOST_FRAMES = 24;
const PAGE = { width: 900, height: 700 };

async function main(): Promise<void> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found: install chromium, or set CHROMIUM to its path.');
  const lab = await openJupyterLab(chromium);
  try {
    const { page } = lab;
    await page.setViewportSize(PAGE);
    await lab.open('moves.ipynb');
    await page.evaluate(`window.jupyterapp.commands.execute('application:toggle-left-area')`);
    // The first run loads what later ones have: the second one is shown.
    await lab.runAll();
    await page.evaluate(
      `window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs').then(() => true)`,
    );
    const notebook = page.locator('.jp-NotebookPanel-notebook');
    const frames: AnimationFrame[] = [{ png: await notebook.screenshot(), milliseconds: FIRST_MS }];
    const running = lab.runAll();
    let isOver = false;
    void running.then(() => {
      isOver = true;
    });
    while (!isOver && frames.length < MOST_FRAMES) {
      const began = performance.now();
      const png = await notebook.screenshot();
      const milliseconds = Math.max(EVERY_MS, Math.round(performance.now() - began));
      if (!frames.at(-1)?.png.equals(png)) frames.push({ png, milliseconds });
      await page.waitForTimeout(Math.max(0, EVERY_MS - (performance.now() - began)));
    }
    await running;
    frames.push({ png: await notebook.screenshot(), milliseconds: LAST_MS });
    const animation = animatedPng(frames);
    writeFileSync(FILE, animation);
    process.stdout.write(
      `Wrote ${FILE}: ${frames.length} frames, ${Math.round(animation.length / 1024)} KiB\n`,
    );
  } finally {
    await lab.close();
  }
}

void main();
