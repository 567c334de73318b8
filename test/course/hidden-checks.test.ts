// The instructor's checks in place of those that were handed in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { originOf, withChecksOf } from '../../kernel/cli/course/hidden-checks';
import { hasTag } from '../../kernel/cli/notebook-runner/notebook-file';
import { code, notebook, text } from './cells';

const origin = notebook(
  text('title', '# Sums'),
  code('sum', 'let n = 1;', 'exercise'),
  code('sum-check', 'checkSum(n);', 'check'),
  code('letter', "import { answer } from 'parlab/tutorial';\nanswer('a', '?');", 'check'),
);

/** What stands there now; a check is marked by its sign. */
function shown(submitted: ReturnType<typeof notebook>): string[] {
  return withChecksOf(origin, submitted).cells.map(
    (cell) => `${hasTag(cell, 'check') ? '✔ ' : ''}${cell.id}: ${cell.source}`,
  );
}

const right = "import { answer } from 'parlab/tutorial';\nanswer('a', \"b\");";

describe('the checks that count', () => {
  test('are the instructor’s, where the student has them', () => {
    assert.deepEqual(
      shown(
        notebook(
          code('sum', 'let n = 2;', 'exercise'),
          code('mine', 'n + 1'),
          code('sum-check', "Verdict.yes('of course');", 'check'),
          code('letter', right, 'check'),
        ),
      ),
      ['sum: let n = 2;', 'mine: n + 1', '✔ sum-check: checkSum(n);', `✔ letter: ${right}`],
    );
  });

  test('are put below the exercise, or at the end, when they were deleted', () => {
    assert.deepEqual(shown(notebook(code('sum', 'let n = 2;'), text('title', '# Sums'))), [
      'sum: let n = 2;',
      '✔ sum-check: checkSum(n);',
      'title: # Sums',
      "✔ letter: import { answer } from 'parlab/tutorial';\nanswer('a', '?');",
    ]);
  });

  test('are no others: not a second one, not one that was added, not an answer that is more than one', () => {
    assert.deepEqual(
      shown(
        notebook(
          code('sum-check', 'checkSum(n);', 'check'),
          code('sum-check', 'checkSum(2);', 'check'),
          code('added', "Verdict.yes('!')", 'check'),
          code('letter', "Verdict.yes(answer('a', 'c').sentence);", 'check'),
        ),
      ),
      [
        '✔ sum-check: checkSum(n);',
        'sum-check: checkSum(2);',
        "added: Verdict.yes('!')",
        "✔ letter: import { answer } from 'parlab/tutorial';\nanswer('a', '?');",
      ],
    );
  });

  test('are those of the notebook with which the submission shares most cells, whatever its name is', () => {
    const other = notebook(code('other', '1'), text('title', '# Others'));
    const known = [
      { name: 'other', notebook: other },
      { name: 'sums', notebook: origin },
    ];
    assert.equal(originOf(notebook(code('sum', ''), text('title', '')), known)?.name, 'sums');
    assert.equal(originOf(notebook(code('else', '')), known), undefined);
  });
});
