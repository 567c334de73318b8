import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { nothingLeft } from '../nothing-left';
import { callStack, clickBeside, openDebugging, runCell, shownVariables } from './debugging';
import { findChromium, type JupyterPage, openJupyterLab } from './jupyter-page';

const chromium = findChromium();
// In CI a browser must be there: a skipped test would pass unseen.
const skip =
  !chromium && !process.env.CI
    ? 'no Chromium was found: install chromium, or set CHROMIUM to its path'
    : false;

after(nothingLeft);

describe('the debugger panel of JupyterLab', { skip }, () => {
  let lab: JupyterPage;
  before(async () => {
    assert.ok(chromium, 'CI has no Chromium: .ci/run installs it');
    lab = await openJupyterLab(chromium);
  });
  after(() => lab?.close());

  test('a breakpoint set beside a line is hit; call stack and variables are shown, also after a step', async () => {
    const page = await openDebugging(lab);
    await clickBeside(page, 4);
    await runCell(page);
    await until(async () => (await callStack(page)).length > 0);
    const [top] = await callStack(page);
    assert.match(String(top), /average/);
    await until(async () => (await shownVariables(page)).includes('mark 13'));
    assert.ok((await shownVariables(page)).includes('sum 0'));
    await page.evaluate(`void window.jupyterapp.commands.execute('debugger:next')`);
    await until(async () => (await shownVariables(page)).includes('sum 13'));
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `It did not come about: ${holds}`);
    await sleep(100);
  }
}
