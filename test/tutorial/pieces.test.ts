// The pieces of which a course of one's own is made: questions, exercises, hints, progress, verdicts that throw.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { NotYetError, Process } from '../../src';
import { checkSquares, exercise, hint, progress, question, Verdict, watch } from '../../src/tutorial';
import '../support/processes/quiet-children';

function bundle(shown: object): Record<string, string> {
  return (shown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.() ?? {};
}

test('a choice answers each letter with its own sentence, whatever its case', () => {
  const cores = question('choice', { right: 'b', replies: { a: 'Count again.', b: 'So it is.' } });
  assert.equal(String(cores.answer('a')), '➜ Not yet: Count again.');
  assert.equal(String(cores.answer(' B ')), '✔ Yes: So it is.');
  assert.match(cores.answer('?').sentence, /one of the letters a, b/);
});

test('a prediction is held against what a function tells at that moment', () => {
  let coins = 10;
  const left = question('prediction', { real: () => coins });
  assert.equal(left.answer(10).passed, true);
  coins = 0;
  assert.match(String(left.answer(10)), /^! A surprise: you said 10, it was 0/);
});

test('an answer in free words is judged by a function, which may help', () => {
  const why = question('free', {
    judge: (text) => /copy/.test(text) || 'Whose variable did the child change?',
    reply: 'A copy, yes.',
  });
  assert.match(why.answer('?').sentence, /in your own words/);
  assert.equal(String(why.answer('it is luck')), '➜ Not yet: Whose variable did the child change?');
  assert.equal(String(why.answer('its own copy')), '✔ Yes: A copy, yes.');
});

test('lines are put into an order: several orders may be right, and each slip hears its own sentence', () => {
  const tea = question('ordering', {
    lines: 'abcd',
    unneeded: { d: 'Nobody needs line d.' },
    before: [
      ['b', 'c', 'With what do you fill the cup?'],
      ['a', 'c', 'There is no cup yet.'],
    ],
    reply: 'Tea!',
  });
  const heard = {
    abc: '✔ Yes: Tea!',
    'B, A, C': '✔ Yes: Tea!',
    acb: '➜ Not yet: With what do you fill the cup?',
    bca: '➜ Not yet: There is no cup yet.',
    abdc: '➜ Not yet: Nobody needs line d.',
    ab: '➜ Not yet: line c is missing. Where does it belong?',
    abca: '➜ Not yet: line a is there twice. Each line is used once.',
    abx: "➜ Not yet: write the letters of the lines in their order, such as 'abc…', in place of 'abx'.",
    '?': "➜ Not yet: write the letters of the lines in their order, such as 'abc…', in place of '?'.",
  };
  for (const [given, sentence] of Object.entries(heard)) assert.equal(String(tea.answer(given)), sentence);
});

test('a letter that no line has is named with the place where it stands', () => {
  const wrong = (parts: object) => () =>
    question('letters', { lines: 'ab', before: [['a', 'b', 'no']], reply: 'yes', ...parts });
  const words = (name: string) => new RegExp(`^${name} must be letters out of 'ab', but it is 'x'`);
  assert.throws(wrong({ unneeded: { x: 'no' } }), { message: words('unneeded') });
  assert.throws(wrong({ before: [['a', 'x', 'no']] }), { message: words('before') });
});

const evenly = (n: number) => (n % 2 === 0 ? Verdict.yes('even.') : Verdict.notYet('odd.'));

test('an exercise is checked, and its progress remembers the last verdict and the tries', async () => {
  const make = () =>
    exercise('Even', {
      check: evenly,
    });
  assert.match(String(progress('Even', 'Never seen')), /Even .*not tried yet.*Never seen .*not tried yet/s);
  await make().check(3);
  assert.match(String(progress('Even')), /➜ {2}Even +not yet, 1 try/);
  // The cell that declares it runs again: what was reached stays.
  await make().check(4);
  assert.match(String(progress('Even')), /✔ {2}Even +holds, 2 tries/);
  assert.equal(progress('Even').isComplete, true);
});

test('of a choice one exercise is enough, and the others are told as not needed', async () => {
  const three = ['one', 'other', 'third'].map((name) => exercise(name, { check: evenly }));
  const standing = () => progress('Squares of a choice', ['one', 'other', 'third']);
  await three[1]?.check(3);
  assert.match(String(standing()), /0 of 2 hold/);
  assert.match(String(standing()), /other +not yet, 1 try/);
  await three[0]?.check(4);
  assert.match(String(standing()), /other +not needed: one of one, other, third is enough/);
  assert.match(String(standing()), /Squares of a choice +not tried yet.*1 of 2 hold/s);
  assert.match(bundle(standing())['text/html'] ?? '', /third<\/td>.*not needed/);
  assert.equal(standing().isComplete, false);
  assert.equal(progress(['one', 'other', 'third']).isComplete, true);
  assert.throws(() => progress(['one', 3 as never]), /names\[0\]/);
});

test('a question counts as soon as it is declared, one of the notebooks when it is answered', async () => {
  assert.doesNotMatch(String(progress()), /Squares/);
  question('declared', { real: 1 });
  assert.match(String(progress()), /declared +not tried yet/);
  await checkSquares(() => {});
  assert.match(String(progress()), /Squares +not yet, 1 try/);
});

test('progress is a table in a notebook, and a name cannot break it', () => {
  question('<b>bold</b>', { real: 1 });
  const html = bundle(progress('<b>bold</b>'))['text/html'] ?? '';
  assert.match(html, /<table>.*&lt;b&gt;bold.*not tried yet/);
});

test('hints lie folded in a notebook, the large one inside the small one', () => {
  const hints = hint(['Look at the lock.', 'Who has it?', 'Release it.']);
  const html = bundle(hints)['text/html'] ?? '';
  assert.match(
    html,
    /^<details.*Hint 1 of 3.*<details.*Hint 2 of 3.*<details.*Hint 3 of 3.*(<\/details>){3}$/,
  );
  assert.doesNotMatch(html, /<details open/);
});

test('in a terminal one hint is shown, the small one first, and the last stays the last', () => {
  const parts = { check: () => Verdict.yes('ok.'), hints: ['small', 'large'] };
  const task = exercise('Hinted', parts);
  assert.equal(inspect(hint(task)), 'Hint 1 of 2: small\nhint(…, 2) says more.');
  assert.equal(inspect(hint(task, 2)), 'Hint 2 of 2: large');
  assert.equal(inspect(hint(task, 9)), 'Hint 2 of 2: large');
  assert.equal(inspect(hint([])), 'There are no hints here.');
});

test('a verdict that does not hold throws in a test runner, with its sentence', () => {
  assert.equal(Verdict.yes('all is well.').orThrow().passed, true);
  assert.throws(
    () => Verdict.notYet('two of three.').orThrow(),
    (error) => error instanceof NotYetError && error.code === 'not-yet' && error.message === 'two of three.',
  );
});

test('watch() tells what a child brings along, among its arguments and among what its target closes over', async () => {
  const word = 'Ada';
  const list = [1, 2];
  const inside = { year: 1815 };
  const target = (given: number) => console.log(word, list.length, inside.year, given);
  const { processes } = await watch(() => {
    new Process({ target, args: [7] }).start();
    new Process({ target, args: [8] });
    new Process({ target: () => 1 }).start();
  });
  const sorted = processes.map(({ brought }) => brought.map((value) => JSON.stringify(value)).sort());
  assert.deepEqual(sorted, [['"Ada"', '1', '1815', '2', '7', '[1,2]'], [], []]);
});
