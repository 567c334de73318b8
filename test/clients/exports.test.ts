// Whoever runs a notebook in order to keep it gets every line that the children of its cells print.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Notebook, Output } from '../../kernel/cli/notebook-runner/notebook-file';
import { parlab, runToEnd } from '../support/commands/parlab';
import { clientEnvironment, clientPrograms } from '../support/jupyter/environment';
import { notebooksFolder } from '../support/notebooks/notebook-file';
import { nothingLeft } from '../support/processes/nothing-left';

const notebooks = ['01-what-is-a-process', '02-create-then-start', '03-many-processes'];

describe('executed by', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'exports-'));
    env = clientEnvironment(await clientPrograms(), home);
    for (const name of notebooks) {
      copyFileSync(path.join(notebooksFolder, `${name}.ipynb`), path.join(home, `${name}.ipynb`));
      copyFileSync(path.join(notebooksFolder, `${name}.ipynb`), path.join(home, `${name}.kept.ipynb`));
    }
    const kept = notebooks.map((name) => `${name}.kept.ipynb`);
    const { code, stdout } = await parlab(['check', '--write', ...kept], { cwd: home });
    assert.equal(code, 0, stdout);
  });
  after(async () => {
    rmSync(home, { recursive: true, force: true });
    await nothingLeft();
  });

  const toNotebook = ['nbconvert', '--to', 'notebook', '--execute'];
  const clients = [
    { client: 'nbclient', names: notebooks, command: ['jupyter', 'execute'] },
    { client: 'nbconvert', names: notebooks, command: ['jupyter', ...toNotebook] },
    // It takes every error for a failure, also where the cell's tag says that one is meant.
    { client: 'papermill', names: notebooks.slice(0, 1), command: ['papermill'] },
  ];

  for (const { client, names, command } of clients) {
    for (const name of names) {
      test(`${client}, ${name} has the lines that parlab check stores`, async () => {
        const [program = '', ...args] = command;
        const made = client === 'papermill' ? ['made.ipynb'] : ['--output=made.ipynb'];
        const { code, stderr } = await runToEnd(program, [...args, `${name}.ipynb`, ...made], {
          cwd: home,
          env,
        });
        assert.equal(code, 0, stderr);
        const wanted = linesOf(path.join(home, `${name}.kept.ipynb`));
        assert.ok(wanted.length > 2, wanted.join('\n'));
        assert.deepEqual(linesOf(path.join(home, 'made.ipynb')), wanted);
      });
    }
  }
});

/** What each cell printed, in no order; the numbers of processes differ from run to run. */
function linesOf(file: string): string[] {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
  return cells.flatMap(({ outputs = [] }, at) =>
    textOf(outputs)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${at}: ${line.replace(/\d+/g, '#')}`)
      .sort(),
  );
}

function textOf(outputs: Output[]): string {
  return outputs.map(({ text = '' }) => (Array.isArray(text) ? text.join('') : String(text))).join('');
}
