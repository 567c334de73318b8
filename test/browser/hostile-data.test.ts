// Data of somebody else in a real JupyterLab: whatever it looks like, it runs nothing in the page, and the page fetches nothing for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HostileServer, startHostileServer } from '../support/browser/hostile-server';
import { describeInBrowser } from '../support/browser/in-browser';
import { type JupyterPage, openJupyterLab } from '../support/browser/jupyter-page';
import { openMade } from '../support/browser/saved-notebook';
import { hostileTexts } from '../support/hostile/hostile-texts';

/** Long enough for a picture to be asked for. */
const LOOK_MS = 2000;

/** JupyterLab makes what is out of sight only when it is scrolled to. */
async function lookAtAll({ page }: JupyterPage): Promise<void> {
  const content = 'window.jupyterapp.shell.currentWidget.content';
  const count = (await page.evaluate(`${content}.widgets.length`)) as number;
  for (let at = 0; at < count; at++) {
    await page.evaluate(`${content}.scrollToItem(${at}).then(() => true)`);
    await page.waitForTimeout(50);
  }
  await page.waitForTimeout(LOOK_MS);
}

describeInBrowser('JupyterLab', openJupyterLab, (browser) => {
  let server: HostileServer;
  before(async () => {
    server = await startHostileServer();
  });
  after(() => server.close());

  const pwned = () => browser.lab.page.evaluate('window.__pwned');
  const untilAsked = async (path: string) => {
    for (let tries = 0; tries < 100 && !server.asked.includes(path); tries++) await sleep(100);
    return server.asked.includes(path);
  };

  test('shows data of a web service in every way, and neither runs nor fetches anything', async () => {
    const { lab } = browser;
    const cells = [
      `const data: any = await (await fetch('${server.address}/data')).json(); data`,
      'data.elements[1]',
      'for (const each of [...data.elements, ...data.svgs, ...data.charts, ...data.bundles]) display(each);',
      'class User {} ; for (const each of [...data.elements, ...data.charts]) display(Object.assign(new User(), each));',
      `for (const each of data.elements) {
         const target: any = {};
         const source = JSON.parse('{"__proto__":' + JSON.stringify(each) + '}');
         for (const key of Object.keys(source)) target[key] = source[key];
         display(target);
         display(Object.create(each));
         display(new Proxy(each, {}));
       }`,
      'data.rows',
      'new Map(Object.entries(data.texts))',
      'for (const text of Object.values<string>(data.texts)) { display(text); display([text]); display([{ a: { [text]: Symbol(text) } }]); console.log(text); console.error(text); }',
      'for (const text of Object.values<string>(data.texts)) display({ [Symbol.for("Jupyter.display")]() { throw new Error(text); } });',
      'const all = Object.values<string>(data.texts).join(" "); throw Object.assign(new Error(all), { name: all });',
      "import { Pool, Process } from 'parlab'; const pool = new Pool({ processes: 1 });",
      'for (const text of Object.values<string>(data.texts)) await pool.map((n: number) => n, [1], { progress: text });',
      "import { showLife } from 'parlab/tutorial'; for (const text of Object.values<string>(data.texts)) display(showLife(new Process({ target: () => {}, name: text })));",
      `import { Button, Checkbox, Dropdown, IntSlider, Label, RadioButtons, Text, ToggleButton, VBox } from 'parlab/widgets';
       for (const text of Object.values<string>(data.texts)) display(new VBox({ children: [
         new Button({ description: text, tooltip: text, icon: text }), new Checkbox({ description: text }),
         new Dropdown({ options: [text], description: text }), new IntSlider({ description: text, tooltip: text }),
         new Label({ value: text, description: text }), new RadioButtons({ options: [text], description: text }),
         new Text({ value: text, description: text, placeholder: text }), new ToggleButton({ description: text, icon: text }),
       ] }));`,
      `const quoted = ${JSON.stringify(`"><img src=x onerror="window.__pwned=1"><img src="${server.address}/type">`)} as const;`,
      'quoted?',
      'const wrong: number = quoted;',
    ];
    await openMade(
      lab,
      'hostile.ipynb',
      cells.map((source, at) => ({ id: `cell-${at}`, source })),
    );
    await lab.runAll();
    await lab.page.locator('.widget-label', { hasText: 'window.__pwned' }).first().waitFor();
    await lookAtAll(lab);
    const shown = await lab.page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output')
      .count();
    assert.ok(shown > 200, `only ${shown} outputs`);
    assert.equal(await pwned(), undefined);
    assert.deepEqual(server.asked, []);
  });

  test('runs nothing of a notebook that is only opened, and fetches what its texts and outputs name', async () => {
    const { lab } = browser;
    const texts = Object.values(hostileTexts(`${server.address}/opened`)).map((text) => text.toWellFormed());
    const chart = {
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      data: { url: `${server.address}/opened-chart` },
      mark: 'point',
      encoding: {},
    };
    const bundles = [
      ...texts.flatMap((text) => [
        { 'text/html': text },
        { 'text/markdown': text },
        { 'image/svg+xml': text },
      ]),
      { 'application/javascript': 'window.__pwned=1' },
      { 'text/javascript': 'window.__pwned=1' },
      { 'application/vnd.vegalite.v5+json': chart },
    ];
    const output = (data: object) => ({ output_type: 'display_data', data, metadata: {} });
    const run = `await fetch('${server.address}/ran')`;
    await openMade(lab, 'opened.ipynb', [
      { id: 'text', source: texts.join('\n\n'), type: 'markdown' },
      ...bundles.map((data, at) => ({ id: `output-${at}`, source: run, outputs: [output(data)] })),
    ]);
    await lookAtAll(lab);
    assert.equal(await pwned(), undefined);
    assert.deepEqual(
      new Set(server.asked.splice(0)),
      new Set(['/opened/image', '/opened/markdown', '/opened-chart']),
    );
  });

  test('fetches what the author of a cell shows as HTML, Markdown or a chart, and pictures in the documentation that is asked for', async () => {
    const { lab } = browser;
    const { address } = server;
    const vega = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'point', encoding: {} };
    const raw = (bundle: object) => `display(${JSON.stringify(bundle)}, { raw: true });`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${address}/in-svg" width="9" height="9"/></svg>`;
    await openMade(lab, 'own.ipynb', [
      { id: 'svg', source: raw({ 'image/svg+xml': svg }) },
      {
        id: 'image',
        source: raw({
          'text/html': `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
        }),
      },
      {
        id: 'help',
        source: `/** what it is ![](${address}/help) <img src="${address}/help-html" onerror="window.__pwned=2"> */\nfunction documented() {}`,
      },
      { id: 'name', source: 'documented' },
      { id: 'html', source: raw({ 'text/html': `<img src="${address}/own-html">` }) },
      { id: 'javascript', source: raw({ 'text/javascript': 'window.__script = 2' }) },
      { id: 'script', source: raw({ 'text/html': '<img src=x onerror="window.__own=1">' }) },
      { id: 'markdown', source: raw({ 'text/markdown': `![](${address}/own-markdown)` }) },
      {
        id: 'chart',
        source: raw({
          'application/vnd.vegalite.v5+json': { ...vega, data: { url: `${address}/own-chart` } },
        }),
      },
    ]);
    await lab.runAll();
    for (const path of ['/own-html', '/own-markdown', '/own-chart']) {
      assert.ok(await untilAsked(path), `${path} was not asked for: ${server.asked}`);
    }
    await sleep(LOOK_MS);
    await lab.page.evaluate(`window.jupyterapp.commands.execute('inspector:open').then(() => true)`);
    await lab.page.locator('.jp-Inspector').waitFor();
    await lab.page.locator('.jp-CodeCell .cm-line', { hasText: /^documented$/ }).click();
    await lab.page.keyboard.press('End');
    await lab.page.keyboard.press('ArrowLeft');
    await lab.page.locator('.jp-Inspector', { hasText: 'what it is' }).waitFor();
    await sleep(LOOK_MS);
    assert.deepEqual(
      new Set(server.asked),
      new Set(['/own-html', '/own-markdown', '/own-chart', '/help', '/help-html']),
    );
    assert.deepEqual(await lab.page.evaluate('[window.__own, window.__script]'), [1, 2]);
    assert.equal(await pwned(), undefined);
  });
});
