import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { callStack, clickBeside, openDebugging, runCell, shownVariables } from '../support/browser/debugging';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';

describeInBrowser('the debugger panel of JupyterLab', openJupyterLab, (browser) => {
  test('a breakpoint set beside a line is hit; call stack and variables are shown, also after a step', async () => {
    const { lab } = browser;
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
