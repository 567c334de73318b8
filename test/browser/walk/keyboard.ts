// A notebook in JupyterLab, used with the keyboard alone.
import type { JupyterPage } from '../../support/browser/jupyter-page';

const CONTENT = 'window.jupyterapp.shell.currentWidget.content';
const KERNEL = 'window.jupyterapp.shell.currentWidget.sessionContext.session.kernel';
/** A cell that takes longer is taken to hang. */
const PATIENCE_MS = 240_000;

/** Of the cell that is chosen. */
export interface Chosen {
  id: string;
  index: number;
  source: string;
  isEditing: boolean;
}

export function chosen({ page }: JupyterPage): Promise<Chosen> {
  return page.evaluate(`(() => {
    const { activeCell, activeCellIndex, mode } = ${CONTENT};
    const { id, sharedModel } = activeCell.model;
    return { id, index: activeCellIndex, source: sharedModel.source, isEditing: mode === 'edit' };
  })()`);
}

/** Shift+Enter, with what it asks for typed in, and waits until it has ended. The next cell is chosen then. */
export async function runAndAdvance(lab: JupyterPage, typed = '3'): Promise<void> {
  const { page } = lab;
  const { id, index } = await chosen(lab);
  const before = await countOf(lab, index);
  await page.keyboard.press('Shift+Enter');
  const ends = Date.now() + PATIENCE_MS;
  const field = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Stdin-input');
  while (!(await hasEnded(lab, index, before))) {
    if (Date.now() > ends) throw new Error(`${id} has not ended in ${PATIENCE_MS / 1000} s`);
    if (await field.isVisible()) {
      await field.focus();
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await field.waitFor({ state: 'detached' });
      // Who types below a cell has chosen that cell again.
      await returnTo(lab, index + 1);
    }
    await page.waitForTimeout(30);
  }
  await page.waitForFunction(`${CONTENT}.activeCellIndex === ${index + 1}`);
}

/** Of the code cell; a text cell has none. */
function countOf({ page }: JupyterPage, index: number): Promise<number | null | undefined> {
  return page.evaluate(`${CONTENT}.widgets[${index}].model.executionCount`);
}

async function hasEnded({ page }: JupyterPage, index: number, before: unknown): Promise<boolean> {
  return page.evaluate(`(() => {
    const { type, executionCount, executionState } = ${CONTENT}.widgets[${index}].model;
    if (type !== 'code') return true;
    return executionCount !== ${before ?? null} && executionCount !== null && executionState === 'idle' && ${KERNEL}.status === 'idle';
  })()`);
}

/** Back to the cells, from what stands below one of them. */
export async function returnTo({ page }: JupyterPage, index: number): Promise<void> {
  await page.evaluate(
    `{ ${CONTENT}.activeCellIndex = ${index}; ${CONTENT}.mode = 'command'; ${CONTENT}.activate(); }`,
  );
}

export async function goUp(lab: JupyterPage, cells: number): Promise<void> {
  const { index } = await chosen(lab);
  for (let step = 0; step < cells; step++) await lab.page.keyboard.press('k');
  await lab.page.waitForFunction(`${CONTENT}.activeCellIndex === ${index - cells}`);
}

/** Writes `code` in place of what stands in the chosen cell, key by key, as a person does to whom the editor gives brackets and indents. */
export async function typeInstead(lab: JupyterPage, code: string): Promise<void> {
  const { page } = lab;
  await page.keyboard.press('Enter');
  await page.waitForFunction(`${CONTENT}.mode === 'edit' && ${CONTENT}.activeCell.editor.hasFocus()`);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // The editor indents: spaces of our own would come on top of its.
  for (const piece of code.replace(/^ +/gm, '').split(/([\n([{'"`])/)) {
    if (piece === '\n') await page.keyboard.press('Enter');
    else await page.keyboard.type(piece);
    // What the editor closes by itself comes again when it is typed.
    if (/^[([{'"`]$/.test(piece)) await deleteBehindCursor(lab);
  }
  const { source } = await chosen(lab);
  if (flat(source) !== flat(code)) throw new Error(`Typed:\n${code}\nbut in the cell stands:\n${source}`);
  await page.keyboard.press('Escape');
  await page.waitForFunction(`${CONTENT}.mode === 'command'`);
}

async function deleteBehindCursor({ page }: JupyterPage): Promise<void> {
  const behind = `(() => {
    const { state } = ${CONTENT}.activeCell.editor.editor;
    return state.doc.length - state.selection.main.head;
  })()`;
  for (let rest = await page.evaluate(behind); rest; rest = await page.evaluate(behind)) {
    await page.keyboard.press('Delete');
  }
}

const flat = (code: string): string => code.replace(/^\s+|\s+$/gm, '');
