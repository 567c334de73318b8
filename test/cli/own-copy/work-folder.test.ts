// The student's own copy of the notebooks: an update never touches what she has written.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Notebook } from '../../../kernel/cli/notebook-runner/notebook-file';
import { landingPage } from '../../../kernel/cli/own-copy/landing-page';
import {
  bringUpToDate,
  isWorkFolder,
  startOver,
  type WorkFolder,
} from '../../../kernel/cli/own-copy/work-folder';
import { code, notebook } from '../../support/notebooks/cells';

describe('the work folder', () => {
  let place: string;
  let work: WorkFolder;
  beforeEach(() => {
    place = mkdtempSync(path.join(tmpdir(), 'work-'));
    work = { originals: path.join(place, 'notebooks'), folder: path.join(place, 'work') };
    mkdirSync(path.join(work.originals, 'images'), { recursive: true });
    original('01-one.ipynb', notebook(code('a', '1')));
    original('02-two.ipynb', notebook(code('a', '2')));
    writeFileSync(path.join(work.originals, 'images', 'picture.svg'), '<svg/>');
    bringUpToDate(work);
  });
  afterEach(() => rmSync(place, { recursive: true }));

  const write = (folder: string, name: string, content: Notebook): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(content));
  const original = (name: string, content: Notebook): void => write(work.originals, name, content);
  const hers = (name: string, content: Notebook): void => write(work.folder, name, content);
  const sourceIn = (name: string): unknown =>
    (JSON.parse(readFileSync(path.join(work.folder, name), 'utf8')) as Notebook).cells[0]?.source;

  test('has every file of the originals, and a second start changes nothing', () => {
    assert.equal(sourceIn('01-one.ipynb'), '1');
    assert.equal(readFileSync(path.join(work.folder, 'images', 'picture.svg'), 'utf8'), '<svg/>');
    assert.ok(isWorkFolder(work.folder) && !isWorkFolder(work.originals));
    assert.deepEqual(bringUpToDate(work), []);
  });

  test('gets a newer original where she has not changed hers, and only there', () => {
    hers('02-two.ipynb', notebook(code('a', 'my answer')));
    original('01-one.ipynb', notebook(code('a', '1 mended')));
    original('02-two.ipynb', notebook(code('a', '2 mended')));
    const newer = [
      { name: '01-one.ipynb', type: 'updated' },
      { name: '02-two.ipynb', type: 'kept' },
    ];
    assert.deepEqual(bringUpToDate(work), newer);
    assert.deepEqual([sourceIn('01-one.ipynb'), sourceIn('02-two.ipynb')], ['1 mended', 'my answer']);
    // She hears of it again until she has it.
    assert.deepEqual(bringUpToDate(work), newer.slice(1));
  });

  test('takes a notebook that she has only run, or opened, for unchanged', () => {
    const ran = notebook({ ...code('a', '1'), execution_count: 7 });
    ran.cells[0]?.outputs?.push({ output_type: 'stream', name: 'stdout', text: '1\n' });
    hers('01-one.ipynb', { ...ran, metadata: { language_info: { name: 'typescript' } } });
    assert.deepEqual(bringUpToDate(work), []);
    original('01-one.ipynb', notebook(code('a', '1 mended')));
    assert.deepEqual(bringUpToDate(work), [{ name: '01-one.ipynb', type: 'updated' }]);
  });

  test('gets back what was deleted, and keeps what the originals have not', () => {
    rmSync(path.join(work.folder, '01-one.ipynb'));
    hers('mine.ipynb', notebook(code('a', 'mine')));
    assert.deepEqual(bringUpToDate(work), [{ name: '01-one.ipynb', type: 'copied' }]);
    assert.equal(sourceIn('mine.ipynb'), 'mine');
  });

  test('counts everything as hers when nobody remembers what was copied', () => {
    rmSync(path.join(work.folder, '.originals.json'));
    original('01-one.ipynb', notebook(code('a', '1 mended')));
    assert.deepEqual(bringUpToDate(work), [{ name: '01-one.ipynb', type: 'kept' }]);
    assert.equal(sourceIn('01-one.ipynb'), '1');
  });

  test('starts one notebook over, and keeps hers under another name, as often as she likes', () => {
    for (const number of [1, 2]) {
      hers('02-two.ipynb', notebook(code('a', `try ${number}`)));
      const kept = `02-two.mine-${number}.ipynb`;
      assert.deepEqual(startOver(work, '02'), { fresh: '02-two.ipynb', kept });
      assert.deepEqual([sourceIn('02-two.ipynb'), sourceIn(kept)], ['2', `try ${number}`]);
    }
    original('02-two.ipynb', notebook(code('a', '2 mended')));
    assert.deepEqual(bringUpToDate(work), [{ name: '02-two.ipynb', type: 'updated' }]);
    assert.ok(existsSync(path.join(work.folder, '02-two.mine-1.ipynb')));
  });

  for (const wanted of ['1', '01', '01-one', '01-one.ipynb', 'work/01-one.ipynb', 'one']) {
    test(`knows which notebook is meant by ${wanted}`, () => {
      assert.equal(startOver(work, wanted).fresh, '01-one.ipynb');
    });
  }

  test('says which notebooks there are when one is not known', () => {
    const known = 'give one of 01-one.ipynb, 02-two.ipynb.';
    assert.throws(() => startOver(work, '07'), { message: `There is no notebook 07: ${known}` });
    assert.throws(() => startOver(work, '0'), { message: `0 may be any of several: ${known}` });
  });

  test('has a page that says how far she is, by the verdicts in her saved notebooks', () => {
    writeFileSync(
      path.join(work.originals, 'README.md'),
      '# Contents\n\n| | notebook |\n|---|---|\n| 1 | [One](01-one.ipynb) |\n| 2 | [Two](02-two.ipynb) |\n\nMore: [there](../docs/more.md).\n\nGo on.\n',
    );
    const said = (text: string) => ({
      output_type: 'execute_result',
      data: { 'text/plain': [text] },
      metadata: {},
    });
    const checks = notebook(code('a', 'one', 'check'), code('b', 'two', 'check'));
    checks.cells[0]?.outputs?.push(said('✔ Yes: it is.'));
    checks.cells[1]?.outputs?.push(said('➜ Not yet: it is not.'));
    hers('01-one.ipynb', checks);
    assert.equal(
      landingPage(work),
      '# Contents\n\n| | notebook | you |\n|---|---|---|\n| 1 | [One](01-one.ipynb) | 1 of 2 checks |\n' +
        '| 2 | [Two](02-two.ipynb) | not begun |\n\nGo on.\n',
    );
    checks.cells[1]?.outputs?.splice(0, 1, said('! A surprise: it was 3.'));
    hers('01-one.ipynb', checks);
    assert.match(landingPage(work), /\| ✔ all \|/);
    // Of the checks of a choice one is enough.
    checks.cells[1]?.outputs?.splice(0, 1, said('➜ Not yet: it is not.'));
    for (const cell of checks.cells) cell.metadata = { tags: ['check', 'choice'] };
    hers('01-one.ipynb', checks);
    assert.match(landingPage(work), /\| ✔ all \|/);
  });
});
