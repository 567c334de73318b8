// What the things of the library look like in console.log() is the same in an explored program as in a real one.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { format, inspect } from 'node:util';
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  explore,
  JoinableQueue,
  Lock,
  Pipe,
  Pool,
  Process,
  Queue,
  RawArray,
  RawValue,
  RLock,
  Semaphore,
  SharedArray,
  SharedMemory,
  SimpleQueue,
  Value,
} from '../../src';
import { nothingLeft } from '../support/processes/nothing-left';

/** The things as they are shown. A place is told as far as it is known, which the real one needs a trace for. */
const shown = (...things: unknown[]) =>
  things.map((thing) => inspect(thing).replace(/\([^()]*, line \d+\)/, '(there)'));

const programs: { readonly [name: string]: () => unknown } = {
  'free locks': () => shown(new Lock(), new RLock(), new Condition(), new Condition(new Lock())),
  'locks of ours': async () => {
    const [lock, rlock, condition] = [new Lock(), new RLock(), new Condition()];
    const held = [await lock.acquire(), await rlock.acquire(), await condition.acquire()];
    return shown(lock, rlock, condition, held[0]);
  },
  'a lock of another process': async () => {
    const lock = new Lock();
    const [taken, done] = [new Event(), new Event()];
    const ada = new Process({
      name: 'Ada',
      target: () =>
        lock.with(async () => {
          taken.set();
          await done.wait();
        }),
    });
    ada.start();
    await taken.wait();
    const [text] = shown(lock);
    done.set();
    await ada.join();
    return [text?.replace(' (there)', ''), ...shown(lock)];
  },
  'a lock of one that has ended': async () => {
    const lock = new Lock();
    const ada = new Process({ name: 'Ada', target: () => void lock.acquireSync() });
    ada.start();
    await ada.join();
    return shown(lock);
  },
  others: () =>
    shown(
      new Semaphore(2),
      new BoundedSemaphore(3),
      new Barrier(2),
      new Event(),
      new RawValue('int32', 7),
      new Value('int32', 7),
      Pipe()[0],
    ),
  'shared arrays, alone and inside of something': () => {
    const raw = new RawArray('int32', [5, 0]);
    const array = new SharedArray('float64', [5, 6.5]);
    const { buf } = new SharedMemory({ create: true, size: 2 });
    const nested = { raw, all: [array, new Map([['buf', buf]])] };
    return [
      ...shown(raw, array, buf, nested, { a: { b: nested } }, new RawArray('uint8', 0), array.getObj()),
      inspect(nested, { maxArrayLength: 1 }),
      format('x:', raw, nested),
      format('%O', nested),
      format('%s %j', array, nested),
    ];
  },
  'shared arrays, as what looks at typed arrays sees them': async () => {
    const raw = new RawArray('int32', [5, 0]);
    const array = new SharedArray('uint8', [5, 6]);
    const loops: string[] = [];
    for (const key in array) loops.push(key);
    const [receives, sends] = Pipe(false);
    await sends.sendBytes(array);
    return [
      [raw, array].map((each) => ArrayBuffer.isView(each)),
      structuredClone(raw),
      structuredClone(array),
      await receives.recvBytes(),
      [raw, array].map((each) => Object.prototype.toString.call(each)),
      [raw, array].map((each) => [Object.keys(each), Object.getOwnPropertySymbols(each).length]),
      loops,
      'guard' in array,
    ];
  },
  'queues, open and closed': async () => {
    const queues = [new Queue<number>(), new JoinableQueue<number>(), new SimpleQueue<number>()];
    for (const queue of queues) await queue.put(1);
    const open = shown(...queues);
    for (const queue of queues) queue.close();
    return [...open, ...shown(...queues)];
  },
  'pools, open, closed and ended': async () => {
    const [closed, ended] = [new Pool({ processes: 1 }), new Pool({ processes: 2 })];
    const open = shown(closed);
    closed.close();
    await closed.join();
    await ended.terminate();
    return [...open, ...shown(closed, ended)];
  },
};

describe('shown as the real one', () => {
  for (const [name, program] of Object.entries(programs)) {
    test(name, async () => {
      const real = await program();
      const { outcomes } = await explore(program);
      const explored = outcomes.map(
        ({ outcome }) => outcome.hang ?? outcome.failures[0]?.error ?? outcome.returned,
      );
      assert.deepEqual(explored, [real]);
    });
  }
});

describe('what cannot be shown as the real one is refused by a sentence', () => {
  const raw = new RawArray('int32', [5, 0]);
  const array = new SharedArray('int32', [5, 6]);
  for (const each of [raw, array]) {
    const refused: { readonly [name: string]: () => unknown } = {
      'showProxy of a shared array': () => inspect({ each }, { showProxy: true }),
      'customInspect: false': () => inspect({ each }, { customInspect: false }),
      'structuredClone() of what has a shared array in it': () => structuredClone({ all: [each] }),
    };
    for (const [name, program] of Object.entries(refused)) {
      test(name, () =>
        assert.rejects(explore(program), (error: Error) =>
          error.message.startsWith(`explore() does not know ${name}`),
        ),
      );
    }
  }
});

test('a shared array in what is thrown is told', async () => {
  const array = new SharedArray('int32', [5, 6]);
  const { outcomes } = await explore(() => {
    throw { array };
  });
  assert.equal(outcomes[0]?.outcome.failures[0]?.error, '{ array: Int32Array(2) [ 5, 6 ] }');
});

after(nothingLeft);
