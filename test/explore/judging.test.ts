// What judges a program: the invariant and the expectation answer at once, an order that breaks the invariant
// is told as far as that, and a misspelt option is no option.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Plain } from '../../src/explore/outcome';
import {
  ExplorationError,
  explore,
  InvalidArgumentError,
  openWalk,
  Process,
  RawValue,
  replay,
} from '../../src/index';
import { play } from '../../src/tutorial/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const counter = new RawValue('int32', 0);
const twoAdd = async () => {
  const add = () => {
    counter.value = counter.value + 1;
    console.log('added');
    console.log('done');
  };
  const both = [1, 2].map(() => new Process({ target: add }));
  for (const each of both) each.start();
  for (const each of both) await each.join();
};

const answers: readonly (readonly [given: () => unknown, words: string])[] = [
  [async () => counter.value < 1, 'gives a Promise'],
  [() => 'all is well', "gives 'all is well'"],
  [() => '', "gives ''"],
  [() => 1, 'gives 1'],
  [() => 0, 'gives 0'],
  [() => null, 'gives null'],
  [() => {}, 'gives nothing'],
  [() => ({ isWell: false }), 'gives { isWell: false }'],
  [
    () => {
      throw new RangeError('oh');
    },
    'throws RangeError: oh',
  ],
];

for (const [invariant, words] of answers) {
  test(`an invariant that ${words}`, async () => {
    await assert.rejects(explore(twoAdd, { invariant: invariant as () => boolean }), (error: Error) => {
      assert.ok(error instanceof ExplorationError);
      assert.ok(error.message.startsWith(`The invariant ${words}`), error.message);
      assert.match(error.message, /has to answer true or false at once\.$/);
      return true;
    });
  });
}

test('an expectation that gives a Promise or a number', async () => {
  for (const [expect, given] of [
    [async () => true, 'Promise'],
    [() => 1, '1'],
    [() => null, 'null'],
  ] as const) {
    const options = { expect: expect as unknown as () => boolean };
    await assert.rejects(
      explore(() => 3, options),
      (error: Error) => {
        assert.match(error.message, /^expect has to give true, false or words at once, and it gives /);
        return error instanceof ExplorationError && error.message.includes(given);
      },
    );
  }
});

test('to expect undefined is to expect that nothing is returned, and to expect nothing is not', async () => {
  const three = () => 3;
  const nothing = { expect: undefined as never };
  for (const [program, options, why] of [
    [three, nothing, 'it returned 3 and not undefined'],
    [async () => 3, nothing, 'it returned 3 and not undefined'],
    [() => {}, nothing, undefined],
    [async () => {}, nothing, undefined],
    [three, {}, undefined],
  ] as const) {
    const found = await explore<unknown>(program, options);
    assert.equal(found.failing?.why, why);
    assert.equal((await found.replay('')).why, why);
    assert.equal((await replay<unknown>(program, '', options)).why, why);
    assert.equal((await openWalk<unknown>(program, options)).position.isOver?.why, why);
    assert.equal(/You have broken it/.test(String(await play(program, options))), why !== undefined);
  }
});

test('an expectation without words', async () => {
  const { failing } = await explore(() => 3, { expect: () => '' });
  assert.equal(failing?.why, 'it is not as expected');
});

test('an invariant or an expectation that loops for ever ends after so many rounds', async () => {
  const endless = () => {
    for (;;);
  };
  const caught = () => {
    for (;;) {
      try {
        for (;;);
      } catch {
        return true;
      }
    }
  };
  for (const each of [endless, caught] as (() => boolean)[]) {
    await assert.rejects(
      explore(() => 1, { invariant: each }),
      {
        name: 'ExplorationError',
        message: 'The invariant does not end: a loop in it has gone round 2,000,000 times.',
      },
    );
    await assert.rejects(
      explore(() => 1, { expect: each }),
      {
        name: 'ExplorationError',
        message: 'expect does not end: a loop in it has gone round 2,000,000 times.',
      },
    );
  }
});

test('a misspelt option is no option, whoever is given it', async () => {
  const misspelt = { invarient: () => false } as never;
  for (const call of [
    () => explore(twoAdd, misspelt),
    () => replay(twoAdd, 'A', misspelt),
    () => openWalk(twoAdd, misspelt),
    () => play(twoAdd, misspelt),
  ]) {
    await assert.rejects(call, (error: Error) => {
      assert.ok(error instanceof InvalidArgumentError);
      return /^each name in options must be one of invariant, expect.* but it is 'invarient'\.$/.test(
        error.message,
      );
    });
  }
  await assert.rejects(explore(twoAdd, 5 as never), InvalidArgumentError);
});

test('all orders that break the invariant are one outcome, and its code ends at the move that broke it', async () => {
  const invariant = () => counter.value < 2;
  const found = await explore(twoAdd, { invariant });
  const broken = found.outcomes.filter(({ outcome }) => outcome.isBroken === true);
  assert.equal(broken.length, 1);
  // The 2 of one after the other: A A …, then B B, among whatever A prints; and the same with B first.
  const whole = await explore(twoAdd);
  assert.equal(found.orders, whole.orders);
  assert.equal(found.failing, broken[0]);
  assert.equal(found.failing?.code, 'A A B B');
  assert.match(
    found.failing.why ?? '',
    /^the invariant is broken on the way: B \(Process-2\) writes counter = 2/,
  );
  assert.match(String(found), /^70 orders, 3 outcomes\.\n✗ 30 {2}the invariant is broken\n {2}24 {2}'added/);
  const { code, lines, isRight, why, outcome } = await found.replay('A A B B');
  assert.deepEqual([code, isRight, why], ['A A B B', false, found.failing.why]);
  assert.match(lines.at(-1) ?? '', /^B \(Process-2\) writes counter = 2/);
  assert.deepEqual(outcome.printed, []);
  // A longer code of the same order comes to the same.
  assert.equal((await replay(twoAdd, 'A A A B B B', { invariant })).code, 'A A A B B');
  // One by one, and by chance, it is told alike.
  const few = await explore(twoAdd, { invariant, states: 1, orders: 50 });
  assert.deepEqual(few.outcomes.filter(({ outcome: { isBroken } }) => isBroken === true).length, 1);
  assert.match(few.failing?.why ?? '', /writes counter = 2/);
});

test('an invariant that is broken from the beginning', async () => {
  const { failing, orders } = await explore(twoAdd, { invariant: () => counter.value > 0 });
  assert.deepEqual([failing?.orders, failing?.code], [orders, '']);
  assert.equal(failing?.why, 'the invariant is broken on the way: from the beginning');
  const game = await play(() => {}, { invariant: () => counter.value > 0 });
  assert.match(String(game), /You have broken it: .* from the beginning\. It needed no move of yours\.$/);
});

test('a move that cannot happen is named, and at the end of an order there is none', async () => {
  const walk = await openWalk(twoAdd);
  await assert.rejects(walk.take(5 as never), /move must be A or B, but it is 5\./);
  await assert.rejects(walk.take('C'), /move must be A or B, but it is 'C'\./);
  for (const token of ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'B']) await walk.take(token);
  await assert.rejects(walk.take('A'), {
    name: 'ExplorationError',
    message: 'The order is over, and nobody can move: take a step back with undo().',
  });
});

test('what a memory does is counted for one event alone', async () => {
  const memory = {
    first: 0,
    next: (count: Plain) => {
      let sum = 0;
      for (let round = 0; round < 50_000; round++) sum += round;
      return sum > 0 ? Number(count) + 1 : count;
    },
  };
  const { outcomes } = await explore(twoAdd, { memory });
  assert.ok(outcomes.every((each) => each.outcome.memory === outcomes[0]?.outcome.memory));
});

test('a memory that never ends, and one that throws', async () => {
  const endless = {
    first: 0,
    next: () => {
      for (;;);
    },
  };
  await assert.rejects(explore(twoAdd, { memory: endless }), {
    name: 'ExplorationError',
    message: 'memory.next() does not end: a loop in it has gone round 2,000,000 times.',
  });
  const throwing = {
    first: 0,
    next: () => {
      throw new RangeError('oh');
    },
  };
  await assert.rejects(explore(twoAdd, { memory: throwing }), {
    name: 'ExplorationError',
    message: /^memory\.next\(\) threw RangeError: oh/,
  });
});
