// What a person does in JupyterLab, for tests and for the pictures of the documentation.
import type { JupyterPage } from './jupyter-page';

/** Runs the cell that asks, and answers. */
export async function typeAnswer(lab: JupyterPage, answer: string): Promise<void> {
  await lab.run('ask');
  const field = lab.page.locator('.jp-Stdin-input');
  await field.fill(answer);
  await field.press('Enter');
}

/** Opens the contextual help, and puts the cursor at the end of the cell that names `lock.acquire`. */
export async function askForHelp(lab: JupyterPage): Promise<void> {
  await lab.page.evaluate(`window.jupyterapp.commands.execute('inspector:open').then(() => true)`);
  await lab.page.locator('.jp-Inspector').waitFor();
  const line = lab.page.locator('.jp-CodeCell .cm-line', { hasText: /^lock\.acquire$/ });
  await line.click();
  await lab.page.keyboard.press('End');
  await lab.page.keyboard.press('ArrowLeft');
}

/** Moves the slider of the widgets' notebook with the keyboard. */
export async function moveSlider(lab: JupyterPage, steps: number): Promise<void> {
  const handle = lab.page.locator('.widget-slider .noUi-handle');
  await handle.waitFor();
  await handle.focus();
  for (let step = 0; step < steps; step++) await handle.press('ArrowRight');
}

/** Clicks a button of a game's board: the one of a process by its name, which stands behind its letter. */
export async function clickMove(lab: JupyterPage, label: string): Promise<void> {
  const buttons = lab.page.locator('.jp-OutputArea-output button.jupyter-button:enabled', { hasText: label });
  await buttons.first().click();
  // The board has changed when the order so far has: clicks before that would be lost on the old buttons.
  await lab.page.waitForTimeout(300);
}

/** Both read, then both write: one of the two additions is lost. */
export async function winLostUpdate(lab: JupyterPage): Promise<void> {
  for (const name of ['Ada', 'Bob', 'Bob', 'Ada']) await clickMove(lab, name);
}
