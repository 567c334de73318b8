// explore(): how many orders, what they come to, and which is the smallest that goes wrong. Each count is
// derived by hand.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Exploration } from '../../src/explore/exploration';
import { Barrier, Event, explore, Lock, Process, Queue, Semaphore } from '../../src/index';
import { evaluate, trialsOf } from '../support/explore/trials';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const programs = trialsOf('programs');

function exploreTrial(name: string): Promise<Exploration> {
  const { program, options } = programs[name]!;
  return explore(program, options);
}

/** 'returned: orders', by what was returned. */
function counts({ outcomes }: Exploration): string {
  const lines = outcomes.map(
    ({ outcome, orders }) => `${outcome.hang === undefined ? outcome.returned : 'hang'}:${orders}`,
  );
  return lines.sort().join(' ');
}

test('two increments lose an update in 4 of 6 orders', async () => {
  // Two operations each, a read and a write: C(4,2) = 6 orders. Only one after the other is right: A A B B
  // and B B A A.
  const found = await exploreTrial('lostUpdate');
  assert.equal(found.orders, 6n);
  assert.equal(found.isComplete, true);
  assert.equal(counts(found), '1:4 2:2');
  // Of the four, A B B A and B A A B change hands least often; A comes first in the alphabet.
  assert.equal(found.failing?.code, 'A B B A');
  assert.equal(
    String(found),
    '6 orders: 1 in 4 of them, 2 in 2 of them.\nSmallest order that goes wrong: A B B A. It returned 1 and not 2.',
  );
});

test('three increments each: 924 orders, from 2 to 6', async () => {
  // Six operations each: C(12,6) = 924. 6 needs whole increments to follow each other: C(6,3) = 20.
  const found = await exploreTrial('sixEach');
  assert.equal(found.orders, 924n);
  assert.equal(counts(found), '2:8 3:300 4:416 5:180 6:20');
});

test('with a lock there are only as many orders as there are turns', async () => {
  // Whoever takes the lock goes on alone until it is released: k! orders of k processes.
  assert.equal(counts(await exploreTrial('locked')), '2:2');
  const { program, options } = programs.lockedWith!;
  assert.equal(counts(await explore(program, { ...options, lateWrites: false })), '3:6');
});

test('ten locked increments: 10! orders', async () => {
  const { tenLocked } = evaluate(`
    const { Lock, Process, RawValue } = require('parlab');
    const counter = new RawValue('int32', 0), lock = new Lock();
    exports.tenLocked = async () => {
      const increment = async () => { await lock.acquire(); counter.value = counter.value + 1; lock.release(); };
      const all = Array.from({ length: 10 }, () => new Process({ target: increment }));
      for (const each of all) each.start();
      for (const each of all) await each.join();
      return counter.value;
    };`);
  const found = await explore(tenLocked as () => unknown, { expect: 10 });
  assert.equal(counts(found), '10:3628800');
  assert.equal(String(found), '3,628,800 orders: 10 in all of them.');
});

test('a missing wake-up: 2 of 14 orders hang', async () => {
  // Buyer: read stock, (acquire, wait: release and sleep), …; Baker: acquire, write, notify, release: five
  // each in the orders that end, of which 12 are possible. It hangs where the Buyer has read before and takes
  // the lock after the Baker's turn, or just in between: 2.
  const found = await exploreTrial('condition');
  const hangs = found.outcomes.filter(({ outcome }) => outcome.hang !== undefined);
  assert.equal(found.orders, 14n);
  assert.equal(
    hangs.reduce((sum, { orders }) => sum + orders, 0n),
    2n,
  );
  assert.match(
    found.failing?.why ?? '',
    /^Buyer waits in Condition\.wait\(\) for a notification of Condition-1 \(Cell 1, line \d+\) for ever\./,
  );
});

for (const k of [3, 4, 5]) {
  test(`${k} philosophers hang in ${k}! orders`, async () => {
    // All have taken the fork on their left, in any order: k!.
    const { table } = evaluate(`
      const { Lock, Process } = require('parlab');
      const forks = Array.from({ length: ${k} }, (_, i) => new Lock({ name: 'fork ' + i }));
      exports.table = async () => {
        const eat = async (left, right) => { await left.acquire(); await right.acquire(); right.release(); left.release(); };
        const all = forks.map((fork, i) => new Process({ target: eat, args: [fork, forks[(i + 1) % ${k}]] }));
        for (const each of all) each.start();
        for (const each of all) await each.join();
      };`);
    const found = await explore(table as () => unknown);
    const hangs = found.outcomes.filter(({ outcome }) => outcome.hang !== undefined);
    assert.deepEqual(
      hangs.map(({ orders, code }) => ({ orders, code })),
      [{ orders: BigInt([0, 1, 2, 6, 24, 120][k]!), code: 'A B C D E'.slice(0, 2 * k - 1) }],
    );
  });
}

test('two locks the wrong way round: who holds what, and what to write', async () => {
  const { failing } = await exploreTrial('twoLocks');
  assert.equal(failing?.code, 'A B');
  const places = failing.why?.match(/Cell 1, line \d+/g) ?? [];
  const [took, wants] = places;
  assert.equal(
    failing.why,
    `Ada and Bob wait for each other for ever. Ada holds left (${took}) and waits for right (${wants}); ` +
      `Bob holds right (${took}) and waits for left (${wants}). Take the two locks in the same order everywhere.`,
  );
});

test('printed pieces: each order is its own outcome, and with anyOrder only torn lines differ', async () => {
  // Three prints each: C(6,3) = 20 orders, all to be told apart.
  const three = await exploreTrial('three');
  assert.deepEqual([three.orders, three.outcomes.length], [20n, 20]);
  // Ten greeters with a lock: 10! orders; where whole lines may come in any order, they come to the same.
  const ten = await exploreTrial('tenGreetersLockAnyOrder');
  assert.deepEqual([ten.orders, ten.outcomes.length, ten.failing], [3628800n, 1, undefined]);
});

test('an invariant: which step breaks it', async () => {
  const { failing } = await exploreTrial('invariantBroken');
  assert.match(
    failing?.why ?? '',
    /^the invariant is broken on the way: [AB] \(Process-\d\) writes .* = 2 \(Cell 1, line \d+\)$/,
  );
});

test('the time that a program takes if only sleeping takes time', async () => {
  const more = trialsOf('more');
  const times: Record<string, number> = {};
  const names = [
    'startJoinStartJoin',
    'startAllJoinAll',
    'startAndJoinEach',
    'lockAroundAll',
    'lockAroundPrint',
  ];
  for (const name of names) {
    times[name] = (await explore(more[name]!.program, more[name]!.options)).idealMs;
  }
  assert.deepEqual(times, {
    startJoinStartJoin: 3000,
    startAllJoinAll: 1000,
    // One task for each child: the others start while the first one's end is awaited.
    startAndJoinEach: 1000,
    lockAroundAll: 3000,
    lockAroundPrint: 1000,
  });
});

test('garbled: the main process, or its children, get something else than was sent', async () => {
  const program = async () => {
    const [there, back] = [new Queue<number>(), new Queue<number>()];
    const child = new Process({ target: async () => back.put(2 * (await there.get())) });
    child.start();
    await there.put(3);
    const answer = await back.get();
    await child.join();
    return answer;
  };
  const returnedWith = async (garbled?: 'main' | 'children') =>
    (await explore(program, garbled && { garbled })).outcomes.map(({ outcome }) => outcome.returned);
  assert.deepEqual(await returnedWith(), [6]);
  assert.deepEqual(await returnedWith('main'), [1006]);
  assert.deepEqual(await returnedWith('children'), [2006]);
});

test('what a program only looks at is told with what it saw', async () => {
  const box = new Queue<number>(0, { name: 'box' });
  const door = new Lock({ name: 'door' });
  const bell = new Event({ name: 'bell' });
  const seats = new Semaphore(2, { name: 'seats' });
  const start = new Barrier(2, { name: 'start' });
  const look = () => [
    box.empty(),
    box.qsize(),
    door.locked(),
    bell.isSet(),
    seats.getValue(),
    start.nWaiting,
  ];
  const { timed } = await explore(async () => {
    look();
    await box.put(1);
    await door.acquire();
    bell.set();
    await seats.acquire();
    look();
    await box.get();
    door.release();
    seats.release();
  });
  const seen = timed.events.flatMap((event) =>
    event.kind === 'look' ? [`${timed.objects[event.object ?? -1]?.name} ${event.text}`] : [],
  );
  assert.deepEqual(seen, [
    'box empty',
    'box empty',
    'door free',
    'bell not set',
    'seats 2',
    'start 0 waiting',
    'box 1 in it',
    'box 1 in it',
    'door taken',
    'bell set',
    'seats 1',
    'start 0 waiting',
  ]);
});
