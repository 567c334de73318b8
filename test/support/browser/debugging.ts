// A person debugs in JupyterLab: switches the debugger on, clicks beside a line, runs the cell.
import type { Page } from 'playwright-core';
import type { JupyterPage } from './jupyter-page';

const NAME = 'debugging.ipynb';

export const CODE = `function average(marks: number[]): number {
  let sum = 0;
  for (const mark of marks) {
    sum += mark;
  }
  return sum / marks.length;
}
const marks = [13, 17, 15];
average(marks);`;

/** Opens a notebook with the one cell, and switches the debugger on. */
export async function openDebugging(lab: JupyterPage): Promise<Page> {
  const { page } = lab;
  const cell = {
    cell_type: 'code',
    source: CODE,
    metadata: {},
    outputs: [],
    execution_count: null,
    id: 'one',
  };
  const kernelspec = { name: 'parlab', display_name: 'TypeScript (ParLab)', language: 'typescript' };
  const content = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  const saved = JSON.stringify({ type: 'notebook', format: 'json', content });
  await page.evaluate(`window.jupyterapp.serviceManager.contents.save('${NAME}', ${saved}).then(() => true)`);
  await lab.open(NAME);
  const gutter = page.locator('.cm-gutter.cm-breakpoint-gutter');
  // JupyterLab drops a click that comes while it still asks the kernel what it can do.
  for (let tries = 0; tries < 5 && !(await gutter.isVisible()); tries++) {
    await page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-DebuggerBugButton').click();
    await gutter.waitFor({ timeout: 8000 }).catch(() => undefined);
  }
  await gutter.waitFor();
  return page;
}

/** Clicks in the gutter beside a line of the cell. */
export async function clickBeside(page: Page, line: number): Promise<void> {
  // The first element of a gutter only keeps its width.
  await page.locator('.cm-gutter.cm-breakpoint-gutter .cm-gutterElement').nth(line).click();
  await page.locator('.cm-breakpoint-icon:visible').first().waitFor();
}

export async function runCell(page: Page): Promise<void> {
  await page.evaluate(`void window.jupyterapp.commands.execute('notebook:run-cell')`);
}

/** The lines of the call stack, as the panel shows them. */
export async function callStack(page: Page): Promise<string[]> {
  return page.locator('.jp-DebuggerCallstackFrame').allInnerTexts();
}

/** The variables that the panel shows, as name and value. */
export async function shownVariables(page: Page): Promise<string[]> {
  const items = await page.locator('.jp-DebuggerVariables-body .jp-TreeItem').allInnerTexts();
  return items.map((text) => text.replace(/\s+/g, ' ').trim());
}
