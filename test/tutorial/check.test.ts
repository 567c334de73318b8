// check(): what a verdict says of orders, how often, and with which counter-example.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bundleOf } from '../../kernel/session-process/display/mime-bundle';
import { Lock, Process, RawValue } from '../../src';
import { endExplorer } from '../../src/explore/explorer/explorer';
import {
  check,
  everythingJoined,
  noDeadlock,
  prints,
  requirement,
  returns,
  wholeLines,
} from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

const counter = new RawValue('int32', 0);

function addOne() {
  counter.value = counter.value + 1;
}

async function twoAdd() {
  const both = ['Ada', 'Bob'].map((name) => new Process({ name, target: addOne }));
  for (const each of both) each.start();
  for (const each of both) await each.join();
  return counter.value;
}

test('a wrong answer comes back with the order in which it goes wrong', async () => {
  const verdict = await check(twoAdd, [returns(2)]);
  assert.equal(
    String(verdict),
    [
      '➜ Not yet: in 4 of 6 orders it returns 1 instead of 2.',
      'It happens in this order: A B B A',
      '      MainProcess       Ada                 Bob',
      '   1                    reads counter: 0',
      '   2                                        reads counter: 0',
      '   3                                        writes counter = 1',
      '   4                    writes counter = 1',
      '   5  reads counter: 1',
      '      So it returns 1 instead of 2.',
    ].join('\n'),
  );
  assert.equal(verdict.counterExample?.code, 'A B B A');
  assert.equal(verdict.counterExample?.trace.clock, 'steps');
  assert.throws(() => verdict.orThrow(), { name: 'NotYetError', message: /^in 4 of 6.*A B B A/s });
});

test('a child that fails is a fault, unless children may fail; the program itself never may', async () => {
  const oneFails = async () => {
    const child = new Process({ name: 'Ada', target: () => process.exit(3) });
    child.start();
    await child.join();
    return child.exitcode;
  };
  assert.match((await check(oneFails, [returns(3)])).sentence, /Ada ends with exit code 3/);
  assert.equal((await check(oneFails, [returns(3)], { childrenMayFail: true })).passed, true);
  const failsItself = async () => {
    throw new Error(`exit code ${await oneFails()}`);
  };
  assert.match(
    (await check(failsItself, [returns(3)], { childrenMayFail: true })).sentence,
    /MainProcess ends with exit code 1 \(Error: exit code 3/,
  );
});

test('in a notebook, a wrong answer is the timeline of that order, and the same step by step, with lines', async () => {
  const html = String((await bundleOf(await check(twoAdd, [returns(2)])))['text/html']);
  const [, picture = '', table = ''] =
    /A B B A<\/div>(<img .*?>)<div[^>]*><b>So it returns 1 instead of 2\.<\/b><\/div><details>(.*)<\/details>/s.exec(
      html,
    ) ?? [];
  assert.match(
    picture,
    /alt="Timeline: 3 processes in 5 steps\..*Who moves: Ada, Bob, Bob, Ada and MainProcess\."/,
  );
  const [, data = ''] = /base64,([^"]+)"/.exec(picture) ?? [];
  const svg = Buffer.from(data, 'base64').toString();
  for (const words of ['reads 0', 'writes 1', 'reads 1', 'counter']) assert.ok(svg.includes(words), words);
  assert.match(table, /writes counter = 1 <small[^>]*>check\.test\.ts, line \d+<\/small>/);
});

test('an order in which nothing happens has no picture', async () => {
  const html = String((await bundleOf(await check(() => 3, [returns(2)])))['text/html']);
  assert.doesNotMatch(html, /<img|<details|It happens/);
});

test('a right answer hears over how many orders it was checked', async () => {
  const verdict = await check(twoAdd, [everythingJoined(), wholeLines()]);
  assert.equal(
    verdict.sentence,
    'I checked all 6 orders in which it can run, and in each of them: every process is joined; every line stays whole.',
  );
});

test('where there are too many orders for all, the verdict says so', async () => {
  const add = () => {
    for (let i = 0; i < 4; i++) counter.value = counter.value + 1;
  };
  const many = async () => {
    const all = [1, 2, 3].map(() => new Process({ target: add }));
    for (const each of all) each.start();
    for (const each of all) await each.join();
    return 'done';
  };
  const verdict = await check(many, [returns('done')]);
  assert.equal(verdict.passed, true, String(verdict));
  assert.match(verdict.sentence, /more orders than I can check\. I tried [\d,]+ \(.+\), and in each of them/);
});

const mine = new RawValue('int32', 0);
const yours = new RawValue('int32', 0);
const turn = new RawValue('int32', 0);
const door = new Lock({ name: 'door' });

/** Peterson's lock: right in every order, if all see at once what somebody writes. */
function addInTurn(own: RawValue<'int32'>, other: RawValue<'int32'>, me: number) {
  own.value = 1;
  turn.value = 1 - me;
  while (other.value === 1 && turn.value !== me);
  counter.value = counter.value + 1;
  own.value = 0;
}

function addBehindDoor(own: RawValue<'int32'>, other: RawValue<'int32'>, me: number) {
  using _held = door.acquireSync();
  addInTurn(own, other, me);
}

const byTwo = (target: typeof addInTurn) => async () => {
  const both = [
    new Process({ name: 'Ada', target, args: [mine, yours, 0] }),
    new Process({ name: 'Bob', target, args: [yours, mine, 1] }),
  ];
  for (const each of both) each.start();
  for (const each of both) await each.join();
  return counter.value;
};

test('what goes wrong only where a processor lets others see late what was written is a fault, and its order is shown', async () => {
  const verdict = await check(byTwo(addInTurn), [everythingJoined(), returns(2)]);
  assert.equal(
    verdict.sentence,
    'in every order all is well. But a processor may let others see late what a process wrote, and then ' +
      'it returns 1 instead of 2. A lock, a queue or Atomics would prevent that.',
  );
  const { code = '', end } = verdict.counterExample ?? {};
  assert.match(code, /^late [AB]/);
  assert.equal(end, 'So it returns 1 instead of 2.');
  const table = String(verdict.counterExample);
  assert.match(table, /It happens in this order: late /);
  assert.match(table, /others do not see it yet/);
  assert.match(table, /others see it now/);
});

test('such a program is right behind a lock, and right if nothing is required that breaks', async () => {
  for (const [program, requirements] of [
    [byTwo(addBehindDoor), [everythingJoined(), returns(2)]],
    [byTwo(addInTurn), [everythingJoined(), noDeadlock()]],
  ] as const) {
    const verdict = await check(program, requirements);
    assert.equal(verdict.passed, true, String(verdict));
  }
});

test('arguments are told, and requirements are judged in their order', async () => {
  const greet = (name: string, count: number) => {
    for (let i = 0; i < count; i++) new Process({ target: console.log, args: [name] }).start();
  };
  const verdict = await check(greet, [prints(['Ada', 'Ada']), everythingJoined()], { args: ['Ada', 2] });
  assert.equal(
    verdict.sentence,
    "I called it with ('Ada', 2): in every order MainProcess ends without join() of Process-1, Process-2.",
  );
});

test('a child that fails and a program that throws are faults, whatever is required', async () => {
  const failing = () => {
    const fail = () => {
      throw new Error('no flour');
    };
    new Process({ target: fail, name: 'Baker' }).start();
  };
  assert.match(
    (await check(failing, [everythingJoined()])).sentence,
    /^in its only order Baker ends with exit code 1 .*no flour/,
  );
  const throwing = () => {
    throw new Error('no oven');
  };
  assert.match(
    (await check(throwing, [everythingJoined()])).sentence,
    /^in its only order MainProcess ends with exit code 1 .*no oven/,
  );
});

test('a program that goes by more than the order cannot be checked, and hears why', async () => {
  const byLuck = () => console.log(process.cpuUsage().user);
  assert.match(
    (await check(byLuck, [returns(2)])).sentence,
    /^it cannot be checked: MainProcess did two different/,
  );
});

test("a requirement of one's own is a sentence and a judge", async () => {
  const small = requirement('it stays small', ({ returned }) =>
    Number(returned) < 2 ? undefined : `it returns ${returned}`,
  );
  assert.equal((await check(twoAdd, [small])).sentence, 'in 2 of 6 orders it returns 2.');
});

test('the same answer gets the same verdict, 100 times of 100', async () => {
  const texts = new Set<string>();
  for (let i = 0; i < 100; i++) texts.add(String(await check(twoAdd, [returns(2), everythingJoined()])));
  assert.equal(texts.size, 1);
});

after(() => {
  endExplorer();
  return nothingLeft();
});
