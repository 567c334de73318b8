// Executed notebooks as a stranger opens them: in JupyterLab, not trusted, without a kernel.
import { openJupyterLab } from './jupyter-page';

export interface Executed {
  name: string;
  cells: readonly { outputs?: readonly object[] }[];
}

export interface Seen {
  name: string;
  trusted: boolean;
  kernel: boolean;
  /** Of the outputs. */
  pictures: number;
  /** Pictures that cannot be decoded, or have no size. */
  broken: number;
  /** Which cells show fewer outputs than they have, by their number from 0. */
  hidden: number[];
}

const PANEL = 'window.jupyterapp.shell.currentWidget';
/** A language that no kernel has: JupyterLab asks, and is told that there shall be none. */
const METADATA = { kernelspec: { name: 'none', display_name: 'None', language: 'none' } };

export async function showWithoutKernel(chromium: string, notebooks: readonly Executed[]): Promise<Seen[]> {
  const { page, close } = await openJupyterLab(chromium);
  try {
    const seen: Seen[] = [];
    for (const { name, cells } of notebooks) {
      const path = `saved-${name}`;
      const content = { cells, metadata: METADATA, nbformat: 4, nbformat_minor: 5 };
      const saved = JSON.stringify({ type: 'notebook', format: 'json', content });
      await page.evaluate(
        `window.jupyterapp.serviceManager.contents.save(${JSON.stringify(path)}, ${saved}).then(() => true)`,
      );
      const open = JSON.stringify({ path, factory: 'Notebook' });
      await page.evaluate(`void window.jupyterapp.commands.execute('docmanager:open', ${open})`);
      await page.locator('.jp-Dialog button', { hasText: 'No Kernel' }).click();
      await page.waitForFunction(
        `${PANEL}?.context?.path === ${JSON.stringify(path)} && ${PANEL}.content.widgets.length === ${cells.length}`,
      );
      seen.push({ name, ...((await page.evaluate(LOOK)) as Omit<Seen, 'name'>) });
      // A page with all of them open becomes slower with each.
      await page.evaluate(`${PANEL}.dispose()`);
    }
    return seen;
  } finally {
    await close();
  }
}

/** What is far below is drawn only when it comes into sight: each cell is looked at. */
const LOOK = `(async () => {
  const panel = ${PANEL};
  const seen = { trusted: false, kernel: panel.sessionContext.session?.kernel != null, pictures: 0, broken: 0, hidden: [] };
  for (const [number, cell] of panel.content.widgets.entries()) {
    seen.trusted ||= cell.model.type === 'code' && cell.model.trusted;
    await panel.content.scrollToCell(cell);
    await cell.ready;
    const wanted = cell.model.outputs?.length ?? 0;
    const rendered = () => [...cell.node.querySelectorAll('.jp-OutputArea-output')];
    for (let tries = 0; tries < 50 && rendered().length < wanted; tries++) await new Promise((go) => setTimeout(go, 100));
    if (rendered().filter((each) => each.textContent.trim() !== '' || each.querySelector('img')).length < wanted)
      seen.hidden.push(number);
    for (const image of rendered().flatMap((each) => [...each.querySelectorAll('img')])) {
      seen.pictures += 1;
      await image.decode().catch(() => {});
      if (!(image.naturalWidth > 0 && image.clientWidth > 0)) seen.broken += 1;
    }
  }
  return seen;
})()`;
