// The pictures of the gallery: one of each notebook, as its outputs looked to the student who went through it.
import path from 'node:path';
import { installation } from '../../../kernel/package-root';
import type { Notebook } from '../../notebooks/notebook-file';
import type { JupyterPage } from '../jupyter-page';

const FOLDER = path.join(installation, 'docs', 'images', 'notebooks');

/** The cell whose picture it is, by its id. Of other notebooks it is the largest one. */
const BEST: { readonly [notebook: string]: string } = {};

/** `largest`: the cell with the largest picture. Gives the file. */
export async function takeBest(
  { page }: JupyterPage,
  { name }: Notebook,
  largest: string | undefined,
): Promise<string | undefined> {
  const stem = name.replace('.ipynb', '');
  const id = BEST[stem] ?? largest;
  if (id === undefined) return undefined;
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  // What is higher than the window would be cut off.
  await page.setViewportSize({ width: size.width, height: 2400 });
  await page.evaluate(`(() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const { node } = content.widgets.find(({ model }) => model.id === '${id}');
    for (const each of document.querySelectorAll('[data-best]')) delete each.dataset.best;
    node.querySelector('.jp-OutputArea').dataset.best = '';
    node.scrollIntoView({ block: 'start' });
  })()`);
  await page.waitForTimeout(500);
  const file = path.join(FOLDER, `${/^(\d+|appendix-.)/.exec(stem)?.[0]}.png`);
  await page.locator('[data-best]').screenshot({ path: file });
  await page.setViewportSize(size);
  return file;
}
