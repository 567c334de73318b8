// What a student sees of a verdict, of a question and of a prediction.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { answer, predicted, Verdict } from '../../src/tutorial';

const bundle = (verdict: Verdict) =>
  (verdict as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.() ??
  {};

test('a verdict is words in a terminal and a box in a notebook', () => {
  const verdict = Verdict.notYet('1 child < 3 children.');
  assert.equal(inspect(verdict), '➜ Not yet: 1 child < 3 children.');
  assert.equal(bundle(verdict)['text/plain'], '➜ Not yet: 1 child < 3 children.');
  assert.match(bundle(verdict)['text/html'] ?? '', /<b>➜ Not yet:<\/b> 1 child &lt; 3 children\.<\/div>$/);
});

test('what a student printed cannot become HTML', () => {
  assert.doesNotMatch(bundle(Verdict.notYet('<img src=x onerror=alert(1)>'))['text/html'] ?? '', /<img/);
});

test('a question that nobody has answered asks for a letter', () => {
  const verdict = answer('memory', '?');
  assert.equal(verdict.passed, false);
  assert.match(verdict.sentence, /one of the letters a, b, c/);
});

test('every wrong letter hears a sentence of its own, and the right one passes', () => {
  assert.equal(answer('memory', ' C ').passed, true);
  assert.notEqual(answer('memory', 'a').sentence, answer('memory', 'b').sentence);
  assert.equal(answer('memory', 'a').passed, false);
});

test('a question that does not exist is told with those that do', () => {
  assert.match(answer('memroy' as 'memory', 'a').sentence, /'memroy'.*cores.*memory/);
});

for (const [guess, real, words] of [
  ['?', 4, /^➜ Not yet: write your guess in place of '\?', then run this cell\.$/],
  ['', 4, /^➜ Not yet: write your guess/],
  [undefined, 4, /^➜ Not yet: write your guess/],
  [4, 4, /^✔ Yes/],
  ['Four', 4, /^✔ Yes/],
  [[1, 2], '1, 2', /^✔ Yes/],
  ['ten', 4, /^! A surprise/],
  ['4', 4, /^✔ Yes/],
  [' late ', 'late', /^✔ Yes/],
  [8, 4, /^! A surprise: you said 8, it was 4/],
] as const) {
  test(`a guess of ${inspect(guess)}, when it is ${inspect(real)}, hears ${words}`, () => {
    assert.match(predicted(guess, real).toString(), words);
  });
}
