// CPython's _TestContainers, TestSyncManagerTypes and TestInitializers.manager_initializer, over both start methods.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import {
  type ArrayProxy,
  activeChildren,
  type BarrierProxy,
  BrokenBarrierError,
  type ConditionProxy,
  type DictProxy,
  type EventProxy,
  getAllStartMethods,
  InvalidArgumentError,
  type ListProxy,
  type LockProxy,
  Manager,
  ManagerEndedError,
  ManagerStateError,
  type NamespaceProxy,
  NotHeldError,
  NotOwnerError,
  NotSerializableError,
  type PoolProxy,
  Process,
  Queue,
  QueueEmptyError,
  QueueFullError,
  type QueueProxy,
  ReleasedTooOftenError,
  RemoteError,
  type SemaphoreProxy,
  SyncManager,
  TooManyDoneError,
  type ValueProxy,
  WaitAbortedError,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

for (const method of getAllStartMethods()) {
  describe(`the objects of a manager whose server is started by '${method}'`, () => {
    let manager: SyncManager;
    before(async () => {
      manager = await Manager({ method });
    });
    after(() => manager.shutdown());

    async function run<A extends unknown[]>(target: (...args: A) => unknown, ...args: A): Promise<void> {
      const child = new Process({ target, args, method } as never);
      child.start();
      await child.join();
      assert.equal(child.exitcode, 0);
    }

    describe('_TestContainers', () => {
      test('list', async () => {
        const a = await manager.list(upTo(10));
        assert.deepEqual(await a.slice(), upTo(10));
        const b = await manager.list<number>();
        assert.deepEqual(await b.slice(), []);
        assert.equal(await b.push(...upTo(5)), 5);
        assert.equal(await b.at(2), 2);
        assert.deepEqual(await b.slice(2, 10), [2, 3, 4]);
        assert.deepEqual(await b.concat([5, 6]), [0, 1, 2, 3, 4, 5, 6]);
        const e = await manager.list([a, b]);
        const inner: number[][] = [];
        for await (const element of e) inner.push(await element.slice());
        assert.deepEqual(inner, [upTo(10), upTo(5)]);
        const f = await manager.list([a]);
        await a.push(99);
        assert.deepEqual(await (await f.at(0))?.slice(-2), [9, 99]);
        await assert.rejects(a.set(99, 1), InvalidArgumentError);
        assert.deepEqual(await b.splice(1, 2, 7), [1, 2]);
        assert.deepEqual(await b.getValue(), [0, 7, 3, 4]);
        await b.sort((x, y) => y - x);
        assert.deepEqual(await b.filter((x) => x > 3), [7, 4]);
        assert.equal(await b.join('-'), '7-4-3-0');
      });

      test('list_iter', async () => {
        const a = await manager.list(upTo(250));
        const seen: number[] = [];
        for await (const item of a) {
          if (item === 0) await a.push(250);
          seen.push(item);
        }
        assert.deepEqual(seen, upTo(251));
        const iterator = a[Symbol.asyncIterator]();
        await a.set(0, 100);
        assert.deepEqual(await iterator.next(), { done: false, value: 100 });
      });

      test('list_proxy_in_list', async () => {
        const a = await manager.list(await Promise.all(upTo(3).map(() => manager.list(upTo(3)))));
        const at = async (index: number) => (await a.at(index)) as ListProxy<number>;
        await (await at(0)).set(-1, 55);
        assert.deepEqual(await (await at(0)).slice(), [0, 1, 55]);
        for (const i of [1, 2]) assert.deepEqual(await (await at(i)).slice(), [0, 1, 2]);
        assert.equal(await (await at(1)).pop(), 2);
        assert.equal(await (await at(1)).length(), 2);
        for (const i of [0, 2]) assert.equal(await (await at(i)).length(), 3);
        const b = await manager.list<unknown>();
        await b.push(b);
        assert.equal(await b.at(0), b);
      });

      test('dict', async () => {
        const d = await manager.dict<number, string>([]);
        for (const i of [65, 66, 67]) await d.set(i, String.fromCharCode(i));
        const expected = new Map([
          [65, 'A'],
          [66, 'B'],
          [67, 'C'],
        ]);
        assert.deepEqual(await d.getValue(), expected);
        assert.deepEqual(await d.keys(), [...expected.keys()]);
        assert.deepEqual(await d.values(), [...expected.values()]);
        assert.deepEqual(await d.entries(), [...expected]);
        assert.equal(await d.delete(65), true);
        assert.equal(await d.has(65), false);
      });

      test('dict_iter', async () => {
        const d = await manager.dict({ a: 1, b: 2 });
        const seen: unknown[] = [];
        for await (const entry of d) {
          await d.clear();
          seen.push(entry);
        }
        assert.deepEqual(seen, [
          ['a', 1],
          ['b', 2],
        ]);
        assert.equal(await d.size(), 0);
      });

      test('dict_proxy_nested', async () => {
        const pets = await manager.dict({ ferrets: 2, hamsters: 4 });
        const supplies = await manager.dict({ water: 10, feed: 3 });
        const d = await manager.dict({ pets, supplies });
        const inner = async (key: string) => (await d.get(key)) as DictProxy<string, number>;
        assert.equal(await (await inner('supplies')).get('water'), 10);
        await (await inner('supplies')).set('blankets', 5);
        assert.equal(await supplies.get('blankets'), 5);
        assert.equal(await inner('pets'), pets, 'one proxy for one object');
        await d.clear();
        assert.equal(await pets.get('hamsters'), 4);
        const outer = await manager.list<unknown>([[88, 99], await manager.list([pets])]);
        assert.deepEqual(await outer.at(0), [88, 99], 'what is no proxy is a copy');
        const last = (await outer.at(-1)) as ListProxy<DictProxy<string, number>>;
        assert.equal(await (await last.at(-1))?.get('ferrets'), 2);
      });

      test('nested_queue', async () => {
        const a = await manager.list<QueueProxy<number>>();
        await a.push(await manager.Queue<number>());
        await (await a.at(0))?.put(123);
        assert.equal(await (await a.at(0))?.get(), 123);
      });

      test('namespace', async () => {
        const n = await manager.Namespace<{ name: string; job?: string; _hidden?: string }>();
        await n.set('name', 'Bob');
        await n.set('job', 'Builder');
        await n.set('_hidden', 'hidden');
        assert.deepEqual([await n.get('name'), await n.get('job')], ['Bob', 'Builder']);
        assert.equal(await n.delete('job'), true);
        assert.equal(inspect(n), "<NamespaceProxy { name: 'Bob' }>");
        assert.equal(await n.has('name'), true);
        assert.equal(await n.has('job'), false);
      });

      test('set', async () => {
        const s = await manager.set([1, 2, 2]);
        await s.add(3);
        assert.equal(await s.delete(1), true);
        assert.equal(await s.has(1), false);
        assert.deepEqual(await s.values(), [2, 3]);
        assert.deepEqual(await s.getValue(), new Set([2, 3]));
        const nested = await manager.set([s]);
        assert.equal(await nested.has(s), true);
      });
    });

    describe('TestSyncManagerTypes', () => {
      test('event', async () => {
        const event = await manager.Event();
        await event.set();
        await run(async (given: EventProxy) => {
          if (!(await given.isSet()) || !given.waitSync()) throw new Error('it is not set');
          await given.clear();
          if (await given.wait({ timeout: 1 })) throw new Error('it is still set');
        }, event);
        assert.equal(await event.isSet(), false);
        assert.equal(await event.wait({ timeout: 1 }), false);
      });

      for (const name of ['Lock', 'RLock'] as const) {
        test(name.toLowerCase(), async () => {
          const lock = await manager[name]();
          await run(async (given: LockProxy) => {
            await given.acquire();
            await given.release();
            given.acquireSync();
            given.releaseSync();
          }, lock);
          await lock.acquire();
          assert.equal(await lock.locked(), true);
          if (name === 'RLock') await (await lock.acquire()).release();
          await lock.release();
          await assert.rejects(lock.release(), name === 'Lock' ? NotHeldError : NotOwnerError);
          await lock.with(async () => assert.equal(await lock.locked(), true));
          assert.equal(await lock.locked(), false);
        });
      }

      test('rlock: two tasks of one process exclude each other', async () => {
        const lock = await manager.RLock();
        const order: string[] = [];
        const task = async (name: string) => {
          await lock.acquire();
          await lock.acquire();
          order.push(`${name} in`);
          await new Promise((resolve) => setTimeout(resolve, 20));
          order.push(`${name} out`);
          await lock.release();
          await lock.release();
        };
        await Promise.all([task('a'), task('b')]);
        assert.deepEqual(order, ['a in', 'a out', 'b in', 'b out']);
      });

      for (const name of ['Semaphore', 'BoundedSemaphore'] as const) {
        test(name === 'Semaphore' ? 'semaphore' : 'bounded_semaphore', async () => {
          const semaphore = await manager[name](2);
          await run(async (given: SemaphoreProxy) => {
            await given.acquire();
            await given.release();
          }, semaphore);
          await semaphore.acquire();
          await semaphore.acquire();
          assert.equal(await semaphore.acquire({ timeout: 0 }), false);
          assert.equal(await semaphore.acquire({ timeout: 20 }), false);
          await semaphore.release(2);
          assert.equal(await semaphore.getValue(), 2);
          if (name === 'BoundedSemaphore') await assert.rejects(semaphore.release(), ReleasedTooOftenError);
          else await semaphore.release();
        });
      }

      test('condition', async () => {
        const condition = await manager.Condition();
        const list = await manager.list<string>();
        await assert.rejects(condition.wait(), NotOwnerError);
        await assert.rejects(condition.notify(), NotOwnerError);
        const child = new Process({
          target: async (given: ConditionProxy, said: ListProxy<string>) => {
            await given.with(async () => {
              await said.push('waiting');
              given.waitForSync(() => said.includesSync('go'));
              await said.push('done');
            });
          },
          args: [condition, list],
          method,
        });
        child.start();
        for (;;) {
          using _held = await condition.acquire();
          if (await list.includes('waiting')) break;
        }
        await condition.with(async () => {
          assert.equal(await condition.wait({ timeout: 5 }), false);
          await list.push('go');
          await condition.notifyAll();
        });
        await child.join();
        assert.equal(child.exitcode, 0);
        assert.equal(await list.at(-1), 'done');
        const shared = await manager.Condition(await manager.Lock());
        await shared.with(() => shared.notify());
      });

      test('barrier', async () => {
        const barrier = await manager.Barrier(2, { timeout: 20_000 });
        await run(async (given: BarrierProxy) => {
          if ((await given.parties()) !== 2) throw new Error('parties');
          await given.reset();
        }, barrier);
        const child = new Process({
          target: (given: BarrierProxy) => process.exit(10 + given.waitSync()),
          args: [barrier],
          method,
        });
        child.start();
        const place = await barrier.wait();
        await child.join();
        assert.equal((child.exitcode ?? 0) - 10 + place, 1);
        await assert.rejects(barrier.wait({ timeout: 5 }), BrokenBarrierError);
        assert.equal(await barrier.broken(), true);
        await assert.rejects(barrier.wait(), BrokenBarrierError);
        await barrier.reset();
        assert.equal(await barrier.broken(), false);
        assert.equal(await barrier.nWaiting(), 0);
      });

      test('pool', async () => {
        const pool = await manager.Pool({ processes: 2 });
        const factor = 3;
        assert.deepEqual(await pool.map((x: number) => x * factor, [1, 2, 3]), [3, 6, 9]);
        assert.equal(await pool.apply((a: number, b: number) => a + b, [1, 2]), 3);
        const result = await pool.mapAsync((x: number) => x + 1, [1, 2]);
        assert.deepEqual(await result.get(), [2, 3]);
        const items: number[] = [];
        for await (const item of await pool.imap((x: number) => -x, [1, 2, 3])) items.push(item);
        assert.deepEqual(items, [-1, -2, -3]);
        const single = await manager.Pool({ processes: 1 });
        const begun = new Queue<boolean>();
        const giving = new AbortController();
        const endless = single.apply(() => begun.put(true).then(() => new Promise(() => {})), [], giving);
        await begun.get();
        giving.abort();
        await assert.rejects(endless, WaitAbortedError);
        assert.equal(await single.apply(() => 'free again'), 'free again', 'the work was stopped');
        const fail = () => {
          throw new RangeError('in a worker');
        };
        await assert.rejects(pool.apply(fail), (error: unknown) => {
          assert.ok(error instanceof RangeError && error.cause instanceof RemoteError);
          return true;
        });
        await run(async (given: PoolProxy) => {
          await using open = given;
          if ((await open.apply(() => 5)) !== 5) throw new Error('apply');
        }, pool);
      });

      for (const name of ['Queue', 'JoinableQueue'] as const) {
        test(name === 'Queue' ? 'queue' : 'joinable_queue', async () => {
          const queue = await manager[name]<number>(2);
          await queue.put(5);
          await queue.put(6);
          await assert.rejects(queue.putNowait(7), QueueFullError);
          await assert.rejects(queue.put(7, { timeout: 10 }), QueueFullError);
          await run(async (given: QueueProxy<number>) => {
            const seen = [await given.qsize(), await given.full(), await given.empty(), given.getSync()];
            seen.push(await given.get(), await given.empty());
            if (String(seen) !== '2,true,false,5,6,true') throw new Error(String(seen));
          }, queue);
          assert.equal(await queue.empty(), true);
          assert.equal(await queue.full(), false);
          await assert.rejects(queue.getNowait(), QueueEmptyError);
          await assert.rejects(queue.get({ timeout: 10 }), QueueEmptyError);
          const [first] = await Promise.all([queue.get(), queue.put(8)]);
          assert.equal(first, 8);
        });
      }

      test('joinable_queue: join() waits for the last taskDone()', async () => {
        const queue = await manager.JoinableQueue<number>();
        await queue.put(1);
        assert.equal(await queue.join({ timeout: 5 }), false);
        const joining = queue.join();
        await queue.get();
        await queue.taskDone();
        assert.equal(await joining, true);
        await assert.rejects(queue.taskDone(), TooManyDoneError);
      });

      test('list', async () => {
        const list = await manager.list<number>();
        await list.push(5);
        await run(async (given: ListProxy<number>) => {
          if (given.atSync(0) !== 5 || given.indexOfSync(5) !== 0) throw new Error('the list');
          await given.sort();
          await given.reverse();
          if ((await given.shift()) !== 5) throw new Error('shift');
        }, list);
        assert.equal(await list.length(), 0);
      });

      test('dict', async () => {
        const dict = await manager.dict<number>();
        await dict.set('foo', 5);
        await run(async (given: DictProxy<string, number>) => {
          if (given.sizeSync() !== 1 || (await given.get('foo')) !== 5) throw new Error('the dict');
          given.deleteSync('foo');
        }, dict);
        assert.equal(await dict.size(), 0);
      });

      test('value', async () => {
        const value = await manager.Value('int32', 1);
        await run(async (given: ValueProxy<'int32'>) => {
          if ((await given.get()) !== 1) throw new Error('the value');
          await given.set(2);
        }, value);
        assert.equal(await value.get(), 2);
        await value.set(2 ** 31);
        assert.equal(await value.get(), -(2 ** 31), 'it is an int32');
      });

      test('array', async () => {
        const array = await manager.Array('i', [0, 1]);
        await run(async (given: ArrayProxy<'i'>) => {
          const items: number[] = [];
          for await (const item of given) items.push(item);
          if (String(items) !== '0,1' || given.lengthSync() !== 2) throw new Error('the array');
          await given.set(1, 7);
        }, array);
        assert.deepEqual(await array.getValue(), [0, 7]);
        await assert.rejects(array.set(2, 1), InvalidArgumentError);
      });

      test('namespace', async () => {
        const namespace = await manager.Namespace({ x: 0, y: 1 });
        await run(async (given: NamespaceProxy<{ x: number; y: number }>) => {
          if ((await given.get('x')) !== 0 || given.getSync('y') !== 1) throw new Error('the namespace');
        }, namespace);
      });
    });

    describe('proxies', () => {
      test('are closed over, go through queues, and are one in each process', async () => {
        const list = await manager.list<string>();
        const queue = new Queue<unknown>();
        const done = await manager.Queue<boolean>();
        queue.putSync([list, list]);
        await run(async () => {
          const [a, b] = (await queue.get()) as [typeof list, typeof list];
          await done.put(a === b && a === list);
          a.pushSync('by the child');
        });
        assert.equal(await done.get(), true);
        assert.deepEqual(await list.slice(), ['by the child']);
      });

      test('carry functions, class instances and errors', async () => {
        class Point {
          readonly x: number;
          constructor(x: number) {
            this.x = x;
          }
          double() {
            return this.x * 2;
          }
        }
        const list = await manager.list<unknown>([new Point(4), (n: number) => n + 1, new RangeError('r')]);
        const [point, increment, error] = (await list.slice()) as [Point, (n: number) => number, Error];
        assert.equal(point.double(), 8);
        assert.equal(increment(1), 2);
        assert.ok(error instanceof RangeError);
        await assert.rejects(list.push(new WeakRef({})), NotSerializableError);
        assert.equal(await list.length(), 3);
      });

      test('give a wait up when the signal says so, and what comes then goes to the next', async () => {
        const queue = await manager.Queue<number>();
        const lock = await manager.Lock();
        await assert.rejects(queue.get({ signal: AbortSignal.timeout(20) }), WaitAbortedError);
        await queue.put(1);
        assert.equal(await queue.get(), 1);
        using _held = await lock.acquire();
        await assert.rejects(lock.acquire({ signal: AbortSignal.timeout(20) }), WaitAbortedError);
        assert.equal(await lock.acquire({ timeout: 10 }), false);
        await assert.rejects(lock.acquire({ signal: AbortSignal.abort() }), WaitAbortedError);
      });

      test('show what they stand for', async () => {
        const list = await manager.list<unknown>([1, 'two']);
        await list.push(list);
        assert.match(inspect(list), /^<ListProxy <ref \*1> \[ 1, 'two', \[Circular \*1\] \]>$/);
        assert.equal(inspect(await manager.Event()), '<EventProxy unset>');
        const lock = await manager.Lock();
        await lock.acquire();
        assert.equal(inspect(lock), '<LockProxy held by MainProcess>');
      });

      test('are made by a child too, through the manager that it was given', async () => {
        const names = await manager.dict<ListProxy<number>>();
        await run(
          async (given: SyncManager, into: DictProxy<string, ListProxy<number>>) => {
            await into.set('made', await given.list([1, 2, 3]));
          },
          manager,
          names,
        );
        assert.deepEqual(await (await names.get('made'))?.slice(), [1, 2, 3]);
      });

      test('have errors that say where they were thrown', async () => {
        const list = await manager.list<number>();
        await assert.rejects(list.set(5, 1), (error: unknown) => {
          assert.ok(error instanceof InvalidArgumentError);
          assert.match(error.stack ?? '', /manager\.test/);
          assert.ok(error.cause instanceof RemoteError);
          assert.match(error.cause.stack ?? '', /containers/);
          return true;
        });
      });
    });
  });

  describe(`TestInitializers over '${method}'`, () => {
    test('manager_initializer', async () => {
      await using first = await Manager({ method });
      const namespace = await first.Namespace({ test: 0 });
      const second = new SyncManager({ method });
      await assert.rejects(second.start({ initializer: 1 } as never), InvalidArgumentError);
      await second.start({
        initializer: async (given: typeof namespace) => given.set('test', (await given.get('test')) + 1),
        initargs: [namespace],
      });
      assert.equal(await namespace.get('test'), 1);
      await second.shutdown();
      await second.join();
      const third = new SyncManager({ method });
      const initializer = () => {
        throw new RangeError('no');
      };
      await assert.rejects(third.start({ initializer }), RangeError);
    });
  });
}

describe('the life of a manager', () => {
  test('begins once, and after its end each call has a ManagerEndedError', async () => {
    const manager = new SyncManager();
    await assert.rejects(manager.list(), ManagerStateError);
    await manager.start();
    await assert.rejects(manager.start(), ManagerStateError);
    const list = await manager.list([1]);
    const waiting = (await manager.Queue()).get();
    const outcome = assert.rejects(waiting, ManagerEndedError);
    await manager.shutdown();
    await outcome;
    await assert.rejects(list.at(0), ManagerEndedError);
    assert.throws(() => list.atSync(0), ManagerEndedError);
    await assert.rejects(manager.list(), ManagerEndedError);
    await manager.shutdown();
    assert.equal(inspect(list), '<ListProxy of an ended manager>');
    assert.deepEqual(activeChildren(), []);
  });

  test('ends with its block', async () => {
    const server = await (async () => {
      await using manager = await Manager();
      const [child] = activeChildren();
      await manager.list();
      return child;
    })();
    assert.equal(server?.exitcode, 0);
    {
      using _manager = await Manager();
    }
    await Promise.all(activeChildren().map((child) => child.join()));
  });
});

after(nothingLeft);
