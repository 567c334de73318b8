// What explore() says of each kind of hang: the sentences of real runs, which docs/hangs.md has.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  explore,
  JoinableQueue,
  Lock,
  Process,
  Queue,
  Semaphore,
} from '../../src';
import { nothingLeft } from '../support/processes/nothing-left';

async function together(...targets: (() => void)[]): Promise<void> {
  const names = ['Ada', 'Bob'];
  const children = targets.map((target, at) => new Process({ target, name: names[at] ?? 'Cleo' }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
}

const hangs: readonly [what: string, program: () => Promise<void>, told: string][] = [
  [
    'a circular wait',
    async () => {
      const left = new Lock({ name: 'left' });
      const right = new Lock({ name: 'right' });
      const take = (first: Lock, second: Lock) => () => {
        first.acquireSync();
        second.acquireSync();
      };
      await together(take(left, right), take(right, left));
    },
    'Ada and Bob wait for each other for ever. Ada holds left and waits for right; Bob holds right and waits for left. ' +
      'Take the two locks in the same order everywhere.',
  ],
  [
    'a lock that is taken twice',
    async () => {
      const lock = new Lock({ name: 'door' });
      await together(() => {
        lock.acquireSync();
        lock.acquireSync();
      });
    },
    'Ada waits for door for ever. It holds door itself, and nobody else could release it. ' +
      'A Lock cannot be taken twice: use an RLock, or release it first.',
  ],
  [
    'a get that nobody can answer',
    async () => {
      const jobs = new Queue<number>(0, { name: 'jobs' });
      await together(() => {});
      await jobs.get();
    },
    'MainProcess waits in Queue.get() for an item of jobs for ever. Nobody else has jobs. ' +
      'Put as many items as are taken, or at the end one sign such as null for each process that takes.',
  ],
  [
    'a join before a full queue is drained',
    async () => {
      const jobs = new Queue<number>(1, { name: 'jobs' });
      await together(() => {
        jobs.putSync(1);
        jobs.putSync(2);
      });
    },
    'Ada cannot end: it waits in Queue.putSync() for room in jobs. MainProcess waits for its end and takes nothing out of jobs. ' +
      'Take all items out of the queue before you join the process that puts them.',
  ],
  [
    'a barrier that one never reaches',
    async () => {
      const barrier = new Barrier(3, { name: 'start line' });
      const wait = () => void barrier.waitSync();
      await together(wait, wait);
    },
    'Ada waits in Barrier.waitSync() for the others at start line for ever: only 2 of 3 have come. Nobody is left who could come: MainProcess waits for the end of ' +
      'Ada; Bob waits in Barrier.waitSync() for start line. Make the barrier for as many as call wait(), and let each of them call it equally often.',
  ],
  [
    'a taskDone() that is missing',
    async () => {
      const jobs = new JoinableQueue<number>(0, { name: 'jobs' });
      await together(() => {
        jobs.putSync(1);
        jobs.getSync();
        jobs.joinSync();
      });
    },
    'Ada waits in JoinableQueue.joinSync() for the last item of jobs for ever. Nobody is left who could report it as done: MainProcess waits for ' +
      'the end of Ada. Call taskDone() once for each item that is taken, in a finally if the work may fail.',
  ],
  [
    'a notification that nobody gives',
    async () => {
      const change = new Condition(undefined, { name: 'change' });
      await together(() => {
        change.acquireSync();
        change.waitSync();
      });
    },
    'Ada waits in Condition.waitSync() for a notification of change for ever. Nobody is left who could notify it: MainProcess waits for the end ' +
      'of Ada. Call notify() after each change, and wait with waitFor(() => …), which does not wait if it is so already.',
  ],
  [
    'an event that nobody sets',
    async () => {
      const ready = new Event({ name: 'ready' });
      await together(() => void ready.waitSync());
    },
    'Ada waits in Event.waitSync() for the set() of ready for ever. Nobody is left who could set it: MainProcess waits for the end of Ada. ' +
      'Let a process that does not wait for it call set(), on every way that it may go.',
  ],
  [
    'permits that nobody gives back',
    async () => {
      const seats = new Semaphore(1, { name: 'seats' });
      await together(() => {
        seats.acquireSync();
        seats.acquireSync();
      });
    },
    'Ada waits in Semaphore.acquireSync() for a permit of seats for ever. Nobody is left who could give one: MainProcess waits for the end of ' +
      'Ada. Call release() once for each acquire(), or use with(), which does so whatever happens.',
  ],
];

for (const [what, program, told] of hangs) {
  test(`${what} is told as in a real run`, async () => {
    const { failing } = await explore(program);
    assert.equal(failing?.outcome.hang?.replaceAll(/ \(\S+, line \d+\)/g, ''), told);
  });
}

for (const Permits of [Semaphore, BoundedSemaphore]) {
  test(`permits of a ${Permits.name} that are with a process outside are told`, async () => {
    const seats = new Permits(1, { name: 'seats' });
    const over = new Event();
    const taken = new Event();
    const guest = new Process({
      target: () => {
        seats.acquireSync();
        taken.set();
        over.waitSync();
      },
    });
    guest.start();
    await taken.wait();
    const hangOf = async (program: () => Promise<unknown>) =>
      String((await explore(program)).failing?.outcome.hang);
    assert.match(
      await hangOf(() => seats.acquire()),
      /Nobody else here has seats; 1 permit is with a process that takes no part\./,
    );
    assert.match(
      await hangOf(() => together(() => seats.acquireSync())),
      /could give one: MainProcess .*; 1 permit is with a process that takes no part\./,
    );
    over.set();
    await guest.join();
  });
}

after(nothingLeft);
