// Barrier: whoever does not come any more, those who wait are told.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  Barrier,
  BrokenBarrierError,
  Event,
  InvalidArgumentError,
  NotSerializableError,
  Process,
  Queue,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

for (const how of ['awaits', 'blocks'] as const) {
  test(`when a party is killed while it waits, who ${how} is told its name`, async () => {
    const barrier = new Barrier(3);
    const party = new Process({ target: () => barrier.waitSync(), name: 'Victim' });
    party.start();
    while (barrier.nWaiting === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const check = (error: unknown) =>
      error instanceof BrokenBarrierError && error.message.includes(`Victim (pid ${party.pid}) died`);
    if (how === 'awaits') {
      setTimeout(() => party.kill(), 50);
      await assert.rejects(barrier.wait(), check);
    } else {
      party.kill();
      assert.throws(() => barrier.waitSync(), check);
    }
    await party.join();
    assert.equal(barrier.broken, true);
    barrier.reset();
    assert.deepEqual([barrier.broken, barrier.nWaiting], [false, 0]);
  });
}

test('when the party that runs the action is killed, the others are told', async () => {
  const acting = new Event();
  const barrier = new Barrier(2, {
    action: () => {
      acting.set();
      for (;;);
    },
  });
  const first = barrier.wait();
  const told = assert.rejects(first, /died while it waited/);
  const actor = new Process({ target: () => barrier.waitSync() });
  actor.start();
  await acting.wait();
  actor.kill();
  await told;
  await actor.join();
});

test('an error of the action reaches who ran it, and breaks the barrier for the others', async () => {
  const barrier = new Barrier(2, { action: () => Promise.reject(new Error('in the action')) });
  const outcomes = await Promise.allSettled([barrier.wait(), barrier.wait()]);
  const messages = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.message);
  assert.match(String(messages[0]), /its action threw an error in MainProcess/);
  assert.equal(messages[1], 'in the action');
});

test('a party that gives up breaks the barrier for those who wait', async () => {
  const barrier = new Barrier(3);
  const cancel = new AbortController();
  const outcomes = Promise.allSettled([barrier.wait(), barrier.wait({ signal: cancel.signal })]);
  cancel.abort();
  const names = (await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason.name);
  assert.deepEqual(names, ['BrokenBarrierError', 'AbortError']);
});

test('tasks of one process can be the parties, meeting after meeting', async () => {
  const barrier = new Barrier(5);
  const turns = [0, 0, 0, 0, 0];
  await Promise.all(
    turns.map(async (_, self) => {
      for (let turn = 1; turn <= 50; turn++) {
        turns[self] = turn;
        await barrier.wait();
        for (const other of turns) assert.ok(other === turn || other === turn + 1);
      }
    }),
  );
  assert.equal(barrier.nWaiting, 0);
});

test('what is no number of parties is refused', () => {
  for (const parties of [0, -1, 1.5]) assert.throws(() => new Barrier(parties), InvalidArgumentError);
  assert.throws(() => new Barrier(2, { action: 3 as never }), InvalidArgumentError);
});

test('a barrier whose action cannot travel is refused each time, and never travels without it', () => {
  const never = new Promise(() => {});
  const barrier: Barrier = new Barrier(1, { action: (): unknown => [never, barrier] });
  const queue = new Queue<Barrier>();
  for (const _ of [1, 2]) assert.throws(() => queue.putSync(barrier), NotSerializableError);
});
