// @ts-check
// Pages on paper, by the browser that is there. What is folded on the screen is open on paper, where nobody can click.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { onPath } from '../kernel/cli/set-up/python.mjs';

/** $CHROMIUM, else what Debian, Ubuntu and Google call it. */
function browser() {
  return (
    process.env.CHROMIUM ||
    ['chromium', 'chromium-browser', 'google-chrome'].map((name) => onPath(name)).find(Boolean)
  );
}

/**
 * @param {string[]} names of the pages, without their ends
 * @param {string} from
 * @param {string} to
 * @returns {Promise<boolean>} false when there is no browser
 */
export async function printPages(names, from, to) {
  const executablePath = browser();
  if (!executablePath) return false;
  // Root needs it, and so do most containers.
  const opened = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const page = await opened.newPage();
    for (const name of names) {
      const file = path.join(to, `${name}.pdf`);
      mkdirSync(path.dirname(file), { recursive: true });
      await page.goto(pathToFileURL(path.join(from, `${name}.html`)).href);
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
      await page.pdf({ path: file, format: 'A4', printBackground: true, tagged: true, outline: true });
    }
  } finally {
    await opened.close();
  }
  return true;
}
