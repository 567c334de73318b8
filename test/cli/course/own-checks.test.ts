// The exercises of notebooks that were handed in, where no others are given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksIn, namesByCheck, ownChoiceIn } from '../../../kernel/cli/course/own-checks';
import { code, notebook } from '../../support/notebooks/cells';

const sum = code('sum', 'let n = 2;', 'exercise');
const sumCheck = code('sum-check', 'checkSum(n);', 'check');
const letter = code('letter', "answer('a', 'b');", 'check');

test('a deleted exercise keeps its name, as others have it: nothing was handed in for it', () => {
  const names = namesByCheck([notebook(sumCheck, letter), notebook(sum, sumCheck, letter)]);
  assert.deepEqual(
    [...checksIn(notebook(sumCheck, letter), names)],
    [
      ['sum', undefined],
      ['letter', letter],
    ],
  );
});

test('a choice is known by its names, also where one of them was deleted', () => {
  const [a, b] = [code('a', 'let a = 0;', 'exercise'), code('b', 'let b = 0;', 'exercise')];
  const [aCheck, bCheck] = [
    code('a-check', 'see(a);', 'check', 'choice'),
    code('b-check', 'see(b);', 'check', 'choice'),
  ];
  const names = namesByCheck([notebook(a, aCheck, b, bCheck)]);
  assert.deepEqual(ownChoiceIn(notebook(sum, sumCheck, aCheck, b, bCheck), names), ['a', 'b']);
  assert.deepEqual(ownChoiceIn(notebook(sum, sumCheck), names), []);
});
