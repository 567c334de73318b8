// The evil scheduler in a real browser: a race is won with the mouse, steps are taken back, and a program that
// holds cannot be won. Beside it the counter-example of a wrong answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser, withNotebook } from './in-browser';
import { type JupyterPage, openJupyterLab } from './jupyter-page';
import { clickMove, winLostUpdate } from './scenes';

describeInBrowser('play() in JupyterLab', withNotebook('play.ipynb', openJupyterLab), (browser) => {
  test('the lost update is won with the mouse', async () => {
    const { lab } = browser;
    await lab.run('program');
    await lab.run('play');
    await winLostUpdate(lab);
    await board(lab, 'Won').waitFor();
    assert.match((await board(lab, 'Won').textContent()) ?? '', /Your order was A B B A\./);
  });

  test('a step is taken back, and the other way leads to no harm', async () => {
    const { lab } = browser;
    await clickMove(lab, '↶ Step back');
    await board(lab, 'Who moves next?').waitFor();
    await clickMove(lab, '↺ Begin again');
    for (const name of ['Ada', 'Ada', 'Bob', 'Bob']) await clickMove(lab, name);
    await board(lab, 'nothing is broken').waitFor();
  });

  test('who gives up hears how it can be won', async () => {
    const { lab } = browser;
    await clickMove(lab, 'Can it be won at all?');
    await board(lab, 'for example so: A B B A').waitFor();
  });

  test('a deadlock is won: the board says who holds what and waits for whom', async () => {
    const { lab } = browser;
    await lab.page.evaluate(
      `window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs').then(() => true)`,
    );
    await lab.run('dinner');
    for (const name of ['Ada', 'Bob']) await clickMove(lab, name);
    const won = board(lab, 'wait for each other for ever');
    await won.waitFor();
    assert.match((await won.textContent()) ?? '', /right.*held by Bob.*Ada holds left \(Cell \d+, line 7\)/s);
  });

  test('a wrong answer comes back as the order in which it goes wrong: its timeline, and every step on a click', async () => {
    const { lab } = browser;
    await lab.run('check');
    const verdict = lab.page.locator('.jp-OutputArea-executeResult', { hasText: 'in 4 of 6 orders' });
    await verdict.waitFor();
    assert.match((await verdict.textContent()) ?? '', /A B B A.*So it returns 1 instead of 2\..*Ada.*Bob/s);
    const picture = verdict.locator('img');
    await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
    assert.match((await picture.getAttribute('alt')) ?? '', /Who moves: Ada, Bob, Bob, Ada and MainProcess/);
    const steps = verdict.locator('table');
    assert.equal(await steps.isVisible(), false);
    await verdict.locator('summary').click();
    await steps.waitFor();
    assert.match((await steps.textContent()) ?? '', /reads counter: 0 Cell \d+, line 7/);
  });
});

function board(lab: JupyterPage, text: string) {
  return lab.page.locator('.jp-OutputArea-output .widget-html', { hasText: text });
}
