// One order again: what it does step by step, from its code; and a walk through a program, step by step, with
// undo.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { bundleOf } from '../../kernel/session-process/display/mime-bundle';
import { explore, InvalidArgumentError, openWalk, Process, replay } from '../../src/index';
import { evaluate, trialsOf } from '../support/explore/trials';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const programs = trialsOf('programs');
const lostUpdate = programs.lostUpdate!;
const twoLocks = programs.twoLocks!;
const { handOver, looksAtEnds, looksLate } = evaluate(`
  const { Process, Queue, RawValue } = require('parlab');
  exports.handOver = async () => {
    const own = new Queue(2, { name: 'jobs' });
    const ada = new Process({ name: 'Ada', target: async () => { console.log('got', await own.get()); } });
    ada.start();
    await own.put('tea');
    await ada.join();
  };
  const x = new RawValue('int32', 0, { name: 'x' });
  exports.looksAtEnds = async () => {
    const ada = new Process({ name: 'Ada', target: () => { x.value = 1; } });
    ada.start();
    if (x.value === 0) return ada.exitcode;
    await ada.join();
    return 'not looked';
  };
  exports.looksLate = async () => {
    const [ada, bob] = [1, 2].map((n) => new Process({ name: n === 1 ? 'Ada' : 'Bob', target: () => { x.value = n; } }));
    ada.start();
    await ada.join();
    bob.start();
    x.value = 5;
    return bob.exitcode;
  };`) as Record<string, () => unknown>;

test('a replayed order says what each process did, where, and what it comes to', async () => {
  const found = await explore(lostUpdate.program, lostUpdate.options);
  const { trace, outcome, isRight, why, lines } = await found.replay('A B B A');
  assert.deepEqual([outcome.returned, isRight, why], [1, false, 'it returned 1 and not 2']);
  assert.equal(trace.clock, 'steps');
  assert.deepEqual(
    trace.processes.map(({ name, parent, exitcode }) => ({ name, parent, exitcode })),
    [
      { name: 'MainProcess', parent: undefined, exitcode: 0 },
      { name: 'Process-1', parent: 0, exitcode: 0 },
      { name: 'Process-2', parent: 0, exitcode: 0 },
    ],
  );
  const told = trace.events.map(({ process, kind, text }) =>
    [process, kind, text].filter((part) => part !== undefined).join(' '),
  );
  assert.deepEqual(told.slice(0, 9), [
    '0 start',
    '0 start',
    '0 wait',
    '1 read 0',
    '2 read 0',
    '2 write 1',
    '2 exit',
    '1 write 1',
    '1 exit',
  ]);
  assert.ok(
    trace.events.every(({ kind, where }) => kind === 'exit' || /^Cell 1, line \d+$/.test(where ?? '')),
  );
  assert.match(lines[2] ?? '', /^A \(Process-1\) reads .*: 0 \(Cell 1, line \d+\)$/);
});

test('as the value of a cell, a replay is its timeline; on a terminal it is its lines; as data it is neither', async () => {
  const found = await explore(lostUpdate.program, lostUpdate.options);
  const played = await found.replay('A B B A');
  const text = inspect(played);
  assert.match(text, /^Order A B B A: it returned 1 and not 2\.\nM \(MainProcess\) starts Process-1/);
  const bundle = await bundleOf(played);
  assert.equal(bundle['text/plain'], text);
  assert.match(
    String(bundle['text/html']),
    /^<div[^>]*>Order A B B A: it.*<img width="\d+" alt="Timeline: 3 processes in 5 steps\..*Who moves: Process-1, Process-2, Process-2, Process-1 and MainProcess\..*<details>.*reads .*: 0/s,
  );
  assert.deepEqual(Object.keys(played), ['code', 'trace', 'outcome', 'isRight', 'why', 'lines']);
  assert.deepEqual(structuredClone(played), { ...played });
});

test('a replay of a hang and of a program without any step is shown, too', async () => {
  const stuck = await bundleOf(await replay(twoLocks.program, 'A B'));
  assert.match(String(stuck['text/html']), /^<div[^>]*>Order A B: .*wait for each other.*<img /s);
  const still = await bundleOf(await replay(() => 3, ''));
  assert.match(String(still['text/plain']), /^The only order: 3\.\n/);
  assert.doesNotMatch(String(still['text/html']), /<img/);
});

for (const file of ['programs', 'more'] as const) {
  test(`each outcome of the ${file} has a code that leads to it, also where nothing is known of the program`, async () => {
    for (const [name, { program, options }] of Object.entries(trialsOf(file))) {
      const found = await explore(program, options).catch(() => undefined);
      // Of printed lines in any order, the outcome has them in the order of the alphabet.
      if (found === undefined || options.anyOrder) continue;
      const counts = [...found.outcomes.slice(0, 4), ...found.lateWrites.outcomes.slice(0, 2)];
      for (const { code, outcome } of counts)
        assert.deepEqual((await found.replay(code)).outcome, outcome, `${name}, warm: ${code}`);
      for (const { code, outcome } of counts) {
        // What was learnt of the program is forgotten for this one.
        await explore(() => 3);
        assert.deepEqual((await replay(program, code, options)).outcome, outcome, `${name}, cold: ${code}`);
      }
    }
  });
}

test('an order in which nobody looks at ends is replayed as others in which somebody does', async () => {
  const found = await explore(looksAtEnds!);
  assert.equal(found.outcomes.length, 3);
  for (const { code, outcome } of found.outcomes) {
    await explore(() => 3);
    assert.deepEqual((await replay(looksAtEnds!, code)).outcome, outcome, code);
  }
});

test('a walk goes on where somebody looks at ends for the first time', async () => {
  const walk = await openWalk(looksLate!);
  const tokens = () => walk.position.moves.map(({ token, process, what }) => `${token} ${process} ${what}`);
  await walk.take('A');
  assert.deepEqual(tokens(), ['M MainProcess writes x = 5', 'B Bob writes x = 2']);
  await walk.take('M');
  // Ada has ended: that is a step from now on.
  assert.equal(walk.position.code, 'A A M');
  assert.deepEqual(tokens(), ['M MainProcess asks whether Bob has ended: no', 'B Bob writes x = 2']);
  await walk.take('B');
  assert.deepEqual(tokens(), ['M MainProcess asks whether Bob has ended: no', 'B Bob ends']);
  await walk.undo();
  assert.equal(walk.position.code, 'A A M');
});

test('a message has the same number at both ends, and a wait its end', async () => {
  const { trace } = await replay(handOver!, 'M A A');
  const told = trace.events
    .filter(({ object }) => object !== undefined)
    .map(({ process, kind, number }) => ({ process, kind, number }));
  assert.deepEqual(told, [
    { process: 1, kind: 'wait', number: undefined },
    { process: 0, kind: 'put', number: 1 },
    { process: 1, kind: 'get', number: 1 },
  ]);
});

for (const [code, sentence] of [
  ['A C', "after 'A' it goes on with A or B"],
  ['A B', "after 'A B' it goes on with A or B"],
  ['A B B A A', "after 'A B B A' it is over"],
  ['', 'at its beginning it goes on with A or B'],
] as const) {
  test(`'${code}' is no order of a lost update`, async () => {
    await assert.rejects(
      replay(lostUpdate.program, code),
      (error: unknown) => error instanceof InvalidArgumentError && error.message.includes(sentence),
    );
  });
}

test('a long code that is no order is told by its beginning', async () => {
  const long = 'A B '.repeat(100_000);
  const walk = await openWalk(lostUpdate.program);
  for (const refused of [
    replay(lostUpdate.program, long),
    replay(lostUpdate.program, `A ${long}`),
    walk.take(long),
  ]) {
    await assert.rejects(
      refused,
      (error: unknown) =>
        error instanceof InvalidArgumentError &&
        error.message.length < 300 &&
        /but it is 'A (A B|B A)[AB ]+ …'\.$/.test(error.message),
    );
  }
  const many = () => {
    for (let round = 0; round < 60; round++) console.log(round);
  };
  const program = async () => {
    const both = [1, 2].map(() => new Process({ target: many }));
    for (const process of both) process.start();
    for (const process of both) await process.join();
  };
  await assert.rejects(replay(program, long), /after the 120 steps 'A B [AB ]+ …' it is over/);
});

test('a walk takes one step behind the other, also when asked for all at once', async () => {
  const walk = await openWalk(lostUpdate.program);
  const asked = [walk.take('A'), walk.take('B'), walk.take('C'), walk.take('B'), walk.undo(), walk.take('A')];
  const said = (await Promise.allSettled(asked)).map((each) =>
    each.status === 'fulfilled' ? each.value.code : each.reason.name,
  );
  assert.deepEqual(said, ['A', 'A B', 'InvalidArgumentError', 'A B B', 'A B', 'A B A']);
  assert.equal(walk.position.code, 'A B A');
});

test('a walk goes where one wants, and back', async () => {
  const walk = await openWalk(twoLocks.program, twoLocks.options);
  const tokens = () => walk.position.moves.map(({ token, process, what }) => `${token} ${process} ${what}`);
  assert.deepEqual(tokens(), ['A Ada acquires left', 'B Bob acquires right']);
  await walk.take('A');
  await walk.take(walk.position.moves.find(({ token }) => token === 'B')!);
  const { isOver, code, processes, objects } = walk.position;
  assert.equal(code, 'A B');
  assert.equal(isOver?.isBroken, true);
  assert.match(isOver.why ?? '', /^Ada and Bob wait for each other for ever\./);
  assert.deepEqual(
    processes.map(({ letter, name, state, waitsFor, heldBy, holds }) => ({
      letter,
      name,
      state,
      waitsFor,
      heldBy,
      holds,
    })),
    [
      {
        letter: 'M',
        name: 'MainProcess',
        state: 'waiting',
        waitsFor: 'the end of Ada',
        heldBy: undefined,
        holds: [],
      },
      { letter: 'A', name: 'Ada', state: 'waiting', waitsFor: 'right', heldBy: 'Bob', holds: ['left'] },
      { letter: 'B', name: 'Bob', state: 'waiting', waitsFor: 'left', heldBy: 'Ada', holds: ['right'] },
    ],
  );
  assert.deepEqual(
    objects.map(({ name, holder }) => ({ name, holder })),
    [
      { name: 'left', holder: 'Ada' },
      { name: 'right', holder: 'Bob' },
    ],
  );
  await assert.rejects(
    walk.take('A'),
    /The order is over, and nobody can move: take a step back with undo\(\)\./,
  );
  assert.equal((await walk.undo()).code, 'A');
  await walk.undo();
  assert.equal((await walk.undo()).code, '');
  await assert.rejects(walk.take('C'), /move must be A or B, but it is 'C'\./);
});

test('where the order of lines does not matter, a replayed order is judged as the explored one', async () => {
  const program = async () => {
    const both = ['a', 'b'].map((text) => new Process({ target: () => console.log(text) }));
    for (const each of both) each.start();
    for (const each of both) await each.join();
  };
  const options = {
    anyOrder: true,
    expect: ({ printed }: { printed: readonly string[] }) => printed.join('') === 'a\nb\n',
  };
  assert.equal((await explore(program, options)).failing, undefined);
  for (const code of ['A B', 'B A']) assert.equal((await replay(program, code, options)).isRight, true);
});

test('an item of a list is told by its place, as it is read and as it is written', async () => {
  const { changesList } = evaluate(`
    const { Process, ShareableList } = require('parlab');
    exports.changesList = async () => {
      const list = new ShareableList(['a', 'b', 'c'], { name: 'words' });
      const ada = new Process({ name: 'Ada', target: () => { list.set(2, list.get(1)); list.set(-3, 'z'); } });
      ada.start();
      await ada.join();
    };`) as Record<string, () => unknown>;
  const { outcomes } = await explore(changesList!);
  const { lines, trace } = await replay(changesList!, outcomes[0]!.code);
  const told = lines
    .filter((line) => /words/.test(line))
    .map((line) => line.replace(/ \([^(]*line.*\)$/, ''));
  assert.deepEqual(told.slice(-3), [
    'A (Ada) reads words[1]: b',
    'A (Ada) writes words[2] = b',
    'A (Ada) writes words[0] = z',
  ]);
  const texts = trace.events
    .filter(({ kind }) => kind === 'read' || kind === 'write')
    .map(({ text }) => text);
  assert.deepEqual(texts, ['[1] = b', '[2] = b', '[0] = z']);
});
