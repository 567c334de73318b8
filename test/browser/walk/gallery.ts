// The pictures of the gallery: of each notebook the output of one cell, as the student saw it when she had run it for the first time.
import path from 'node:path';
import { installation } from '../../../kernel/package-root';
import type { JupyterPage } from '../../support/browser/jupyter-page';

const FOLDER = path.join(installation, 'docs', 'images', 'notebooks');

/** By the id of the cell. The output of a check belongs to a wrong answer, the one of a game to a won one. */
const GALLERY: { readonly [notebook: string]: string } = {
  '00-ready': 'self-test',
  '01-what-is-a-process': 'dinner-check',
  '02-create-then-start': 'start-slow',
  '03-many-processes': 'loop-guests',
  '04-order-is-not-promised': 'timeline-ten',
  '05-shared-resources': 'play-evil',
  '06-locks': 'timeline-guests',
  '07-waiting-for-others': 'together-picture',
  '08-queues': 'small-run',
  '09-results-back': 'slow-quick-picture',
  '10-workers-and-sentinels': 'balance-run',
  '11-deadlock': 'forks-run',
  '12-speed-up': 'draw',
  '13-evil-scheduler': 'play-4',
  '14-capstone': 'own-run',
  'appendix-a-python-and-typescript': 'process-try',
  'appendix-b-how-a-cell-becomes-a-process': 'cannot',
  'appendix-c-typescript-in-ten-minutes': 'types-slip',
};

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
  const hasPicture = await page.evaluate(`(() => {
    const { node } = window.jupyterapp.shell.currentWidget.content.widgets[${index}];
    for (const each of document.querySelectorAll('[data-photograph]')) delete each.dataset.photograph;
    const hasPicture = node.querySelector('.jp-OutputArea-output :is(img, svg, table)');
    (hasPicture ? node.querySelector('.jp-OutputArea') : node).dataset.photograph = '';
    node.scrollIntoView({ block: 'nearest' });
    return hasPicture !== null;
  })()`);
  // Children print when their cell has ended.
  await page.waitForTimeout(hasPicture ? 500 : 4000);
  await page.locator('[data-photograph]').screenshot({ path: file });
  await page.setViewportSize(size);
}
