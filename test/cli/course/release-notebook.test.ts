// The students' version of a notebook.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exercisesIn, uncheckedIn } from '../../../kernel/cli/course/exercises';
import { withoutRegions } from '../../../kernel/cli/course/regions';
import { released } from '../../../kernel/cli/course/release-notebook';
import { sourceOf } from '../../../kernel/cli/notebook-runner/notebook-file';
import { code, notebook, text } from '../../support/notebooks/cells';

const HINTS = '<details><summary>Hint 1</summary>\n\nThink.\n\n</details>';
const SOLUTION =
  '<details><summary>Solution (try first)</summary>\n\n```ts\nlet n = 2;\n```\n\nBecause.\n\n</details>';

test('an exercise that no check judges is known', () => {
  const cells = [code('a', '', 'exercise'), code('b', '', 'exercise'), code('b-check', '', 'check')];
  assert.deepEqual(uncheckedIn(notebook(...cells, code('c', '', 'exercise'))), ['a', 'c']);
});

describe('a released notebook', () => {
  test('has no outputs and no counts, and all else as it was', () => {
    const original = notebook(text('a', 'words'), { ...code('b', 'let n = 1;'), execution_count: 3 });
    original.cells[1]?.outputs?.push({ output_type: 'stream', name: 'stdout', text: '1\n' });
    assert.deepEqual(released(original), notebook(text('a', 'words'), code('b', 'let n = 1;')));
    assert.equal(original.cells[1]?.execution_count, 3, 'the original was changed');
  });

  test('keeps hints that are folded beside a solution', () => {
    const { cells } = released(notebook(text('help', `${HINTS}\n${SOLUTION}\n`, 'solution')));
    assert.deepEqual(
      cells.map((cell) => [sourceOf(cell), cell.metadata.tags]),
      [[HINTS, ['hints']]],
    );
  });

  for (const [what, cell] of [
    ['text', text('x', 'The answer is 2.', 'solution')],
    ['a folded solution alone', text('x', SOLUTION, 'solution')],
    ['code', code('x', 'let n = 2;', 'solution')],
    ['wrong answers', text('x', 'Not so:\n\n```ts\nlet n = 3;\n```', 'wrong')],
  ] as const) {
    test(`has no cell tagged solution or wrong: ${what}`, () => {
      assert.deepEqual(released(notebook(cell, text('b', 'next'))), notebook(text('b', 'next')));
    });
  }

  test('has a comment in place of each region, at its indent', () => {
    const source = 'function f() {\n  // BEGIN SOLUTION\n  return 2;\n  // END SOLUTION\n}';
    const [cell] = released(notebook(code('f', source))).cells;
    assert.equal(cell && sourceOf(cell), 'function f() {\n  // YOUR CODE HERE\n}');
  });

  for (const [source, sentence] of [
    ['// BEGIN SOLUTION\n1', /has no \/\/ END SOLUTION/],
    ['// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION', /A second/],
    ['1\n// END SOLUTION', /without a/],
  ] as const) {
    test(`is not made of an unfinished region: ${JSON.stringify(source)}`, () => {
      assert.throws(() => withoutRegions(source), sentence);
    });
  }
});

describe('the exercises of a notebook', () => {
  test('are found by their tags, with what the student finds, the solution and wrong answers', () => {
    const found = exercisesIn(
      notebook(
        code('sum', 'let n = 1;', 'exercise'),
        code('sum-check', 'checkSum(n);', 'check'),
        text('sum-help', `${HINTS}\n${SOLUTION}`, 'solution'),
        code('letter', "answer('a', '?');", 'check'),
        code('region', '// BEGIN SOLUTION\nlet k = 1;\n// END SOLUTION', 'exercise'),
        code('region-check', 'checkRegion(k);', 'check'),
        code('own', 'let own = 0;', 'exercise'),
        text('own-text', 'Run the cell above, then this one.'),
        code('own-check', 'checkOwn(own);', 'check'),
        text('own-wrong', 'One:\n\n```ts\nlet own = 2;\n```\nTwo:\n```ts\nlet own = 3;\n```\n', 'wrong'),
        code('own-solution', 'let own = 1;', 'solution'),
      ),
    );
    assert.deepEqual(
      found.map(({ name, check, start, solution }) => [name, check.id, start, solution]),
      [
        ['sum', 'sum-check', 'let n = 1;', 'let n = 2;'],
        ['letter', 'letter', undefined, undefined],
        ['region', 'region-check', '// YOUR CODE HERE', '// BEGIN SOLUTION\nlet k = 1;\n// END SOLUTION'],
        ['own', 'own-check', 'let own = 0;', 'let own = 1;'],
      ],
    );
    assert.deepEqual(
      found.map(({ wrong }) => wrong),
      [[], [], [], ['let own = 2;', 'let own = 3;']],
    );
  });
});
