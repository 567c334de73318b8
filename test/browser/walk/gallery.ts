// The pictures of the gallery: of each notebook the output of one cell, as the student saw it when she had run it for the first time.
import path from 'node:path';
import { installation } from '../../../kernel/package-root';
import type { JupyterPage } from '../jupyter-page';

const FOLDER = path.join(installation, 'docs', 'images', 'notebooks');

/** By the id of the cell. The output of a check belongs to a wrong answer, the one of a game to a won one. */
const GALLERY: { readonly [notebook: string]: string } = {};

/** Where the picture of this cell goes, if the gallery shows it. */
export function placeInGallery(notebook: string, id: string): string | undefined {
  const stem = notebook.replace('.ipynb', '');
  if (GALLERY[stem] !== id) return undefined;
  return path.join(FOLDER, `${/^(\d+|appendix-.)/.exec(stem)?.[0]}.png`);
}

/** What stands below the cell at `index`; with its code where the output is but a few words. */
export async function photograph({ page }: JupyterPage, index: number, file: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  // What is higher than the window would be cut off.
  await page.setViewportSize({ width: size.width, height: 2400 });
  await page.evaluate(`(() => {
    const { node } = window.jupyterapp.shell.currentWidget.content.widgets[${index}];
    for (const each of document.querySelectorAll('[data-photograph]')) delete each.dataset.photograph;
    const hasPicture = node.querySelector('.jp-OutputArea-output :is(img, svg, table)');
    (hasPicture ? node.querySelector('.jp-OutputArea') : node).dataset.photograph = '';
    node.scrollIntoView({ block: 'nearest' });
  })()`);
  await page.waitForTimeout(500);
  await page.locator('[data-photograph]').screenshot({ path: file });
  await page.setViewportSize(size);
}
