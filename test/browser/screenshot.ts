// Makes the README's picture anew: npm run screenshot
import path from 'node:path';
import { packageRoot } from '../../kernel/package-root';
import { findChromium, openJupyterLab } from './jupyter-page';

const PICTURE = path.join(packageRoot, 'docs', 'images', 'notebook-01.png');

async function main(): Promise<void> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found: install chromium, or set CHROMIUM to its path.');
  const lab = await openJupyterLab(chromium);
  try {
    await lab.open('01-what-is-a-process.ipynb');
    await lab.page.evaluate(`window.jupyterapp.commands.execute('application:toggle-left-area')`);
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
    await lab.page.screenshot({ path: PICTURE });
    process.stdout.write(`Wrote ${PICTURE}\n`);
  } finally {
    await lab.close();
  }
}

void main();
