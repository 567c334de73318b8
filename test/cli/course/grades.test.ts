// The table student × exercise.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toCsv } from '../../../kernel/cli/course/csv';
import { allHold, asRows, asText, type Row, withChoices } from '../../../kernel/cli/course/grades';
import type { Mark } from '../../../kernel/cli/notebook-runner/verdicts';

const yes: Mark = { verdict: 'yes', sentence: 'it is 2.' };
const rows: Row[] = [
  {
    student: 'ada',
    marks: new Map([
      ['sum', yes],
      ['dig', { verdict: 'surprise', sentence: 'it was 3.' }],
    ]),
  },
  {
    student: 'bob',
    marks: new Map<string, Mark>([
      ['sum', { verdict: 'not yet', sentence: 'you printed "=2+2",\nnot 2.' }],
      ['dig', { verdict: 'time-out', sentence: 'The cell did not end within 60 seconds.' }],
    ]),
  },
  { student: 'eve', marks: new Map(), remark: 'eve.ipynb is no Jupyter notebook.' },
];

describe('the table', () => {
  test('has a row for each student, then what does not hold, then a summary', () => {
    assert.equal(
      asText(rows),
      `     sum  dig
ada  ✔    !
bob  ➜    ✗
eve  ·    ·

✔ holds   ! a prediction that was wrong, which is no fault   ➜ not yet   ✗ an error, or not run   · nothing to be judged

bob, sum: not yet: you printed "=2+2",
bob, dig: time-out: The cell did not end within 60 seconds.
eve: eve.ipynb is no Jupyter notebook.

sum  1 of 3 hold
dig  1 of 3 hold
3 students, 2 exercises: 2 of 6 hold.
`,
    );
  });

  test('holds only if all of it does', () => {
    assert.equal(allHold(rows.slice(0, 1)), true);
    assert.equal(allHold(rows.slice(0, 2)), false);
    assert.equal(allHold([...rows.slice(0, 1), { student: 'eve', marks: new Map() }]), false);
    assert.equal(allHold([...rows.slice(0, 1), { ...(rows[0] as Row), remark: 'no' }]), false);
  });

  test('as CSV has the verdict and the sentence of each exercise', () => {
    assert.equal(
      toCsv(asRows(rows)),
      'student,holds,of,sum,sum: why,dig,dig: why,remark\r\n' +
        'ada,2,2,yes,it is 2.,surprise,it was 3.,\r\n' +
        'bob,0,2,not yet,"you printed ""=2+2"",\nnot 2.",time-out,The cell did not end within 60 seconds.,\r\n' +
        'eve,0,2,not run,it was not judged: see the remark.,not run,it was not judged: see the remark.,eve.ipynb is no Jupyter notebook.\r\n',
    );
  });

  test('asks for one of a choice', () => {
    const no: Mark = { verdict: 'not yet', sentence: 'no process is started.' };
    const choices = [['words', 'fire']];
    const marked = (student: string, words: Mark, fire: Mark): Row => ({
      student,
      choices,
      marks: withChoices(
        new Map([
          ['plan', yes],
          ['words', words],
          ['fire', fire],
        ]),
        choices,
      ),
    });
    const both = [marked('ada', no, yes), marked('bob', no, no)];
    assert.equal(allHold(both.slice(0, 1)), true);
    assert.equal(allHold(both), false);
    assert.match(asText(both), /^ada +✔ +– +✔$/m);
    assert.match(asText(both), /– not needed: one of a choice is enough/);
    assert.doesNotMatch(asText(both), /^ada, /m);
    assert.match(asText(both), /2 students, 2 exercises: 3 of 4 hold\./);
    assert.deepEqual(asRows(both)[1]?.slice(0, 7), [
      ...['ada', '2', '2', 'yes', 'it is 2.', 'not needed', 'one of words, fire is enough.'],
    ]);
    assert.deepEqual(asRows(both)[2]?.slice(0, 3), ['bob', '1', '2']);
  });

  test('says of what is not there that it was not handed in, unless nobody could read it', () => {
    const [, , absent] = asRows([...rows.slice(0, 1), { student: 'eve', marks: new Map() }]);
    assert.deepEqual(absent?.slice(3, 5), ['not run', 'it was not handed in.']);
  });

  for (const formula of ['=1+1', '+1', '-1', '@x', '\t=1']) {
    test(`as CSV has no formula: ${JSON.stringify(formula)}`, () => {
      assert.equal(toCsv([[formula]]), `'${formula}\r\n`);
    });
  }
});
