// The notebook that is graded: the instructor's cells, and the student's answers in it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gradedNotebook, originOf } from '../../../kernel/cli/course/graded-notebook';
import { type Cell, hasTag, type Notebook } from '../../../kernel/cli/notebook-runner/notebook-file';
import { isSameButForTexts } from '../../../kernel/compiler-process/same-call';
import { statementsOf } from '../../../kernel/compiler-process/statements';
import { code, notebook, text } from '../../support/notebooks/cells';

const reader = { statementsOf, isSameButForTexts };

const GIVEN = `import { Lock } from 'parlab';
import { check, returns } from 'parlab/tutorial';
let tries = 1;
function judge(n: number) {
  return returns(n);
}`;
const LETTER = "import { answer } from 'parlab/tutorial';\nanswer('a', '?');";

const origin = notebook(
  text('title', '# Sums'),
  code('given', GIVEN),
  code('sum', 'let n = 1;\n// BEGIN SOLUTION\nlet own = 2;\n// END SOLUTION', 'exercise'),
  code('between', 'console.log(n);'),
  code('sum-check', 'judge(n);', 'check'),
  code('two', 'let m = 1;', 'exercise'),
  code('two-check', 'check(m);', 'check'),
  code('two-solution', 'let m = 2;', 'solution'),
  code('letter', LETTER, 'check'),
);
const handedOut = origin.cells.filter((cell) => !hasTag(cell, 'solution'));

const graded = (submitted: Notebook) => gradedNotebook(origin, submitted, reader);

/** The code that runs; a check is marked by its sign. */
function run(submitted: Notebook): string[] {
  return graded(submitted)
    .notebook.cells.filter(({ cell_type }) => cell_type === 'code')
    .map((cell) => `${hasTag(cell, 'check') ? '✔ ' : ''}${cell.source}`);
}

/** The notebook as it was handed out, with two answers and some cells in other words. */
function submission(changed: Record<string, string> = {}): Notebook {
  const sources: Record<string, string> = { sum: 'let n = 2;', two: 'let m = 2;', ...changed };
  return notebook(...handedOut.map((cell) => ({ ...cell, source: sources[String(cell.id)] ?? cell.source })));
}

const RUN = [
  GIVEN,
  'let n = 2;',
  'console.log(n);',
  '✔ judge(n);',
  'let m = 2;',
  '✔ check(m);',
  `✔ ${LETTER}`,
];

/** All of RUN, with these lines in place of the first answer. */
const withSum = (...answer: string[]) => [GIVEN, ...answer, ...RUN.slice(2)];

describe('the notebook that is graded', () => {
  test('has the instructor’s cells and the student’s answers, and no solution', () => {
    assert.deepEqual(run(submission()), RUN);
  });

  for (const id of ['given', 'between', 'sum-check', 'two-check'] as const) {
    test(`has no given cell that was edited: ${id}`, () => {
      assert.deepEqual(run(submission({ [id]: 'const returns = () => null;' })), RUN);
    });

    test(`has each given cell that was deleted: ${id}`, () => {
      const { cells, ...rest } = submission();
      assert.deepEqual(run({ ...rest, cells: cells.filter((cell) => cell.id !== id) }), RUN);
    });

    test(`has no given cell twice: ${id}`, () => {
      const { cells, ...rest } = submission();
      assert.deepEqual(run({ ...rest, cells: [...cells, code(id, 'throw 1;', 'check')] }), RUN);
    });
  }

  test('runs in the instructor’s order', () => {
    const { cells, ...rest } = submission();
    assert.deepEqual(run({ ...rest, cells: cells.toReversed() }), RUN);
  });

  test('has an answer whose cell was made a text or was tagged otherwise', () => {
    const { cells, ...rest } = submission();
    const changed = cells.map((cell) =>
      cell.id === 'sum' ? text('sum', 'let n = 2;', 'skip-execution') : cell,
    );
    assert.deepEqual(run({ ...rest, cells: changed }), RUN);
  });

  test('has the cells that the student added, each above the check it was written for', () => {
    const [title, given, sum, between, sumCheck, two, ...others] = submission().cells;
    const cells = [
      code('1', 'let one = 1;'),
      title,
      given,
      text('words', 'What I think.'),
      code('2', 'let two = 2;', 'check'),
      sum,
      between,
      code('3', 'let three = 3;'),
      sumCheck,
      code('4', 'let four = 4;', 'exercise'),
      two,
      ...others,
      code('5', 'let five = 5;'),
    ].filter((cell) => cell !== undefined);
    assert.deepEqual(run(notebook(...cells)), [
      GIVEN,
      ...['let one = 1;', 'let two = 2;', 'let n = 2;', 'let three = 3;'],
      'console.log(n);',
      '✔ judge(n);',
      ...['let four = 4;', 'let m = 2;', '✔ check(m);', `✔ ${LETTER}`],
    ]);
  });

  test('has both cells of an id that stands twice: the later one holds, as it did for the student', () => {
    const { cells, ...rest } = submission();
    const twice = cells.flatMap((cell) => (cell.id === 'sum' ? [code('sum', 'let n = 1;'), cell] : cell));
    assert.deepEqual(run({ ...rest, cells: twice }), withSum('let n = 1;', 'let n = 2;'));
  });

  for (const [what, change] of [
    ['deleted', () => []],
    ['emptied', (cell: Cell) => [{ ...cell, source: ' \n' }]],
  ] as const) {
    test(`has all checks, and says what was not handed in: an exercise that was ${what}`, () => {
      const { cells, ...rest } = submission();
      const changed = cells.flatMap((cell) => (cell.id === 'sum' ? change(cell) : [cell]));
      const { checks } = graded({ ...rest, cells: changed });
      assert.deepEqual(
        [...checks].map(([name, check]) => [name, check?.id]),
        [
          ['sum', undefined],
          ['two', 'two-check'],
          ['letter', 'letter'],
        ],
      );
    });
  }

  for (const [what, answer, again] of [
    ['a function', 'function judge() {}', 'function judge(n: number) {\n  return returns(n);\n}'],
    ['an import', 'const returns = 5;', "import { check, returns } from 'parlab/tutorial';"],
    [
      'another import',
      "import { inspect as check } from 'node:util';",
      "import { check, returns } from 'parlab/tutorial';",
    ],
    ['a variable', 'tries = 7;', 'let tries = 1;'],
    ['a part of a pattern', '({ tries } = { tries: 7 });', 'let tries = 1;'],
    ['a var in a block', '{\n  var tries = 7;\n}', 'let tries = 1;'],
    ['what a function of the answer changes', 'function f() {\n  tries += 1;\n}', 'let tries = 1;'],
  ] as const) {
    test(`gives again for the check what an answer makes anew: ${what}`, () => {
      const submitted = submission({ sum: `let n = 2;\n${answer}` });
      assert.deepEqual(run(submitted), withSum(`let n = 2;\n${answer}`, again));
      assert.match(
        graded(submitted).notes.join(),
        /^The answer to sum makes anew .* \(`\w+`\); its check used/,
      );
    });
  }

  for (const [what, answer] of [
    ['the same import', "import { Lock } from 'parlab';"],
    ['what the solution makes', 'let own = 3;'],
    [
      'a name within a function',
      'function f(judge: number) {\n  for (let tries = 0; tries < judge; tries++);\n  var returns = 1;\n}',
    ],
  ] as const) {
    test(`leaves to the answer what is its own: ${what}`, () => {
      const submitted = submission({ sum: `let n = 2;\n${answer}` });
      assert.deepEqual(run(submitted), withSum(`let n = 2;\n${answer}`));
      assert.deepEqual(graded(submitted).notes, []);
    });
  }

  const right = "import { answer } from 'parlab/tutorial';\nanswer('a', \"b\");";
  test('has an answer that stands within its check', () => {
    assert.deepEqual(run(submission({ letter: right })), [...RUN.slice(0, -1), `✔ ${right}`]);
  });

  for (const [how, line] of [
    ['without a semicolon', "answer('a', 'b')"],
    ['with a comment', "// I think so\nanswer('a', 'b'); // because"],
    ['awaited', "await answer('a', 'b');"],
    ['with other spaces and quotes', 'answer( "a" ,"b" );'],
    ['as a template', "answer('a', `b`);"],
    ['by a name', "const mine = 'b';\nanswer('a', mine);"],
    ['without quotes, which the question tells', "answer('a', b);"],
    ['given twice', "answer('a', 'c');\nanswer('a', 'b');"],
  ] as const) {
    test(`has an answer however it is written: ${how}`, () => {
      const written = `import { answer } from 'parlab/tutorial';\n${line}`;
      assert.deepEqual(run(submission({ letter: written })), [...RUN.slice(0, -1), `✔ ${written}`]);
    });
  }

  for (const more of [
    "import { answer } from './mine';\nanswer('a', 'b');",
    "import { answer } from 'parlab/tutorial';\nanswer('other', 'b');",
    "import { answer } from 'parlab/tutorial';\nanswer('a', right());",
    "import { answer } from 'parlab/tutorial';\nconst answer = () => yes;\nanswer('a', 'b');",
    "Verdict.yes(answer('a', 'c').sentence);",
    `import { answer } from 'parlab/tutorial';\nanswer('a', \`\${Verdict.yes()}\`);`,
    "import { answer } from 'parlab/tutorial';\nanswer('\\', '); cheat(//');",
  ]) {
    test(`has no answer that is more than one: ${more.split('\n').at(-1)}`, () => {
      assert.deepEqual(run(submission({ letter: more })), RUN);
    });
  }

  test('has of a check with a part to be written this part alone', () => {
    const asked = notebook(
      code('q', 'const a =\n// BEGIN SOLUTION\n5;\n// END SOLUTION\ncheck(a);', 'check'),
    );
    const runOf = (source: string) =>
      gradedNotebook(asked, notebook(code('q', source)), reader).notebook.cells.map((cell) => cell.source);
    assert.deepEqual(runOf('const a =\n4;\ncheck(a);'), ['const a =\n4;\ncheck(a);']);
    assert.deepEqual(runOf('yes();'), ['const a =\n// YOUR CODE HERE\ncheck(a);']);
  });

  test('is of the notebook with which the submission shares most cells, whatever its name is', () => {
    const other = notebook(code('other', '1'), text('title', '# Others'));
    const known = [
      { name: 'other', notebook: other },
      { name: 'sums', notebook: origin },
    ];
    assert.equal(originOf(notebook(code('sum', ''), text('title', '')), known)?.name, 'sums');
    assert.equal(originOf(notebook(code('else', '')), known), undefined);
  });
});
