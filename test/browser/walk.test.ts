// A student goes through a notebook with the keyboard alone, and answers wrongly at first. All of them: npm run walk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeInBrowser } from '../support/browser/in-browser';
import { openJupyterLab } from '../support/browser/jupyter-page';
import { readNotebooks } from '../support/notebooks/notebook-file';
import { walkNotebook } from './walk/walk-notebook';

const NAME = '01-what-is-a-process.ipynb';

describeInBrowser('a student at the keyboard', openJupyterLab, (browser) => {
  test(`goes through ${NAME} from its first cell to its last, and every check holds in the end`, async () => {
    const notebook = readNotebooks().find(({ name }) => name === NAME);
    assert.ok(notebook);
    const { faults, exercises } = await walkNotebook(browser.lab, notebook, {});
    assert.deepEqual(faults, []);
    assert.equal(exercises, 1);
  });
});
