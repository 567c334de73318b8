// A student's way through the tutorial in a real browser, with the keyboard alone: npm run walk. Beginnings of names choose notebooks:
// npm run walk 04 appendix. Makes the pictures of the gallery anew.
import type { ConsoleMessage } from 'playwright-core';
import { type Notebook, readNotebooks } from '../notebooks/notebook-file';
import { findChromium, type JupyterPage, openJupyterLab } from './jupyter-page';
import { takeBest } from './walk/best-pictures';
import { walkNotebook } from './walk/walk-notebook';

async function main(): Promise<void> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found: install chromium, or set CHROMIUM to its path.');
  const wanted = process.argv.slice(2);
  const isChosen = ({ name }: Notebook) =>
    wanted.length === 0 || wanted.some((begin) => name.startsWith(begin));
  for (const notebook of readNotebooks().filter(isChosen)) {
    if (!(await walkAlone(chromium, notebook))) process.exitCode = 1;
  }
}

/** In a page of its own. True if nothing was wrong. */
async function walkAlone(chromium: string, notebook: Notebook): Promise<boolean> {
  const lab = await openJupyterLab(chromium);
  const faults = hearFaults(lab);
  try {
    const walked = await walkNotebook(lab, notebook);
    faults.push(...walked.faults);
    const picture = await takeBest(lab, notebook, walked.largest);
    const sum = `${notebook.cells.length} cells, ${walked.exercises} exercises, ${walked.pictures} pictures`;
    process.stdout.write(`${faults.length === 0 ? '✔' : '✘'} ${notebook.name}: ${sum}, ${picture}\n`);
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
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  return faults;
}

void main();
