// Cursor positions between the protocol and JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codePointsOf, unitsOf } from '../../../kernel/kernel-process/handlers/code-points';

const cases: [text: string, codePoints: number, units: number][] = [
  ['abc', 2, 2],
  ['😀.x', 1, 2],
  ['😀.x', 3, 4],
  ['a😀b😀', 4, 6],
  ['é👩‍👩‍👧', 2, 3],
  ['', 0, 0],
];
for (const [text, codePoints, units] of cases) {
  test(`${codePoints} code points of ${JSON.stringify(text)} are ${units} units, and back.`, () => {
    assert.equal(unitsOf(text, codePoints), units);
    assert.equal(codePointsOf(text, units), codePoints);
  });
}

test('A cursor outside the text is moved to its nearest end.', () => {
  assert.deepEqual([unitsOf('ab', 9), unitsOf('ab', -1), codePointsOf('😀', 9)], [2, 0, 1]);
});
