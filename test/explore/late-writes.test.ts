// Orders in which what is written comes out late: each has a code that replays it, and what goes wrong in them
// alone is told.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { explore, InvalidArgumentError, replay } from '../../src/index';
import { evaluate } from '../support/explore/trials';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const programs = evaluate(`
  const { Process, RawValue } = require('parlab');
  const x = new RawValue('int32', 0, { name: 'x' }), y = new RawValue('int32', 0, { name: 'y' });
  const a = new RawValue('int32', 9, { name: 'a' }), b = new RawValue('int32', 9, { name: 'b' });
  const count = new RawValue('int32', 0, { name: 'count' });
  const run = (targets, result = () => '' + a.value + b.value) => async () => {
    const all = targets.map((target) => new Process({ target }));
    for (const each of all) each.start();
    for (const each of all) await each.join();
    return result();
  };
  const one = () => { x.value = 1; a.value = y.value; };
  const other = () => { y.value = 1; b.value = x.value; };
  exports.storeBuffering = run([one, other]);
  exports.throws = run([one, () => { y.value = 1; if (x.value === 0) throw new Error('too early'); }], () => a.value);
  exports.messagePassing = run(
    [() => { x.value = 1; y.value = 1; }, () => { a.value = y.value; b.value = x.value; }]);
  const enter = (mine, its) => () => {
    mine.value = 1;
    if (its.value === 0) { count.value = count.value + 1; count.value = count.value - 1; }
    mine.value = 0;
  };
  exports.dekker = run([enter(x, y), enter(y, x)], () => 'both have ended');
  exports.atMostOne = () => count.value < 2 && count.value > -2;
  exports.loops = run(
    [() => { x.value = 1; a.value = y.value; for (;;); }, () => { while (x.value === 0); console.log('on'); }]);
  exports.waits = run([
    () => { x.value = 1; if (y.value === 0) while (a.value === 9); },
    () => { y.value = 1; if (x.value === 1) a.value = 1; },
  ], () => 'both have ended');
`) as Record<string, () => Promise<unknown>> & { atMostOne: () => boolean };

test('what goes wrong with late writes alone is what fails, and the text says so', async () => {
  const found = await explore(programs.storeBuffering!, { expect: ({ returned }) => returned !== '00' });
  assert.ok(found.outcomes.every(({ isRight }) => isRight));
  const [late] = found.lateWrites.outcomes;
  assert.equal(found.failing, late);
  assert.equal(late?.code, 'late A B B B A A');
  assert.equal(
    String(found),
    "20 orders: '11' in 12 of them, '01' in 4 of them, '10' in 4 of them.\n" +
      'Every order is right, but with writes that come out late it can go wrong: late A B B B A A. It is not as expected.\n' +
      "On a real processor, where what is written may come out late, also: '00'. Use a lock.",
  );
});

test('an order that goes wrong without late writes comes before', async () => {
  const found = await explore(programs.storeBuffering!, { expect: '11' });
  assert.ok(found.outcomes.includes(found.failing!));
  assert.doesNotMatch(String(found.failing?.code), /late/);
  assert.deepEqual(
    found.lateWrites.outcomes.map(({ isRight }) => isRight),
    [false],
  );
});

test('where late writes are not looked for, nothing of them is told', async () => {
  const expect = ({ returned }: { returned?: unknown }) => returned !== '00';
  const found = await explore(programs.storeBuffering!, { expect, lateWrites: false });
  assert.equal(found.failing, undefined);
});

test('a process that fails with late writes alone is told', async () => {
  const { failing } = await explore(programs.throws!);
  assert.match(String(failing?.code), /^(?!late)/);
  const late = await explore(programs.throws!, {
    expect: ({ failures, returned }) => failures.length === 0 || returned === 1 || 'both are too early',
  });
  assert.match(String(late.failing?.code), /^late /);
  assert.equal(late.failing?.why, 'both are too early');
});

test('the code of such an order replays it, also where nothing is known of the program any more', async () => {
  const found = await explore(programs.storeBuffering!, { expect: ({ returned }) => returned !== '00' });
  const { code } = found.failing!;
  const played = await found.replay(code);
  // Another program comes between: what was learnt of this one is forgotten.
  await explore(() => 3);
  const again = await replay(programs.storeBuffering!, code, { expect: ({ returned }) => returned !== '00' });
  for (const { outcome, isRight, lines, code: same } of [played, again]) {
    assert.deepEqual([outcome.returned, isRight, same], ['00', false, code]);
    assert.deepEqual(lines.map((line) => line.replace(/ \(Cell 1, line \d+\)/, '')).slice(2, 14), [
      'A (Process-1) writes x = 1, and others do not see it yet',
      'B (Process-2) writes y = 1, and others do not see it yet',
      'A (Process-1) reads y: 0',
      'A (Process-1) writes a = 0, and others do not see it yet',
      'B (Process-2) reads x: 0',
      'B (Process-2) writes b = 0, and others do not see it yet',
      'B (Process-2) lets others see y = 1',
      'B (Process-2) lets others see b = 0',
      'B (Process-2) ends',
      'A (Process-1) lets others see x = 1',
      'A (Process-1) lets others see a = 0',
      'A (Process-1) ends',
    ]);
  }
  const written = played.trace.events.filter(({ kind }) => kind === 'write').map(({ text }) => text);
  assert.deepEqual(written.slice(0, 2), ['1 (others do not see it yet)', '1 (others do not see it yet)']);
  assert.deepEqual(written.slice(-2), ['1 (others see it now)', '0 (others see it now)']);
});

test('what comes out at once is told as any write', async () => {
  const found = await explore(programs.storeBuffering!);
  const { lines, outcome } = await found.replay('late A2 A A B2 B B');
  assert.equal(outcome.returned, '01');
  const told = lines.map((line) => line.replace(/ \(Cell 1, line \d+\)/, ''));
  assert.deepEqual(told.slice(2, 10), [
    'A (Process-1) writes x = 1',
    'B (Process-2) writes y = 1, and others do not see it yet',
    'A (Process-1) reads y: 0',
    'A (Process-1) writes a = 0',
    'A (Process-1) ends',
    'M (MainProcess) has joined Process-1',
    'B (Process-2) lets others see y = 1',
    'B (Process-2) reads x: 1',
  ]);
});

test('a code of late writes that fits no such order is refused', async () => {
  const found = await explore(programs.storeBuffering!);
  for (const [code, why] of [
    ['late', /at its beginning it goes on with A or A2 or B or B2/],
    ['late A B', /after 'A B' it goes on with/],
    ['late A B B B A A A', /after 'A B B B A A' it is over/],
    ['A B B B A A late', /code must be an order of this program/],
  ] as const) {
    await assert.rejects(found.replay(code), (error: Error) => {
      assert.ok(error instanceof InvalidArgumentError);
      assert.match(error.message, why);
      return true;
    });
  }
});

test('what is written before what says that it is there is seen by whoever sees that', async () => {
  // Writes come out in their order, so nothing is late here: 1 and then 0 is never seen.
  const found = await explore(programs.messagePassing!, { expect: ({ returned }) => returned !== '10' });
  assert.equal(found.failing, undefined);
  assert.deepEqual(found.lateWrites.outcomes, []);
});

test('an invariant that only late writes break is told with the step that breaks it', async () => {
  const found = await explore(programs.dekker!, { invariant: programs.atMostOne });
  const why = 'the invariant is broken on the way: A (Process-1) lets others see count = 2';
  assert.deepEqual([found.failing?.outcome.isBroken, found.failing?.why], [true, why]);
  const { lines } = await found.replay(found.failing!.code);
  assert.equal(lines.at(-1), 'A (Process-1) lets others see count = 2');
  assert.equal((await explore(programs.dekker!, { invariant: () => true })).failing, undefined);
});

test('who goes on for ever has its writes seen all the same', async () => {
  const found = await explore(programs.loops!);
  assert.equal(found.lateWrites.state, 'walked');
  assert.deepEqual(
    found.lateWrites.outcomes.map(({ outcome }) => outcome.printed),
    [],
  );
});

test('an order that never ends with late writes alone is told as one', async () => {
  const { failing, outcomes } = await explore(programs.waits!);
  assert.ok(outcomes.every(({ isRight }) => isRight));
  assert.match(String(failing?.code), /^late /);
  assert.match(String(failing?.outcome.hang), /^Process-1 goes on for ever after Cell 1, line \d+\.$/);
});
