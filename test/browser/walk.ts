// A student's way through the tutorial in a real browser, with the keyboard alone: npm run walk. Beginnings of names choose notebooks:
// npm run walk 04 appendix. Makes the pictures of the gallery anew; `--pictures-to=FOLDER` takes all others, too, to be looked at.
import { parseArgs } from 'node:util';
import type { ConsoleMessage } from 'playwright-core';
import { findChromium, type JupyterPage, openJupyterLab } from '../support/browser/jupyter-page';
import { type Notebook, readNotebooks } from '../support/notebooks/notebook-file';
import { type WalkOptions, walkNotebook } from './walk/walk-notebook';

async function main(): Promise<void> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found: install chromium, or set CHROMIUM to its path.');
  const { values, positionals: wanted } = parseArgs({
    options: { 'pictures-to': { type: 'string' } },
    allowPositionals: true,
  });
  const options = { takesGallery: true, picturesTo: values['pictures-to'] };
  const isChosen = ({ name }: Notebook) =>
    wanted.length === 0 || wanted.some((begin) => name.startsWith(begin));
  for (const notebook of readNotebooks().filter(isChosen)) {
    if (!(await walkAlone(chromium, notebook, options))) process.exitCode = 1;
  }
}

/** In a page of its own. True if nothing was wrong. */
async function walkAlone(chromium: string, notebook: Notebook, options: WalkOptions): Promise<boolean> {
  const lab = await openJupyterLab(chromium);
  const faults = hearFaults(lab);
  try {
    const walked = await walkNotebook(lab, notebook, options);
    faults.push(...walked.faults);
    const sum = `${notebook.cells.length} cells, ${walked.exercises} exercises, ${walked.pictures} pictures`;
    process.stdout.write(`${faults.length === 0 ? '✔' : '✘'} ${notebook.name}: ${sum}\n`);
  } catch (error) {
    faults.push(String(error));
    process.stdout.write(`✘ ${notebook.name}\n`);
  } finally {
    await lab.close();
  }
  for (const fault of faults) process.stdout.write(`    ${fault}\n`);
  return faults.length === 0;
}

/** What the page itself complains about, from now on. */
function hearFaults({ page }: JupyterPage): string[] {
  const faults: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    // What the server of the page cannot find is not ours, and brokenImages() looks for pictures.
    const isServers = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isServers) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', ({ message, stack }) => faults.push(`page: ${stack ?? message}`));
  return faults;
}

void main();
