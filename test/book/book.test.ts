// `npm run book` on the notebooks: every form of each holds every cell and shows every picture, without a kernel and without a network.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { requireJupyter } from '../../kernel/cli/jupyter/require-jupyter';
import { installation } from '../../kernel/package-root';
import { findChromium } from '../support/browser/jupyter-page';
import { parlab, runToEnd } from '../support/commands/parlab';
import { clientPrograms } from '../support/jupyter/environment';
import { nothingLeft } from '../support/processes/nothing-left';

interface Output {
  output_type: string;
  text?: string | string[];
  data?: Record<string, string | string[]>;
}
interface Cell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { slideshow: { slide_type: string } };
  outputs?: Output[];
}

const joined = (text: string | string[] = ''): string => [text].flat().join('');
const IMAGE = /<img\b/g;

/** Words and numbers alone: forms differ in spaces, quotes and signs; on paper, two letters may be one sign. */
const words = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

/** What a reader must find of a cell: of a text, what stands in no sign, link or tag; of code in it, all. */
function traces({ cell_type, source }: Cell): string[] {
  const lines = joined(source)
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (cell_type === 'code') return lines.map(words).filter(Boolean);
  let isCode = false;
  return lines.flatMap((line) => {
    const isFence = /^\s*```/.test(line);
    if (isFence) isCode = !isCode;
    if (isFence || (!isCode && /^\s*(<img|\|?[\s|:-]+\|?$)/.test(line))) return [];
    return words(isCode ? line : prose(line)) || [];
  });
}

/** `<string>` between backticks is no tag. */
function prose(line: string): string {
  const withoutTags = line
    .split('`')
    .map((part, at) => (at % 2 === 0 ? part.replace(/<[^>]*>/g, '') : part))
    .join('`');
  return withoutTags.replace(/\]\([^)]*\)/g, ']').replace(/^\s*\d+\. /, '');
}

const picturesIn = ({ cell_type, source, outputs = [] }: Cell): number =>
  (cell_type === 'markdown' ? (joined(source).match(IMAGE)?.length ?? 0) : 0) +
  outputs.reduce((sum, { data }) => sum + (joined(data?.['text/html']).match(IMAGE)?.length ?? 0), 0);

const chromiumFile = findChromium();
const skip = !chromiumFile && !process.env.CI ? 'no Chromium was found' : false;
after(nothingLeft);

describe('the book', { skip }, () => {
  const to = mkdtempSync(path.join(tmpdir(), 'book-'));
  const given = path.join(to, 'notebooks');
  const site = path.join(to, 'site');
  const names = readdirSync(path.join(installation, 'notebooks'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
    .map((name) => name.replace(/\.ipynb$/, ''))
    .sort();
  let browser: Browser;
  let page: Page;
  let asked: string[] = [];

  const cellsOf = (name: string): Cell[] =>
    JSON.parse(readFileSync(path.join(to, 'source', `${name}.ipynb`), 'utf8')).cells;

  before(async () => {
    cpSync(path.join(installation, 'notebooks'), given, { recursive: true });
    // Every notebook's outputs are looked at in untrusted.test.ts; here, what becomes of outputs.
    const executed = ['00-ready', '02-create-then-start'].map((name) => path.join(given, `${name}.ipynb`));
    const ran = await parlab(['check', '--write', ...executed]);
    assert.equal(ran.code, 0, ran.stdout);
    const { file } = await requireJupyter();
    const built = await runToEnd(
      process.execPath,
      [
        path.join(installation, 'book', 'build.mjs'),
        ...['--as-saved', '--notebooks', given, '--to', to],
        ...['--repository', 'https://github.com/ada/course', '--hub', 'https://hub.school.example'],
      ],
      { env: { ...process.env, JUPYTER_PYTHON: file } },
    );
    assert.equal(built.code, 0, built.stdout + built.stderr);
    assert.doesNotMatch(built.stdout, /WARNING|there is no PDF/);
    browser = await chromium.launch({
      executablePath: chromiumFile ?? '',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    page = await browser.newPage();
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) asked.push(request.url());
    });
    page.on('pageerror', ({ message }) => asked.push(message));
  });
  after(async () => {
    await browser?.close();
    rmSync(to, { recursive: true, force: true });
  });

  async function open(...place: string[]): Promise<void> {
    asked = [];
    await page.goto(pathToFileURL(path.join(site, ...place)).href);
  }

  /** Of what can be unfolded or comes later, too. */
  const textOf = async (selector: string): Promise<string> =>
    words(await page.locator(selector).evaluate((element: { textContent: string }) => element.textContent));

  const pictures = async (selector: string): Promise<number> =>
    (await page
      .locator(`${selector} img`)
      .evaluateAll(async (images: { decode(): Promise<void>; alt: string }[]) => {
        await Promise.all(images.map((image) => image.decode()));
        return images.filter(({ alt }) => alt.length > 10).length;
      })) as number;

  function assertHolds(text: string, cells: readonly Cell[]): void {
    for (const cell of cells)
      for (const trace of traces(cell)) assert.ok(text.includes(trace), `${cell.id}: ${trace}`);
  }
  const sum = (cells: readonly Cell[]): number => cells.reduce((all, cell) => all + picturesIn(cell), 0);

  for (const name of names) {
    describe(name, () => {
      test('is a chapter with every cell, picture and output, and leads to Binder and to the hub', async () => {
        await open(`${name}.html`);
        const cells = cellsOf(name);
        const text = await textOf('article');
        assertHolds(text, cells);
        assert.equal(await pictures('article'), sum(cells));
        for (const { id, outputs = [] } of cells)
          for (const { text: printed } of outputs)
            for (const line of joined(printed).split('\n'))
              assert.ok(text.includes(words(line)), `${id}: ${line}`);
        const links = await page
          .locator('a')
          .evaluateAll((all: { href: string }[]) => all.map(({ href }) => href));
        const file = `notebooks/${name}.ipynb`;
        for (const link of [
          `https://mybinder.org/v2/gh/ada/course/main?urlpath=lab/tree/${file}`,
          `https://hub.school.example/hub/user-redirect/git-pull?repo=https%3A//github.com/ada/course&urlpath=lab/tree/course/${file}&branch=main`,
        ])
          assert.ok(
            links.some((each) => decodeURIComponent(each) === decodeURIComponent(link)),
            link,
          );
        assert.deepEqual(asked, []);
      });

      test('is one page with everything inside', async () => {
        await open('pages', `${name}.html`);
        assertHolds(await textOf('main'), cellsOf(name));
        assert.equal(await pictures('main'), sum(cellsOf(name)));
        const html = readFileSync(path.join(site, 'pages', `${name}.html`), 'utf8');
        assert.doesNotMatch(html, /<script|<link|<img[^>]* src="(?!data:)/);
        assert.deepEqual(asked, []);
      });

      test('is slides: an output comes with a key, and no check is there', async () => {
        await open('slides', `${name}.slides.html`);
        await page.waitForFunction('Reveal.isReady()');
        const shown = cellsOf(name).filter(({ metadata }) => metadata.slideshow.slide_type !== 'skip');
        assertHolds(await textOf('.slides'), shown);
        assert.equal(await pictures('.slides'), sum(shown));
        const begin = shown.filter(({ metadata }) => /slide$/.test(metadata.slideshow.slide_type)).length;
        assert.equal(await page.evaluate('Reveal.getTotalSlides()'), begin);
        const later = await page.locator('.fragment:not(.visible) .jp-OutputArea').count();
        assert.equal(later, shown.filter(({ outputs = [] }) => outputs.length > 0).length);
        assert.deepEqual(asked, []);
      });

      test('is a TypeScript file that parlab run runs', async () => {
        const file = path.join(site, 'ts', `${name}.ts`);
        const text = words(readFileSync(file, 'utf8'));
        for (const { id, cell_type, source } of cellsOf(name))
          if (cell_type === 'markdown') assert.ok(text.includes(words(joined(source))), id);
        const { code, stdout, stderr } = await parlab(['run', file]);
        assert.equal(code, 0, stdout + stderr);
      });
    });
  }

  test('is a PDF of each notebook, with hints and solutions unfolded', async () => {
    const files = names.map((name) => path.join(site, 'pdf', `${name}.pdf`));
    const python = path.join(await clientPrograms(), 'python');
    const reading = path.join(installation, 'test', 'book', 'read-pdf.py');
    const { code, stdout, stderr } = await runToEnd(python, [reading, ...files], {});
    assert.equal(code, 0, stderr);
    // The numbers of the cells may come between two lines of one.
    for (const [at, text] of (JSON.parse(stdout) as string[]).entries())
      assertHolds(words(text.replace(/In\s*\[[\d\s]*\]:/g, '')), cellsOf(names[at] ?? ''));
  });

  test('begins with the table of contents, and with every form of each notebook', async () => {
    await open('index.html');
    await page.waitForURL(/README\.html$/);
    const links = await page
      .locator('article a')
      .evaluateAll((all: { href: string }[]) => all.map(({ href }) => href));
    for (const name of names)
      for (const form of ['', 'pages/', 'slides/', 'pdf/', 'ts/'])
        assert.ok(
          links.some((link) => link.includes(`/site/${form}${name}.`)),
          `${form}${name}`,
        );
    for (const link of links.filter((each) => each.startsWith('file:')))
      assert.ok(existsSync(fileURLToPath(link.replace(/#.*/, ''))), link);
  });
});
