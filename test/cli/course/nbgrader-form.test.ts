// What nbgrader finds in a released notebook: which cell is a test, and what a choice is worth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forNbgrader } from '../../../kernel/cli/course/nbgrader';
import { sourceOf } from '../../../kernel/cli/notebook-runner/notebook-file';
import { code, notebook } from '../../support/notebooks/cells';

const exercise = (name: string) => code(name, `const ${name} = 0;`, 'exercise');
const checkOf = (name: string, ...tags: string[]) =>
  code(`${name}-check`, `await check(${name});`, 'check', ...tags);

const { cells } = forNbgrader(
  notebook(
    ...[exercise('sum'), checkOf('sum')],
    ...['words', 'photo', 'fire'].flatMap((name) => [exercise(name), checkOf(name, 'choice')]),
  ),
);
const released = (id: string) => {
  const cell = cells.find((each) => each.id === id);
  assert.ok(cell);
  const { nbgrader } = cell.metadata as { nbgrader: { grade: boolean; points?: number } };
  return { source: sourceOf(cell), grade: nbgrader.grade, points: nbgrader.points };
};

test('a check gives its point by not throwing', () => {
  assert.deepEqual(released('sum-check'), {
    source: 'display((await check(sum)).orThrow());',
    grade: true,
    points: 1,
  });
});

test('a choice is worth one point, and one of it is enough', () => {
  assert.deepEqual(released('words-check'), {
    source: 'const choice1 = await check(words);\nchoice1;',
    grade: false,
    points: undefined,
  });
  assert.equal(released('photo-check').points, undefined);
  assert.deepEqual(released('fire-check'), {
    source: `const choice3 = await check(fire);
// One of them is enough.
display(([choice1, choice2, choice3].find((each) => each?.passed) ?? choice3).orThrow());`,
    grade: true,
    points: 1,
  });
});
