// nbgrader, as a teacher uses it: from notebooks with solutions to points.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Notebook, sourceOf } from '../../kernel/cli/notebook-runner/notebook-file';
import { parlab, runToEnd } from '../support/commands/parlab';
import { clientEnvironment, clientPrograms } from '../support/jupyter/environment';
import { nothingLeft } from '../support/processes/nothing-left';

describe('nbgrader', () => {
  let course: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    course = mkdtempSync(path.join(tmpdir(), 'nbgrader-'));
    env = clientEnvironment(await clientPrograms(), course);
  });
  after(async () => {
    rmSync(course, { recursive: true, force: true });
    await nothingLeft();
  });

  const file = (...parts: string[]): string => path.join(course, ...parts);
  const run = async (program: string, ...args: string[]): Promise<void> => {
    const { code, stderr } = await runToEnd(program, args, { cwd: course, env });
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /cannot be converted/);
  };
  const parlabRuns = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await parlab(args, { cwd: course });
    assert.equal(code, 0, stderr);
  };

  test('gives the point for a right answer, and none for a wrong one or for an edited check', async () => {
    await parlabRuns('new', 'exercise', 'Adders', '--to', 'notebooks');
    await parlabRuns('release', 'notebooks', '--to', 'source/ps1', '--nbgrader', '--no-try');
    await run('nbgrader', 'generate_assignment', 'ps1');
    const released = readFileSync(file('release', 'ps1', 'adders.ipynb'), 'utf8');
    const start = JSON.parse(released) as Notebook;
    assert.ok(start.cells.some((cell) => sourceOf(cell).includes('// YOUR CODE HERE')));

    const submit = (student: string, change: (source: string) => string): void => {
      const notebook = JSON.parse(released) as Notebook;
      for (const cell of notebook.cells) cell.source = change(sourceOf(cell));
      mkdirSync(file('submitted', student, 'ps1'), { recursive: true });
      writeFileSync(file('submitted', student, 'ps1', 'adders.ipynb'), JSON.stringify(notebook));
    };
    submit('ada', (source) => source.replace('// YOUR CODE HERE', 'using held = lock.acquireSync();'));
    submit('bob', (source) => source);
    submit('cem', (source) => (source.includes('orThrow') ? '1' : source));
    await run('nbgrader', 'autograde', 'ps1');
    await run('nbgrader', 'export');
    const [header = '', ...rows] = readFileSync(file('grades.csv'), 'utf8').trim().split(/\r?\n/);
    const columns = header.split(',');
    assert.deepEqual(
      rows.map((row) =>
        ['student_id', 'score', 'max_score'].map((name) => row.split(',')[columns.indexOf(name)]),
      ),
      [
        ['ada', '1.0', '1.0'],
        ['bob', '0.0', '1.0'],
        ['cem', '0.0', '1.0'],
      ],
    );
  });
});
