// A game of the evil scheduler, won with the keyboard.
import type { JupyterPage } from '../../support/browser/jupyter-page';

/** Asks the newest board how it can be won, and moves in that order. False if nobody can win it. */
export async function win({ page }: JupyterPage): Promise<boolean> {
  const panel = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output', {
    has: page.locator('.widget-html'),
  });
  const output = panel.last();
  const press = async (label: string): Promise<void> => {
    await output.locator('button.jupyter-button:enabled', { hasText: label }).first().focus();
    await page.keyboard.press('Enter');
  };
  const board = output.locator('.widget-html');
  await board.waitFor();
  await press('Can it be won at all?');
  const told = board.filter({ hasText: /for example so: |No order breaks it/ });
  await told.waitFor();
  const order = /for example so: ([^.]+)\./.exec((await told.textContent()) ?? '')?.[1];
  if (order === undefined) return false;
  let soFar = '';
  for (const token of order.split(' ')) {
    // The buttons are new when the board has changed.
    await board.locator('code', { hasText: new RegExp(`^${soFar || '–'}$`) }).waitFor();
    await press(`${token} · `);
    soFar = `${soFar} ${token}`.trim();
  }
  await board.filter({ hasText: '✔ Won.' }).waitFor();
  return true;
}
