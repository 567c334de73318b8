// The pictures of timelines in a real JupyterLab: drawn by a cell, seen again in a notebook that is not trusted, light and dark, wide and
// narrow; and the chart that other programs get is one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConsoleMessage, Page } from 'playwright-core';
import { bundleOf } from '../../kernel/session-process/display/mime-bundle';
import { timeline } from '../../src/timeline/timeline';
import type { Trace } from '../../src/trace/record';
import { CounterExample, Verdict } from '../../src/tutorial';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { openMade } from '../support/browser/saved-notebook';
import { greeters, lostUpdate, workers } from '../support/traces/made-traces';

const PICTURE = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output img';

const cellOf = (trace: Trace, call: string): string =>
  `import { type Trace, processPicture, timeline } from 'parlab';\n{ const trace: Trace = ${JSON.stringify(trace)};\ndisplay(${call}); }`;

interface Seen {
  naturalWidth: number;
  width: number;
  alt: string;
}

async function seen(page: Page): Promise<Seen[]> {
  return (await page.locator(PICTURE).evaluateAll((images: (Seen & { decode(): Promise<void> })[]) =>
    Promise.all(
      images.map((image) =>
        image.decode().then(() => ({
          naturalWidth: image.naturalWidth,
          width: image.width,
          alt: image.alt,
        })),
      ),
    ),
  )) as Seen[];
}

/** Of the ground of the first picture, 0 to 255. */
async function brightness(page: Page): Promise<number> {
  const shot = await page.locator(PICTURE).first().screenshot();
  return (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${shot.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const [red, green, blue] = context.getImageData(6, Math.floor(image.height / 2), 1, 1).data;
    return (red + green + blue) / 3;
  })()`)) as number;
}

describeInBrowser('a timeline in JupyterLab', openJupyterLab, (browser) => {
  test('is drawn by a cell, with and without a lock, as a counter-example, and beside the picture of processes', async () => {
    const { lab } = browser;
    await openMade(lab, 'timelines.ipynb', [
      { id: 'lock', source: cellOf(greeters(true), 'timeline(trace)') },
      { id: 'free', source: cellOf(greeters(false), 'timeline(trace)') },
      { id: 'steps', source: cellOf(lostUpdate(), 'timeline(trace)') },
      { id: 'processes', source: cellOf(workers(), 'processPicture({ trace })') },
    ]);
    await lab.runAll();
    await lab.page.locator(PICTURE).nth(3).waitFor({ state: 'attached' });
    const pictures = await seen(lab.page);
    assert.deepEqual(
      pictures.map(({ naturalWidth }) => naturalWidth),
      [780, 780, 780, 780],
    );
    assert.match(pictures[0]?.alt ?? '', /^Timeline: 11 processes in .* holds Lock-1 for 12 ms/);
    assert.match(pictures[2]?.alt ?? '', /Who moves: A, B, B, A, MainProcess/);
    assert.match(pictures[3]?.alt ?? '', /Worker-3, pid 815: killed by signal 9/);
  });

  test('shrinks in a narrow window only as far as it can be read, and is scrolled then', async () => {
    const { page } = browser.lab;
    await page.setViewportSize({ width: 600, height: 900 });
    await page.waitForTimeout(500);
    for (const { width, naturalWidth } of await seen(page)) assert.equal(width, 0.8 * naturalWidth);
    const beyond = await page
      .locator(PICTURE)
      .first()
      .evaluate((image: { closest(selector: string): { scrollWidth: number; clientWidth: number } }) => {
        const { scrollWidth, clientWidth } = image.closest('.jp-OutputArea-output');
        return scrollWidth - clientWidth;
      });
    assert.ok(beyond > 0);
    const isCutOff = (await page.evaluate(
      'document.documentElement.scrollWidth > window.innerWidth',
    )) as boolean;
    assert.equal(isCutOff, false);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('is light in the light theme and dark in the dark one', async () => {
    const { page } = browser.lab;
    const turn = async (theme: string, isThere: (brightness: number) => boolean) => {
      const change = JSON.stringify({ theme });
      await page.evaluate(
        `window.jupyterapp.commands.execute('apputils:change-theme', ${change}).then(() => true)`,
      );
      let seen = await brightness(page);
      for (let tries = 0; tries < 100 && !isThere(seen); tries++) {
        await page.waitForTimeout(100);
        seen = await brightness(page);
      }
      assert.ok(isThere(seen), `${theme}: ${seen}`);
    };
    await turn('JupyterLab Dark', (seen) => seen < 60);
    await turn('JupyterLab Light', (seen) => seen > 230);
  });

  test('is seen in a notebook that nobody trusts and nobody has run', async () => {
    const { lab } = browser;
    const show = timeline(greeters(true)) as unknown as Record<symbol, () => object>;
    const data = show[Symbol.for('Jupyter.display')]?.();
    const example = new CounterExample('A B B A', lostUpdate(), 'So it returns 1 instead of 2.');
    const refuted = await bundleOf(Verdict.notYet('in 4 of 6 orders it returns 1 instead of 2.', example));
    await openMade(lab, 'untrusted.ipynb', [
      {
        id: 'saved',
        source: 'timeline()',
        outputs: [{ output_type: 'execute_result', execution_count: 1, data, metadata: {} }],
      },
      {
        id: 'verdict',
        source: 'await check(twoAdd, [returns(2)])',
        outputs: [{ output_type: 'execute_result', execution_count: 2, data: refuted, metadata: {} }],
      },
    ]);
    await lab.page.locator(PICTURE).nth(1).waitFor();
    const trusted = await lab.page.evaluate(
      'window.jupyterapp.shell.currentWidget.content.model.cells.get(0).trusted',
    );
    assert.equal(trusted, false);
    const [picture, order] = await seen(lab.page);
    assert.equal(picture?.naturalWidth, 780);
    assert.match(order?.alt ?? '', /Who moves: A, B, B, A/);
    assert.ok((order?.naturalWidth ?? 0) > 400);
    // Beside the side bars of a narrow window no column of it is cut.
    await lab.page.evaluate('window.jupyterapp.shell.collapseLeft()');
    await lab.page.setViewportSize({ width: 600, height: 900 });
    await lab.page.waitForTimeout(500);
    const hidden = await lab.page
      .locator(PICTURE)
      .nth(1)
      .evaluate((image: { closest(selector: string): { scrollWidth: number; clientWidth: number } }) => {
        const { scrollWidth, clientWidth } = image.closest('.jp-OutputArea-output');
        return scrollWidth - clientWidth;
      });
    assert.equal(hidden, 0);
    await lab.page.setViewportSize({ width: 1280, height: 900 });
    await lab.page.evaluate('window.jupyterapp.shell.expandLeft()');
    await lab.page.locator('summary', { hasText: 'Step by step' }).click();
    await lab.page.getByText('writes counter = 1').first().waitFor();
  });

  test('is a chart too, which Vega-Lite compiles and draws without a warning', async () => {
    const { lab } = browser;
    const warnings: string[] = [];
    const hear = (message: ConsoleMessage) => {
      if (message.text().startsWith('WARN')) warnings.push(message.text());
    };
    lab.page.on('console', hear);
    const spec = "{ 'application/vnd.vegalite.v5+json': timeline(trace).toVegaLite() }, { raw: true }";
    await openMade(lab, 'charts.ipynb', [
      { id: 'workers', source: cellOf(workers(), spec) },
      { id: 'steps', source: cellOf(lostUpdate(), spec) },
    ]);
    await lab.runAll();
    const charts = lab.page.locator('.jp-RenderedVegaCommon5 .vega-embed, .vega-embed');
    await charts.nth(1).waitFor();
    const faults = await lab.page.locator('.jp-OutputArea-output .vega-embed .error').count();
    assert.equal(faults, 0);
    const marks = lab.page.locator('.vega-embed canvas, .vega-embed svg, .vega-embed img');
    assert.ok((await marks.count()) >= 2);
    assert.deepEqual(warnings, []);
    // So it would be seen if there were one.
    const chart = { mark: 'bar', data: { values: [] }, encoding: { colour: { field: 'state' } } };
    const wrong = { $schema: timeline(workers()).toVegaLite().$schema, ...chart };
    await openMade(lab, 'wrong-chart.ipynb', [
      {
        id: 'wrong',
        source: `display({ 'application/vnd.vegalite.v5+json': ${JSON.stringify(wrong)} }, { raw: true });`,
      },
    ]);
    await lab.runAll();
    for (let tries = 0; tries < 100 && warnings.length === 0; tries++) await lab.page.waitForTimeout(100);
    assert.match(warnings.join(), /colour is not a valid encoding channel/);
    lab.page.off('console', hear);
  });
});
