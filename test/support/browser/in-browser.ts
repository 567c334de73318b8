// Tests in a page of a real browser, which is opened before the first of them and closed behind the last.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { nothingLeft } from '../processes/nothing-left';
import { findChromium, type JupyterPage } from './jupyter-page';

/** `lab` is there while the tests run. Skipped where no Chromium is found; in CI one must be there. */
export function describeInBrowser(
  title: string,
  open: (chromium: string) => Promise<JupyterPage>,
  declareTests: (browser: { readonly lab: JupyterPage }) => void,
): void {
  const chromium = findChromium();
  // In CI a skipped test would pass unseen.
  const skip =
    !chromium && !process.env.CI
      ? 'no Chromium was found: install chromium, or set CHROMIUM to its path'
      : false;
  after(nothingLeft);
  describe(title, { skip }, () => {
    let opened: JupyterPage | undefined;
    before(async () => {
      assert.ok(chromium, 'CI has no Chromium: .ci/run installs it');
      opened = await open(chromium);
    });
    after(() => opened?.close());
    declareTests({
      get lab() {
        assert.ok(opened);
        return opened;
      },
    });
  });
}

/** Opens a notebook in the page that `open` gives. */
export function withNotebook(
  notebook: string,
  open: (chromium: string) => Promise<JupyterPage>,
): (chromium: string) => Promise<JupyterPage> {
  return async (chromium) => {
    const lab = await open(chromium);
    await lab.open(notebook);
    return lab;
  };
}
