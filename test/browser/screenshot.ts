// Makes the pictures of the documentation anew: npm run screenshot. Names behind it choose some: npm run screenshot -- widgets
import path from 'node:path';
import { installation } from '../../kernel/package-root';
import { drawnNames, takeDrawn } from '../support/browser/drawn-pictures';
import { findChromium, type JupyterPage, openJupyterLab } from '../support/browser/jupyter-page';
import { askForHelp, clickMove, moveSlider, typeAnswer } from '../support/browser/scenes';

interface Picture {
  notebook: string;
  /** Brings the page to the moment that is to be seen. */
  stage(lab: JupyterPage): Promise<void>;
}

const pictures: Record<string, Picture> = {
  'notebook-01': {
    notebook: '01-what-is-a-process.ipynb',
    async stage(lab) {
      await lab.runAll();
      // The last greetings come after their cell has ended.
      await lab.page.waitForTimeout(5000);
      // From the text above the first code cell on.
      const text = lab.page.locator('.jp-RenderedMarkdown p', {
        hasText: 'The operating system gives every process',
      });
      await text.evaluate((element: { scrollIntoView(to: object): void }) =>
        element.scrollIntoView({ block: 'start' }),
      );
      await lab.page.waitForTimeout(1000);
    },
  },
  widgets: {
    notebook: 'widgets.ipynb',
    async stage(lab) {
      await lab.run('slider');
      await moveSlider(lab, 4);
      await lab.run('read');
      await lab.page.locator('.jp-OutputArea-executeResult', { hasText: '7' }).waitFor();
      await lab.run('start');
      await lab.page.locator('.widget-hprogress').waitFor();
      await lab.page.waitForTimeout(1000);
    },
  },
  input: {
    notebook: 'talk.ipynb',
    async stage(lab) {
      await typeAnswer(lab, 'Ada');
      await lab.page.locator('.jp-OutputArea-output', { hasText: 'Hello Ada' }).waitFor();
    },
  },
  'contextual-help': {
    notebook: 'talk.ipynb',
    async stage(lab) {
      await lab.run('help');
      await askForHelp(lab);
      await lab.page.locator('.jp-Inspector').getByText('Waits until the lock is free').first().waitFor();
    },
  },
  progress: {
    notebook: 'talk.ipynb',
    async stage(lab) {
      await lab.run('pool');
      await lab.page.locator('.jp-OutputArea-output progress').waitFor();
      await lab.page.waitForTimeout(1500);
    },
  },
  play: {
    notebook: 'play.ipynb',
    async stage(lab) {
      await lab.run('program');
      await lab.run('play');
      for (const name of ['Ada', 'Bob', 'Bob']) await clickMove(lab, name);
      await toTop(lab, 'play');
    },
  },
  'play-dark': {
    notebook: 'play.ipynb',
    async stage(lab) {
      await lab.page.evaluate(
        `window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' }).then(() => true)`,
      );
      await lab.run('program');
      await lab.run('dinner');
      for (const name of ['Ada', 'Bob']) await clickMove(lab, name);
      await toTop(lab, 'play(dinner');
    },
  },
  'counter-example': {
    notebook: 'play.ipynb',
    async stage(lab) {
      await lab.run('program');
      await lab.run('check');
      await lab.page.locator('.jp-OutputArea-executeResult', { hasText: 'in 4 of 6 orders' }).waitFor();
      await lab.page.locator('.jp-OutputArea-executeResult summary').click();
      await toTop(lab, 'check');
    },
  },
};

/** Brings the cell whose source begins with `await WORD` to the top of the page. */
async function toTop(lab: JupyterPage, word: string): Promise<void> {
  const cell = lab.page.locator('.jp-CodeCell', { hasText: `await ${word}` }).first();
  await cell.evaluate((element: { scrollIntoView(to: object): void }) =>
    element.scrollIntoView({ block: 'start' }),
  );
  await lab.page.waitForTimeout(500);
}

async function take(name: string, { notebook, stage }: Picture, chromium: string): Promise<void> {
  const lab = await openJupyterLab(chromium);
  try {
    await lab.open(notebook);
    await lab.page.evaluate(`window.jupyterapp.commands.execute('application:toggle-left-area')`);
    await stage(lab);
    const file = path.join(installation, 'docs', 'images', `${name}.png`);
    await lab.page.screenshot({ path: file });
    process.stdout.write(`Wrote ${file}\n`);
  } finally {
    await lab.close();
  }
}

async function main(): Promise<void> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found: install chromium, or set CHROMIUM to its path.');
  const chosen = process.argv.slice(2);
  for (const [name, picture] of Object.entries(pictures)) {
    if (chosen.length === 0 || chosen.includes(name)) await take(name, picture, chromium);
  }
  await takeDrawn(
    drawnNames.filter((name) => chosen.length === 0 || chosen.includes(name)),
    chromium,
  );
}

void main();
