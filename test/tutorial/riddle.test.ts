// Riddles about order: what they say can happen is what explore() finds, and every answer hears the truth.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { explore } from '../../src';
import { type OrderRiddle, orderRiddle } from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';

const SEEDS = [...Array(60).keys()];
const LETTERS = ['a', 'b', 'c', 'd'];

async function possibleIn(riddle: OrderRiddle): Promise<Set<string>> {
  const { outcomes } = await explore(riddle.program);
  return new Set(outcomes.map(({ outcome }) => outcome.printed.join('').trim().replaceAll('\n', ' ')));
}

function rightLetters(riddle: OrderRiddle, possible: Set<string>): string[] {
  return LETTERS.filter((_, at) => possible.has(riddle.outputs[at] ?? ''));
}

test('what can happen is exactly what explore() finds, and each riddle has both kinds', async () => {
  for (const seed of SEEDS) {
    const riddle = orderRiddle(seed);
    const possible = await possibleIn(riddle);
    const right = rightLetters(riddle, possible);
    assert.equal(new Set(riddle.outputs).size, 4, `riddle ${seed}`);
    assert.ok(right.length >= 1 && right.length <= 3, `riddle ${seed}: ${right}`);
    const verdict = riddle.answer(right.join(', '));
    assert.equal(verdict.passed, true, `riddle ${seed}: ${verdict}`);
    assert.match(verdict.sentence, new RegExp(`In all, ${possible.size} outputs? can happen`));
    for (const wrong of LETTERS.filter((letter) => !right.includes(letter)))
      assert.match(riddle.answer(wrong).sentence, new RegExp(`^${wrong} can never happen: .+ before`));
    for (const left of right.length > 1 ? right : [])
      assert.match(
        riddle.answer(right.filter((each) => each !== left).join('')).sentence,
        /one more can, too/,
      );
  }
});

test('the code says what the program does', () => {
  const riddle = orderRiddle(2);
  assert.equal(
    riddle.code,
    [
      "const ada = new Process({ target: () => console.log('A1') });",
      "const bob = new Process({ target: () => { console.log('B1'); console.log('B2'); } });",
      "console.log('M1');",
      'ada.start();',
      'bob.start();',
      'await ada.join();',
      "console.log('M2');",
    ].join('\n'),
  );
  assert.equal(inspect(riddle), `${riddle.code}\n\n${String(riddle).split('\n\n')[1]}`);
  assert.equal(String(orderRiddle(2)), String(riddle));
});

test('letters may be written in any manner, and what is no letter hears what to write', () => {
  const riddle = orderRiddle(2);
  for (const given of ['abc', 'c, b, a', 'A and B and C', ' a b c '])
    assert.ok(riddle.answer(given).passed, given);
  for (const given of ['?', '', 'x', 'abcx', '1'])
    assert.match(riddle.answer(given).sentence, /^write the letters of all outputs/, given);
});

test('a riddle needs a whole number', () => {
  for (const seed of [-1, 0.5, Number.NaN])
    assert.throws(() => orderRiddle(seed), { name: 'InvalidArgumentError' });
});

after(nothingLeft);
