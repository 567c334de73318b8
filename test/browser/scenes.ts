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
