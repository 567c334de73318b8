// The evil scheduler in a real browser: a race is won with the mouse, steps are taken back, and a program that
// holds cannot be won. Beside it the counter-example of a wrong answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser, withNotebook } from '../support/browser/in-browser';
import { type JupyterPage, openJupyterLab } from '../support/browser/jupyter-page';
import { clickMove, winLostUpdate } from '../support/browser/scenes';

describeInBrowser('play() in JupyterLab', withNotebook('play.ipynb', openJupyterLab), (browser) => {
  test('the lost update is won with the mouse', async () => {
    const { lab } = browser;
    await lab.run('program');
    await lab.run('play');
    await winLostUpdate(lab);
    await board(lab, 'Won').waitFor();
    assert.match((await board(lab, 'Won').textContent()) ?? '', /Your order was A B B A\./);
  });

  test('a won game goes on: after a step back it is played with the keyboard, and won again', async () => {
    const { lab } = browser;
    await clickMove(lab, '↺ Begin again');
    await board(lab, 'Who moves next?').waitFor();
    const { keyboard } = lab.page;
    await lab.page.locator('.jp-OutputArea-output button.jupyter-button', { hasText: 'A · Ada' }).focus();
    // Bob's button goes with Bob's end: the next Tab goes on from where it stood.
    const orders = {
      Enter: 'A',
      Tab: 'A',
      ' ': 'A B',
      ' again': 'A B B',
      'Shift+Tab': 'A B B',
      'Enter again': 'A B B A',
    };
    for (const [key, order] of Object.entries(orders)) {
      await keyboard.press(key.replace(' again', '') || ' ');
      await lab.page.locator('.widget-html code', { hasText: new RegExp(`^${order}$`) }).waitFor();
    }
    await board(lab, 'Won').waitFor();
    await clickMove(lab, '↶ Step back');
    await board(lab, 'Who moves next?').waitFor();
    await clickMove(lab, 'Ada');
    await board(lab, 'Won').waitFor();
  });

  test('the board of a narrow window is not cut off: wide boards scroll in themselves', async () => {
    const { lab } = browser;
    await lab.page.evaluate(`window.jupyterapp.commands.execute('application:toggle-left-area')`);
    await lab.page.setViewportSize({ width: 600, height: 900 });
    await board(lab, 'Won').waitFor();
    await lab.page.waitForFunction(`${OVERHANG} <= 0`);
    await lab.run('many');
    await board(lab, 'Frances').waitFor();
    await lab.page.waitForFunction(`${OVERHANG} <= 0`);
    await lab.page.setViewportSize({ width: 1280, height: 900 });
    await lab.page.evaluate(
      `window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs').then(() => true)`,
    );
    await lab.run('play');
    await winLostUpdate(lab);
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

/** How many pixels the widest board reaches beyond its output. */
const OVERHANG = `Math.max(...[...document.querySelectorAll('.widget-html-content > div')].map(
  (board) => board.getBoundingClientRect().right - board.closest('.jp-OutputArea-output').getBoundingClientRect().right))`;

function board(lab: JupyterPage, text: string) {
  return lab.page.locator('.jp-OutputArea-output .widget-html', { hasText: text });
}
