// A course of one's own, as its teacher makes it: an exercise, the students' version, what came back, the grades.
import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Notebook, sourceOf } from '../../../kernel/cli/notebook-runner/notebook-file';
import { installation } from '../../../kernel/package-root';
import { type Ended, parlab } from '../../support/commands/parlab';
import { exercisesOf, readNotebooks } from '../../support/notebooks/notebook-file';
import { nothingLeft } from '../../support/processes/nothing-left';

const SOLUTION = 'using held = lock.acquireSync();';
const STUB = '// YOUR CODE HERE';

describe('a course', () => {
  let course: string;
  const run = (...args: string[]): Promise<Ended> => parlab(args, { cwd: course });
  const read = (file: string): Notebook => JSON.parse(readFileSync(path.join(course, file), 'utf8'));

  before(() => {
    course = mkdtempSync(path.join(tmpdir(), 'course-'));
  });
  after(async () => {
    rmSync(course, { recursive: true, force: true });
    await nothingLeft();
  });

  test('begins with an exercise that runs: parlab new exercise', async () => {
    const { code, stdout } = await run('new', 'exercise', "Ada's adders", '--to', 'notebooks');
    assert.match(stdout, /^notebooks\/ada-s-adders\.ipynb has an exercise that runs/);
    assert.equal(code, 0);
    const again = await run('new', 'exercise', "Ada's adders", '--to', 'notebooks');
    assert.deepEqual(
      [again.code, again.stderr],
      [1, 'parlab: notebooks/ada-s-adders.ipynb is there already: give another name.\n'],
    );
    const passed = await run('check', '--passed', 'notebooks/ada-s-adders.ipynb');
    assert.match(passed.stdout, /1 student, 1 exercise: 1 of 1 hold\.\n$/);
    assert.equal(passed.code, 0);
  });

  test('is released without solutions: parlab release', async () => {
    writeFileSync(path.join(course, 'notebooks', 'data.txt'), 'some data');
    const { code, stdout } = await run('release', 'notebooks', '--to', 'student');
    assert.match(
      stdout,
      /✓ ada-s-adders {2}start: not yet {2}solution: yes {2}wrong: 5 of 5 refused\n1 notebook without solutions/,
    );
    assert.equal(code, 0);
    const { cells } = read('student/ada-s-adders.ipynb');
    const text = cells.map(sourceOf).join('\n');
    assert.ok(text.includes(STUB) && !text.includes(SOLUTION) && !text.includes('own.acquire'), text);
    assert.deepEqual(
      cells.filter((cell) => cell.outputs?.length || cell.execution_count),
      [],
    );
    assert.equal(readFileSync(path.join(course, 'student', 'data.txt'), 'utf8'), 'some data');
  });

  test('is released over nothing that is there, unless told so', async () => {
    const { code, stderr } = await run('release', 'notebooks', '--to', 'student', '--no-try');
    assert.equal(code, 1);
    assert.match(stderr, /^parlab: student\/ada-s-adders\.ipynb is there already: .* --force/);
    const forced = await run('release', 'notebooks', '--to', 'student', '--no-try', '--force');
    assert.equal(forced.code, 0, forced.stderr);
    const within = await run('release', 'notebooks', '--to', 'notebooks/student');
    assert.match(within.stderr, /give a folder that is not within notebooks/);
  });

  test('is not released with an exercise that is none', async () => {
    const broken = read('notebooks/ada-s-adders.ipynb');
    const [cell] = broken.cells.filter(({ metadata }) => metadata.tags?.includes('exercise'));
    assert.ok(cell);
    const source = sourceOf(cell);
    mkdirSync(path.join(course, 'broken'));
    const [wrong] = broken.cells.filter(({ metadata }) => metadata.tags?.includes('wrong'));
    assert.ok(wrong);
    const write = (name: string, changed: string, called = wrong.source): void => {
      cell.source = changed;
      wrong.source = called;
      writeFileSync(path.join(course, 'broken', `${name}.ipynb`), JSON.stringify(broken));
    };
    write('1-wrong-solution', source.replace(SOLUTION, ''));
    write(
      '2-right-start',
      `${source.replace(/ *\/\/ (BEGIN|END) SOLUTION\n/g, '')}\n// BEGIN SOLUTION\n// END SOLUTION`,
    );
    const fence = '```';
    write('3-right-answer-called-wrong', source, `${fence}ts\n${source}\n${fence}`);
    write('4-wrong-answer-that-does-not-run', source, `${fence}ts\nfunction addOne( {}\n${fence}`);
    const { code, stdout } = await run('release', 'broken', '--to', 'never');
    assert.match(
      stdout,
      /✗ ada-s-adders .*\n +its solution does not pass: with 2 children, from 0: in 4 of 6 orders it returns 1/,
    );
    assert.match(stdout, /✗ ada-s-adders .*\n +what the student finds passes already: I checked/);
    assert.match(stdout, /✗ ada-s-adders .*\n +its wrong answer 1 passes: I checked/);
    assert.match(stdout, /✗ ada-s-adders .*\n +its wrong answer 1 does not run: Cell \d+:1:/);
    assert.match(stdout, /Nothing was written to never/);
    assert.equal(code, 1);
    assert.ok(!existsSync(path.join(course, 'never')));
  });

  test('has a check that knows each constant and each wrong lock: those of parlab new exercise', async () => {
    const original = read('notebooks/ada-s-adders.ipynb');
    const place = path.join(course, 'answers');
    mkdirSync(place);
    const ANSWERS: readonly (readonly [name: string, answer: string, row: RegExp])[] = [
      [
        '1-finally',
        '{\n  lock.acquireSync();\n  try {\n    counter.value += 1;\n  } finally {\n    lock.release();\n  }\n}',
        /,1,1,yes,/,
      ],
      ['2-own-way', '{\n  lock.acquireSync();\n  counter.value += 1;\n  lock.release();\n}', /,1,1,yes,/],
      [
        '3-two',
        '{\n  counter.value = 2;\n}',
        /not yet,"?with 3 children, from 10: in every order it returns 2/,
      ],
      [
        '4-returns-two',
        '{\n  return 2;\n}',
        /not yet,"?with 2 children, from 0: in its only order it returns 0/,
      ],
      ['5-nothing', '{}', /not yet,"?with 2 children, from 0: in its only order it returns 0/],
      [
        '6-two-more',
        '{\n  counter.value += 2;\n}',
        /not yet,"?with 2 children, from 0: in 2 of 6 orders it returns 4/,
      ],
      [
        '7-endless',
        '{\n  lock.acquireSync();\n  lock.acquireSync();\n}',
        /not yet,"?with 2 children, from 0: .* never ends/,
      ],
    ];
    for (const [name, answer] of ANSWERS) {
      const cells = original.cells.map((cell) =>
        cell.id === 'ada-s-adders' ? { ...cell, source: `function addOne() ${answer}` } : cell,
      );
      writeFileSync(path.join(place, `${name}.ipynb`), JSON.stringify({ ...original, cells }));
    }
    const args = ['grade', 'answers', '--to', 'answers.csv', '--checks', 'notebooks'];
    const { stdout, code, stderr } = await parlab(args, { cwd: course, limitMs: 15 * 60_000 });
    assert.equal(code, 0, stderr);
    const rows = readFileSync(path.join(course, 'answers.csv'), 'utf8').split('\r\n').slice(1);
    for (const [at, [, , row]] of ANSWERS.entries()) assert.match(rows[at] ?? '', row, stdout);
  });

  test('is graded: right, wrong, edited, cheating, hanging, crashing and empty submissions', async () => {
    await run('new', 'exercise', 'Adders', '--to', 'graded');
    await run('release', 'graded', '--to', 'handed-out', '--no-try');
    const original = path.join(course, 'handed-out', 'adders.ipynb');
    const place = path.join(course, 'submitted');
    mkdirSync(place);
    const submit = (student: string, change: (source: string, id: string) => string): void => {
      const notebook = JSON.parse(readFileSync(original, 'utf8')) as Notebook;
      for (const cell of notebook.cells) cell.source = change(sourceOf(cell), cell.id ?? '');
      writeFileSync(path.join(place, `${student}.ipynb`), JSON.stringify(notebook));
    };
    const answer = (text: string) => (source: string) => source.replace(STUB, text);
    const before = (line: string) => (source: string, id: string) =>
      id === 'adders' ? `${line}\n${source}` : source;
    const FILE = "import { writeFileSync } from 'node:fs';\nwriteFileSync('mine.txt', '');";
    const EDITED = "import { Verdict } from 'parlab/tutorial';\nVerdict.yes('sure');";
    mkdirSync(path.join(place, 'ada-right'));
    submit('ada-right/renamed (1)', answer(SOLUTION));
    submit('bob-wrong', before(FILE));
    submit('cem-edited', (source, id) => (id.endsWith('-check') ? EDITED : source));
    submit('dov-hangs', before('for (;;);'));
    submit('eva-crashes', before("process.kill(process.ppid, 'SIGKILL');"));
    const LENIENT = 'const returns = () => ({ words: "anything" });';
    submit('hal-tools', (source, id) => (id === 'adders-given' ? `${source}\n${LENIENT}` : source));
    submit('ida-shadows', before(LENIENT));
    submit('jo-deleted', (source, id) => (id === 'adders' ? '' : source));
    writeFileSync(path.join(place, 'fay-broken.ipynb'), 'not JSON');
    mkdirSync(path.join(place, 'gil-empty'));

    const args = ['grade', 'submitted', '--to', 'grades.csv', '--checks', 'graded', '--timeout', '60'];
    const { code, stdout, stderr } = await parlab(args, { cwd: course, limitMs: 15 * 60_000 });
    assert.equal(code, 0, stderr);
    const rows = readFileSync(path.join(course, 'grades.csv'), 'utf8').trim().split('\r\n');
    assert.equal(rows[0], 'student,holds,of,adders,adders: why,remark');
    for (const [at, row] of [
      /^ada-right,1,1,yes,"I checked all 6 orders/,
      /^bob-wrong,0,1,not yet,"?with 2 children, from 0: in 4 of 6 orders it returns 1 instead of 2\./,
      /^cem-edited,0,1,not yet,"?with 2 children, from 0: in 4 of 6 orders/,
      /^dov-hangs,0,1,not yet/,
      /^eva-crashes,0,1,not run,"?Not judged: The kernel died while Cell 2 \(`process\.kill/,
      /^fay-broken,0,1,not run,it was not judged: see the remark\.,fay-broken\.ipynb is no Jupyter notebook\./,
      /^gil-empty,0,1,not run,it was not judged: see the remark\.,There is no notebook in it\./,
      /^hal-tools,0,1,not yet,"?with 2 children, from 0: in 4 of 6 orders/,
      /^ida-shadows,0,1,not yet,"?with 2 children, from 0: in 4 of 6 orders/,
      /^jo-deleted,0,1,not run,"?nothing was handed in for adders: its cell is not there, or empty\./,
    ].entries()) {
      assert.match(rows[at + 1] ?? '', row, stdout);
    }
    assert.equal(rows.length, 11);
    assert.match(
      stdout,
      /ida-shadows: The answer to adders makes anew what the notebook gives \(`returns`\)/,
    );
    assert.match(stdout, /10 students, 1 exercise: 1 of 10 hold\.\n\nThe table is in grades\.csv\.\n$/);
    assert.ok(!existsSync(path.join(place, 'mine.txt')), 'it ran in the folder of the submissions');
    const again = await run('grade', 'submitted', '--to', 'grades.csv');
    assert.match(again.stderr, /^parlab: grades\.csv is there already: give another name, or --force/);
  });

  test('of the tutorial: each exercise fails, its solution passes, and put back it passes again', async () => {
    // All solutions are tried by test/notebooks/run/.
    const chosen = readNotebooks().filter(({ name }) => /^(?:01|06|11)-/.test(name));
    mkdirSync(path.join(course, 'originals'));
    for (const { name } of chosen)
      copyFileSync(path.join(installation, 'notebooks', name), path.join(course, 'originals', name));
    const { code, stdout } = await run('release', 'originals', '--to', 'tutorial', '--timeout', '120');
    assert.equal(code, 0, stdout);
    const exercises = chosen.flatMap((each) => exercisesOf(each));
    assert.equal(exercises.length, 10);
    for (const { exercise } of exercises)
      assert.match(stdout, new RegExp(`✓ ${exercise.id} +start: not yet +solution: yes`));
    const names = [...new Set(exercises.map(({ notebook }) => notebook.name))];
    for (const name of names) {
      const notebook = read(`tutorial/${name}`);
      for (const { exercise, solution, notebook: from } of exercises) {
        if (from.name !== name) continue;
        const [cell] = notebook.cells.filter(({ id }) => id === exercise.id);
        assert.ok(cell && !notebook.cells.some((each) => sourceOf(each).includes(solution)), exercise.id);
        cell.source = solution;
      }
      writeFileSync(path.join(course, 'tutorial', name), JSON.stringify(notebook));
    }
    const passed = await run('check', '--passed', ...names.map((name) => `tutorial/${name}`));
    for (const { exercise } of exercises)
      assert.match(passed.stdout, new RegExp(`^${exercise.id} +1 of`, 'm'));
  });
});
