// A standstill ends an order only where nobody would catch the DeadlockError of a real run.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DeadlockError, explore, Lock, Process, Queue, RawValue, RLock, wait, waitSync } from '../../src';
import { check, returns } from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

async function together(...targets: (() => unknown)[]): Promise<void> {
  const children = targets.map((target, at) => new Process({ target, name: ['Ada', 'Bob'][at] as string }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
}

const giveWay = (first: Lock, second: Lock, done: RawValue<'int32'>) => async () => {
  for (;;) {
    await first.acquire();
    try {
      await second.acquire();
      break;
    } catch (error) {
      if (!(error instanceof DeadlockError)) throw error;
      first.release();
    }
  }
  done.value += 1;
  second.release();
  first.release();
};

test('who gives way and tries again comes through in the end, in every order that is walked', async () => {
  const [left, right] = [new Lock(), new Lock()];
  const done = new RawValue('int32', 0);
  const program = async () => {
    await together(giveWay(left, right, done), giveWay(right, left, done));
    return done.value;
  };
  const found = await explore(program, { expect: 2 });
  assert.equal(found.failing, undefined, String(found));
  assert.equal(found.hasLeftOut, true, 'who gives way for ever is left out');
  assert.equal(found.isComplete, false);
  assert.match(
    String(found),
    /Not walked: orders in which a process gets a DeadlockError for the third time and goes on\.\nSo there may be/,
  );
  const verdict = await check(program, [returns(2)]);
  assert.ok(verdict.passed);
  assert.match(
    verdict.sentence,
    /^it can run in more orders than I can check\. I tried \d+ \(every order, but not orders in which a process gets a DeadlockError /,
  );
});

test('where one of two catches it, either may be told, as in a real run', async () => {
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })];
  const program = () =>
    together(
      () => {
        left.acquireSync();
        right.acquireSync();
      },
      () => {
        right.acquireSync();
        try {
          left.acquireSync();
        } catch (error) {
          console.log((error as Error).name);
        }
      },
    );
  const { outcomes } = await explore(program, { lateWrites: false });
  const said = outcomes.map(({ outcome }) => [
    outcome.printed.join(''),
    outcome.failures.length,
    outcome.hang,
  ]);
  // One has both locks, and ends with them: the other is told so, uncaught. Or each has its first one: A is
  // told of the deadlock and dies, so B is told that the owner died; or B is told, and ends with its lock.
  const expected = [
    ['', 1, undefined],
    ['LockOwnerDiedError\n', 1, undefined],
    ['DeadlockError\n', 1, undefined],
  ];
  assert.deepEqual(new Set(said.map(String)), new Set(expected.map(String)));
});

test('where nobody catches it, the order ends, whatever would be cleaned up', async () => {
  const [left, right] = [new Lock(), new Lock()];
  const take = (first: Lock, second: Lock) => () => first.with(() => second.with(() => {}));
  const { failing } = await explore(() => together(take(left, right), take(right, left)));
  assert.match(String(failing?.outcome.hang), /wait for each other for ever/);
});

test('the error says what the real one says, and a replayed order tells of it', async () => {
  const jobs = new Queue<number>(0, { name: 'jobs' });
  const program = async () => {
    try {
      await jobs.get();
    } catch (error) {
      return (error as DeadlockError).hang.kind;
    }
  };
  const found = await explore(program);
  assert.equal(found.outcomes[0]?.outcome.returned, 'unanswered-get');
  const { lines } = await found.replay('');
  assert.match(lines.join('\n'), /M \(MainProcess\) gets a DeadlockError, waiting for jobs/);
});

test('who catches the error and waits again and again is told: no order is no proof', async () => {
  const again = async () => {
    const door = new Lock();
    await door.acquire();
    for (let tries = 0; tries < 3; tries++) await door.acquire().catch(() => {});
  };
  const listens = async () => {
    const letters = new Queue<number>();
    const child = new Process({
      target: async () => {
        for (;;) await letters.get().catch(() => {});
      },
    });
    child.start();
    await letters.put(1);
    await child.join();
  };
  for (const program of [again, listens]) {
    await assert.rejects(explore(program), /No order comes to an end: /);
  }
});

test('a wait for any of several can be told, too', async () => {
  const letters = new Queue<number>();
  for (const waiting of [() => wait([letters]), () => Promise.resolve().then(() => waitSync([letters]))]) {
    const found = await explore(async () => await waiting().catch((error: Error) => error.name));
    assert.deepEqual(
      found.outcomes.map(({ outcome }) => outcome.returned),
      ['DeadlockError'],
    );
  }
});

test('a lock that was left held, or that another process holds, is told as that, and not as a hang', async () => {
  for (const door of [new Lock({ name: 'door' }), new RLock({ name: 'door' })]) {
    await together(async () => void (await door.acquire()));
    await assert.rejects(
      explore(() => door.with(() => 1)),
      /door is held by a process that takes no part in what is explored, or that has ended: release it before/,
    );
    const found = await explore(async () => [door.locked(), await door.acquire({ timeout: 5 })]);
    assert.deepEqual(found.outcomes[0]?.outcome.returned, [true, false]);
  }
});
