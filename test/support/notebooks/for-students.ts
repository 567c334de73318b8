// A notebook runs in the real kernel as a student gets it, and every answer to its exercises gets the verdict it deserves. A file
// of its own for each, so that they need not wait for each other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { answersTo } from '../../notebooks/answers/answers';
import { nothingLeft } from '../processes/nothing-left';
import { exercisesOf, type Notebook, notebooksFolder, readNotebooks } from './notebook-file';
import { codeCell, runNotebook } from './run-notebook';

interface Attempt {
  what: string;
  code: string;
  check: string;
  verdict: RegExp;
}

/** `name`: without `.ipynb`. */
export function runsForStudents(name: string): void {
  const notebook = readNotebooks().find((each) => each.name === `${name}.ipynb`);
  assert.ok(notebook, name);
  const attempts = attemptsAt(notebook);
  describe(notebook.name, () => {
    // One kernel for all: the notebook from top to bottom, then every answer followed by the check.
    const texts = run(notebook, attempts);

    test('runs from top to bottom, and the checks of what is not solved yet say so kindly', () => {
      for (const cell of notebook.cells.filter((each) => each.tags.includes('check'))) {
        assert.match(texts.get(cell.id) ?? '', /➜ Not yet/, cell.id);
      }
    });

    for (const [at, { what, verdict }] of attempts.entries()) {
      test(what, () => assert.match(texts.get(`check-${at}`) ?? '', verdict));
    }
  });
  after(nothingLeft);
}

function attemptsAt(notebook: Notebook): Attempt[] {
  const answers = answersTo(notebook);
  return exercisesOf(notebook).flatMap(({ exercise, check, solution }) => {
    const known = answers[exercise.id];
    assert.ok(known, `no answers are known for the exercise ${exercise.id}`);
    const yes = /✔ Yes/;
    return [
      { what: `the solution of ${exercise.id} passes`, code: solution, check: check.source, verdict: yes },
      ...known.right.map((code, at) => ({
        what: `right answer ${at + 1} to ${exercise.id} passes`,
        code,
        check: check.source,
        verdict: yes,
      })),
      ...known.wrong.map(([code, sentence]) => ({
        what: `a wrong answer to ${exercise.id} hears: ${sentence.source}`,
        code,
        check: check.source,
        verdict: new RegExp(`➜ Not yet.*${sentence.source}`, 's'),
      })),
    ];
  });
}

/** What each cell showed as text, by its id; `check-N` belongs to attempt N. */
function run(notebook: Notebook, attempts: Attempt[]): Map<string, string> {
  const content = JSON.parse(readFileSync(path.join(notebooksFolder, notebook.name), 'utf8')) as {
    cells: object[];
  };
  for (const [at, { code, check }] of attempts.entries()) {
    content.cells.push(
      codeCell({ id: `answer-${at}`, source: code }),
      codeCell({ id: `check-${at}`, source: check, tags: ['check'] }),
    );
  }
  return runNotebook(content, notebook.name);
}
