// Exercises in which the student answers about a program's orders: one order, or all results.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Lock, Process, RawValue } from '../../src';
import { checkOrder, checkResults } from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';

const counter = new RawValue('int32', 0);

const both = (first: () => void, second: () => void, begin: number) => async () => {
  counter.value = begin;
  const two = [new Process({ name: 'Ada', target: first }), new Process({ name: 'Bob', target: second })];
  for (const each of two) each.start();
  for (const each of two) await each.join();
  return counter.value;
};

const addOne = () => {
  counter.value += 1;
};
const twoAdd = both(addOne, addOne, 0);
const double = () => {
  counter.value *= 2;
};
const addTen = () => {
  counter.value += 10;
};
const mixed = both(double, addTen, 5);

for (const code of ['A B B A', 'ABAB', 'b a a b', 'B,A,B,A', ' A-B-B-A '])
  test(`the order ${code} is found to give 1`, async () => {
    const verdict = await checkOrder(twoAdd, code, { returns: 1 });
    assert.match(String(verdict), /^✔ Yes: in the order [AB ]+ it returns 1\./);
  });

for (const [code, sentence] of [
  ['A A B B', /^in the order A A B B it returns 2, and not 1\.$/],
  ['?', /^write the letters/],
  ['', /^write the letters/],
  ['A B', /^after A B the program is not over: next comes A or B\.$/],
  ['A A A B', /^after A A, A cannot move: next comes B\.$/],
  ['C A B B', /^at the beginning, C cannot move: next comes A or B\.$/],
  ['A B B A B', /^after A B B A the program is over, but your order goes on with B\.$/],
] as const)
  test(`the order '${code}' hears what is wrong with it`, async () => {
    const verdict = await checkOrder(twoAdd, code, { returns: 1 });
    assert.equal(verdict.passed, false);
    assert.match(verdict.sentence, sentence);
  });

test('an order that is over and wrong is shown', async () => {
  const verdict = await checkOrder(twoAdd, 'AABB', { returns: 1 });
  assert.equal(verdict.counterExample?.code, 'A A B B');
  assert.match(
    String(verdict),
    /Ada +Bob\n.*writes counter = 0\n.*reads counter: 0\n.*writes counter = 1\n.*reads counter: 1\n/,
  );
});

test('a result of the wrong kind is told as that, both ways round', async () => {
  const numbers = await checkResults(mixed, ['20', 30]);
  assert.equal(numbers.sentence, "'20' is a text, and the results are numbers: write 20, without quotes.");
  const texts = await checkResults(() => '20', [20]);
  assert.equal(texts.sentence, "20 is no text, and the results are texts: write '20', between quotes.");
  assert.match((await checkResults(() => '20', ['21'])).sentence, /^'21' can never come out/);
});

test('an order in which nobody can move any more is told as such', async () => {
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })];
  const crossed = both(
    () => {
      left.acquireSync();
      right.acquireSync();
    },
    () => {
      right.acquireSync();
      left.acquireSync();
    },
    0,
  );
  const verdict = await checkOrder(crossed, 'A B', { returns: 1 });
  assert.match(verdict.sentence, /^in the order A B it never ends: .*wait for each other/);
  assert.match(String(verdict), /Now nobody can move\.$/);
});

test('orders that print something else count as one result if they return the same', async () => {
  const say = (name: string) => console.log(name);
  const program = async () => {
    const two = ['Ada', 'Bob'].map((name) => new Process({ target: say, args: [name] }));
    for (const each of two) each.start();
    for (const each of two) await each.join();
    return 7;
  };
  assert.equal((await checkResults(program, [7])).sentence, 'these are all. Of 2 orders: 7 in 2.');
  assert.equal((await checkResults(program, [8])).sentence, '8 can never come out: I tried all 2 orders.');
  const flipped = both(
    () => console.log(counter.value),
    () => {
      counter.value = 1;
      console.log('one');
    },
    0,
  );
  assert.match((await checkResults(flipped, [1])).sentence, /^these are all\. Of 6 orders: 1 in 6\.$/);
});

test('in an order without spaces a number belongs to its letter', async () => {
  const verdict = await checkOrder(twoAdd, 'A2BBA', { returns: 1 });
  assert.equal(verdict.sentence, 'at the beginning, A2 cannot move: next comes A or B.');
});

test('all results are found in any order of the list, also twice', async () => {
  for (const results of [
    [20, 30, 10, 15],
    [10, 15, 15, 20, 30],
  ]) {
    const verdict = await checkResults(mixed, results);
    assert.match(String(verdict), /^✔ Yes: these are all\. Of 6 orders: .*10 in/);
  }
});

for (const [results, sentence] of [
  [[20], /^what you have is right, but 3 more results can come out\.$/],
  [[20, 30, 10], /^what you have is right, but 1 more result can come out\.$/],
  [[20, 25], /^25 can never come out: I tried all 6 orders\.$/],
  [[], /^write each result/],
  [['?'], /^write each result/],
  [20, /^write an array/],
] as const)
  test(`the results ${JSON.stringify(results)} hear what is wrong with them`, async () => {
    const verdict = await checkResults(mixed, results as readonly unknown[]);
    assert.equal(verdict.passed, false);
    assert.match(verdict.sentence, sentence);
  });

after(nothingLeft);
