// CPython's _TestMyManager, and what register() promises.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  activeChildren,
  BaseManager,
  BaseProxy,
  getAllStartMethods,
  InvalidArgumentError,
  ManagerStateError,
  NotExposedError,
  Process,
  type ProxyOf,
  RemoteError,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

class FooBar {
  f() {
    return 'f()';
  }
  g() {
    throw new RangeError('g');
  }
  _h() {
    return '_h()';
  }
}

class Counter {
  #count: number;
  constructor(start: number) {
    this.#count = start;
  }
  add(step: number) {
    this.#count += step;
    return this.#count;
  }
  self() {
    return this;
  }
  twin() {
    return new Counter(this.#count);
  }
}

class CounterProxy extends BaseProxy {
  async addTwice(step: number): Promise<number> {
    await this.callMethod('add', [step]);
    return Number(await this.callMethod('add', [step]));
  }
}

function* squares() {
  for (let i = 0; i < 10; i++) yield i * i;
}

class MyManager extends BaseManager {
  declare Foo: () => Promise<ProxyOf<FooBar>>;
  declare Bar: () => Promise<ProxyOf<Pick<FooBar, 'f'>>>;
  declare baz: () => Promise<BaseProxy>;
  declare Counter: (start: number) => Promise<ProxyOf<Counter>>;
  declare Custom: (start: number) => Promise<CounterProxy>;
}
MyManager.register('Foo', FooBar);
MyManager.register('Bar', FooBar, { exposed: ['f', '_h'] });
MyManager.register('baz', squares, { exposed: ['next'] });
MyManager.register('Counter', Counter, { methodToTypeid: { twin: 'Counter' } });
MyManager.register('Custom', Counter, { proxyType: CounterProxy });

function framesOf(error: unknown): string[] {
  const { cause } = error as { cause: Error };
  assert.ok(cause instanceof RemoteError);
  return (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
}

for (const address of [undefined, ['127.0.0.1', 0]] as const) {
  const where = address === undefined ? 'of this program' : 'at an address';
  test(`an error of a server ${where} tells where it was thrown there, by lines of the program alone`, async () => {
    const options =
      address === undefined ? {} : { address: [...address] as [string, number], authkey: 'key' };
    const manager = new MyManager(options);
    await manager.start();
    const foo = await manager.Foo();
    const frames = framesOf(await foo.g().catch((error: unknown) => error));
    assert.match(frames[0] ?? '', /at FooBar\.g /);
    assert.deepEqual(
      frames.filter((line) => !line.includes('base-manager.test')),
      [],
    );
    await manager.shutdown();
    const initializer = () => {
      throw new RangeError('begun');
    };
    const failed = new MyManager(options).start({ initializer }).catch((error: unknown) => error);
    assert.deepEqual(
      framesOf(await failed).filter((line) => !line.includes('base-manager.test')),
      [],
    );
  });
}

async function common(manager: MyManager): Promise<void> {
  const foo = await manager.Foo();
  const bar = await manager.Bar();
  const names = ['f', 'g', '_h'];
  assert.deepEqual(
    names.filter((name) => name in foo),
    ['f', 'g'],
  );
  assert.deepEqual(
    names.filter((name) => name in bar),
    ['f', '_h'],
  );
  assert.equal(await foo.f(), 'f()');
  assert.equal(foo.fSync(), 'f()');
  await assert.rejects(
    foo.g(),
    (error: unknown) => error instanceof RangeError && error.cause instanceof RemoteError,
  );
  assert.equal(await foo.callMethod('f'), 'f()');
  await assert.rejects(foo.callMethod('_h'), NotExposedError);
  assert.equal(await bar.callMethod('_h'), '_h()');
  const baz = await manager.baz();
  const items: unknown[] = [];
  for (;;) {
    const { done, value } = (await baz.callMethod('next')) as IteratorResult<number>;
    if (done) break;
    items.push(value);
  }
  assert.deepEqual(items, [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
}

for (const method of getAllStartMethods()) {
  describe(`_TestMyManager over '${method}'`, () => {
    test('mymanager', async () => {
      const manager = new MyManager({ method });
      await manager.start();
      await common(manager);
      await manager.shutdown();
      await manager.join();
    });

    test('mymanager_context', async () => {
      await using manager = new MyManager({ method });
      await manager.start();
      await common(manager);
    });

    test('mymanager_context_prestarted', async () => {
      const manager = new MyManager({ method });
      await manager.start();
      {
        await using open = manager;
        await common(open);
      }
      await assert.rejects(manager.start(), ManagerStateError);
    });

    test('a server that may take its time is not killed at the end of its scope', async () => {
      const manager = new MyManager({ method, shutdownTimeout: Number.POSITIVE_INFINITY });
      await manager.start();
      const [server] = activeChildren() as Process[];
      {
        using _ = manager;
      }
      await server!.join();
      assert.equal(server!.exitcode, 0);
    });

    test('an object of a class of the program keeps its state, for all who have a proxy', async () => {
      await using manager = new MyManager({ method });
      await manager.start();
      const counter = await manager.Counter(5);
      const child = new Process({
        target: async (given: ProxyOf<Counter>) => {
          await given.add(10);
          given.addSync(100);
        },
        args: [counter],
        method,
      });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 0);
      assert.equal(await counter.add(0), 115);
      assert.equal(await counter.self(), counter as unknown, 'an object of the server is its proxy');
      const twin = (await counter.twin()) as unknown as ProxyOf<Counter>;
      assert.ok(twin instanceof BaseProxy);
      assert.equal(await twin.add(1), 116);
      const custom = await manager.Custom(0);
      assert.equal(await custom.addTwice(4), 8);
    });
  });
}

test('register() and its methods say what is wrong', async () => {
  class Other extends BaseManager {}
  assert.throws(() => Other.register('start', FooBar), InvalidArgumentError);
  assert.throws(() => Other.register('a b', FooBar), InvalidArgumentError);
  assert.throws(() => Other.register('Foo', 5 as never), InvalidArgumentError);
  const manager = new MyManager();
  await assert.rejects(async () => manager.Foo(), ManagerStateError);
  Other.register('Less', FooBar, { exposed: ['f', 'missing' as never] });
  await using other = new Other();
  await other.start();
  const less = (await (other as unknown as { Less(): Promise<BaseProxy> }).Less()) as BaseProxy;
  await assert.rejects(less.callMethod('missing'), /NotExposedError: .*the object has none of that name/);
  assert.equal('Foo' in Other.prototype, false, 'a type belongs to its class and those that extend it');
});

after(nothingLeft);
