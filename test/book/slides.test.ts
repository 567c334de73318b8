// Which cell begins a slide, and that the notebooks say so.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { forReaders, slideTypes, withSlides } from '../../book/slides.mjs';
import { installation } from '../../kernel/package-root';

const cell = (cell_type: string, source: string, ...tags: string[]) => ({
  cell_type,
  source,
  metadata: tags.length > 0 ? { tags } : {},
});

test('a book has no wrong answers, and everything else', () => {
  const [title, exercise] = [cell('markdown', '# Title'), cell('code', 'function dig() {}', 'exercise')];
  const made = forReaders([title, exercise, cell('markdown', '**Wrong answers.**', 'wrong')]);
  assert.deepEqual(made, withSlides([title, exercise]));
});

describe('the rule of the slides', () => {
  const told: [string, ReturnType<typeof cell>, string][] = [
    ['what asks for a prediction begins a slide', cell('markdown', '**Predict.** Who is first?'), 'slide'],
    ['a question does', cell('markdown', '**Question.** Who waits?\n\n- **a** nobody'), 'slide'],
    ['a heading does', cell('markdown', '## Now you'), 'slide'],
    ['your turn does', cell('markdown', '**Your turn.** Repair it.'), 'slide'],
    ['what answers comes below what asked', cell('markdown', '**See.** The child was first.'), 'subslide'],
    [
      'a word that only begins like one that asks is none',
      cell('markdown', '**Trying** is fun.'),
      'subslide',
    ],
    ['code goes on with its text', cell('code', 'child.start();'), '-'],
    ['an exercise, too', cell('code', 'function dinner() {}', 'exercise'), '-'],
    [
      'a check is left out: nobody has solved it on a slide',
      cell('code', 'await check(f);', 'check'),
      'skip',
    ],
    ['so is what compares a guess', cell('code', 'predicted(myGuess, 3);'), 'skip'],
    ['so are wrong answers, which only the check is to see', cell('markdown', '**Wrong**', 'wrong'), 'skip'],
    ['hints and solution are for the speaker', cell('markdown', '<details>', 'solution'), 'notes'],
  ];
  for (const [title, each, type] of told)
    test(title, () => assert.deepEqual(slideTypes([cell('markdown', '# Title'), each]), ['slide', type]));

  test('the first cell begins a slide whatever it is', () =>
    assert.deepEqual(slideTypes([cell('code', '1 + 1')]), ['slide']));

  test('what else stands in the metadata stays', () => {
    const [made] = withSlides([{ ...cell('code', '1 + 1'), metadata: { tags: ['keep'], editable: false } }]);
    assert.deepEqual(Object.entries(made?.metadata ?? {}), [
      ['editable', false],
      ['slideshow', { slide_type: 'slide' }],
      ['tags', ['keep']],
    ]);
  });
});

const notebooks = path.join(installation, 'notebooks');
for (const name of readdirSync(notebooks).filter((each) => each.endsWith('.ipynb'))) {
  test(`${name} has the slides of the rule; npm run slides writes them`, () => {
    const { cells } = JSON.parse(readFileSync(path.join(notebooks, name), 'utf8'));
    const without = cells.map((each: { metadata: object }) => ({
      ...each,
      metadata: { ...each.metadata, slideshow: undefined },
    }));
    assert.deepEqual(cells, withSlides(without));
  });
}
