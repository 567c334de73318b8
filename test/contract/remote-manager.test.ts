// Managers over a socket: CPython's _TestRemoteManager and _TestManagerRestart, and what a second program may rely on.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import {
  type Address,
  AuthenticationError,
  activeChildren,
  BaseManager,
  BaseProxy,
  Client,
  type DictProxy,
  EndOfFileError,
  type EventProxy,
  getAllStartMethods,
  InvalidArgumentError,
  Listener,
  type ListProxy,
  LockOwnerDiedError,
  type LockProxy,
  Manager,
  ManagerEndedError,
  ManagerStateError,
  NotExposedError,
  NotSerializableError,
  Process,
  type ProxyOf,
  Queue,
  QueueEmptyError,
  type QueueProxy,
  RemoteError,
  SocketError,
  SyncManager,
  WaitAbortedError,
} from '../../src/index';
import { setAmbientSignal } from '../../src/waiting/wake';
import { compiled } from '../support/contract/run-program';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

const HOST: Address = ['127.0.0.1', 0];
const values = ['hello world', null, true, 2.25, 'hallå världen', 'привет світ', Buffer.from('hall\xe5')];

class Counter {
  #count: number;
  constructor(start: number) {
    this.#count = start;
  }
  add(step: number) {
    this.#count += step;
    return this.#count;
  }
  twin() {
    return new Counter(this.#count);
  }
  isSame(other: unknown) {
    return other === this;
  }
  fail() {
    throw new RangeError('too far');
  }
  _hidden() {
    return 'hidden';
  }
}

class CounterProxy extends BaseProxy {
  async addTwice(step: number): Promise<number> {
    await this.callMethod('add', [step]);
    return Number(await this.callMethod('add', [step]));
  }
}

class Work extends SyncManager {
  declare getQueue: () => Promise<QueueProxy<unknown>>;
  declare getLock: () => Promise<LockProxy>;
  declare getEvent: () => Promise<EventProxy>;
  declare getDict: () => Promise<DictProxy<string, unknown>>;
  declare Counter: (start: number) => Promise<ProxyOf<Counter>>;
  declare Custom: (start: number) => Promise<CounterProxy>;
}
Work.register('getQueue', 'Queue', { shared: true });
Work.register('getLock', 'Lock', { shared: true });
Work.register('getEvent', 'Event', { shared: true });
Work.register('getDict', 'dict', { shared: true });
Work.register('Counter', Counter, { methodToTypeid: { twin: 'Counter' } });
Work.register('Custom', Counter, { proxyType: CounterProxy });

/** Knows names alone, as another program does. */
class Remote extends SyncManager {
  declare getQueue: Work['getQueue'];
  declare getLock: Work['getLock'];
  declare getEvent: Work['getEvent'];
  declare getDict: Work['getDict'];
  declare Counter: Work['Counter'];
  declare Custom: Work['Custom'];
  declare Unknown: () => Promise<BaseProxy>;
  ofType(typeid: string): Promise<BaseProxy> {
    return this.create(typeid, []);
  }
}
for (const name of ['getQueue', 'getLock', 'getEvent', 'getDict', 'Counter', 'Unknown'])
  Remote.register(name);
Remote.register('Custom', undefined, { proxyType: CounterProxy });

async function connected(address: Address | undefined, authkey: string | Uint8Array = 'a key') {
  const manager = new Remote({ ...(address !== undefined && { address }), authkey });
  await manager.connect();
  return manager;
}

async function started(address = HOST) {
  const manager = new Work({ address, authkey: 'a key' });
  await manager.start();
  return manager;
}

/** The second program. */
function program(what: string, address: Address | undefined, authkey = 'a key'): ChildProcess {
  const args = [compiled('remote-client'), what, JSON.stringify(address), authkey];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [text] = (await once(child.stdout?.setEncoding('utf8') as NodeJS.EventEmitter, 'data')) as [string];
  return text.trim();
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, what);
    await collectGarbage();
    await sleep(20);
  }
}

// CPython's _TestRemoteManager and _TestManagerRestart

const queue = new Queue<unknown>();
class QueueManager extends BaseManager {
  declare getQueue: () => Promise<QueueProxy<unknown>>;
}
QueueManager.register('getQueue', () => queue);
class QueueManager2 extends BaseManager {
  declare getQueue: () => Promise<QueueProxy<unknown>>;
}
QueueManager2.register('getQueue');

for (const method of getAllStartMethods()) {
  test(`test_remote: clients share a queue of the server, over '${method}'`, async () => {
    const authkey = new Uint8Array(randomBytes(32));
    await using manager = new QueueManager({ address: HOST, authkey, method });
    await manager.start();
    const putter = new Process({
      target: async (address: Address, authkey: Uint8Array) => {
        const manager = new QueueManager2({ address, authkey });
        await manager.connect();
        await (await manager.getQueue()).put(values);
      },
      args: [manager.address as Address, authkey],
      daemon: true,
      method,
    });
    putter.start();
    using manager2 = new QueueManager2({ address: manager.address as Address, authkey });
    await manager2.connect();
    const remote = await manager2.getQueue();
    assert.deepEqual(await remote.get(), values);
    await assert.rejects(remote.put(setTimeout), NotSerializableError);
    await putter.join();
    assert.equal(putter.exitcode, 0);
    assert.equal(await remote.qsize(), 0, 'nothing of what was refused was sent');
  });
}

test('test_rapid_restart: an address is free again as soon as its server has ended, a hundred times', async () => {
  const authkey = 'a key';
  const first = await new QueueManager({ address: HOST, authkey }).getServer();
  const { address } = first;
  first.stop();
  for (let turn = 0; turn < 100; turn++) {
    const server = await new QueueManager({ address, authkey }).getServer();
    const served = server.serveForever();
    assert.deepEqual(server.address, address);
    using client = new QueueManager2({ address, authkey });
    await client.connect();
    const remote = await client.getQueue();
    await remote.put(turn);
    assert.equal(await remote.get(), turn);
    server.stop();
    await served;
    await assert.rejects(remote.get(), ManagerEndedError);
  }
  for (let turn = 0; turn < 3; turn++) {
    await using manager = new QueueManager({ address, authkey });
    await manager.start();
    assert.deepEqual(manager.address, address);
  }
});

// A second program

test('a second program that has the key uses the objects of the first', async () => {
  await using manager = await started();
  const child = program('put', manager.address);
  assert.equal(await firstLine(child), 'done');
  await once(child, 'close');
  const items = await (await manager.getQueue()).get();
  assert.deepEqual(items, ['hello world', 1n, new Date(0)]);
});

test('a program that is killed lets go of its objects, and its locks are free', async () => {
  await using manager = await started();
  const [queue, lock] = [await manager.getQueue(), await manager.getLock()];
  const before = await manager.numberOfObjects();
  const child = program('hold', manager.address);
  assert.equal(await firstLine(child), 'done');
  assert.equal(await lock.locked(), true);
  assert.equal(await manager.numberOfObjects(), before + 2);
  const waiting = assert.rejects(lock.acquire(), LockOwnerDiedError);
  await kill(child);
  await waiting;
  (await lock.acquire()).release();
  await until('objects are left', async () => (await manager.numberOfObjects()) === before);
  const getter = program('get', manager.address);
  assert.equal(await firstLine(getter), 'done');
  await kill(getter);
  await sleep(50);
  await queue.put('for the living');
  assert.equal(await queue.get({ timeout: 5000 }), 'for the living', 'the dead take nothing');
});

for (const what of ['event', 'get', 'lock'] as const) {
  test(`what another program waits for (${what}) ends with a ManagerEndedError when the server is killed`, async () => {
    const manager = await started();
    const server = activeChildren().find(({ name }) => name.startsWith('Work'));
    const held = await (await manager.getLock()).acquire();
    const child = program(what === 'get' ? 'get-sync' : what, manager.address);
    assert.equal(await firstLine(child), 'waiting');
    await sleep(100);
    server?.kill();
    assert.equal(await firstLine(child), 'ManagerEndedError');
    await once(child, 'close');
    held.release();
    await manager.shutdown();
  });
}

// What goes through the connection

describe('through a connection', () => {
  test('proxies stay proxies, there and back', async () => {
    await using manager = await started();
    using remote = await connected(manager.address);
    const counter = await remote.Counter(5);
    assert.equal(await counter.add(1), 6);
    assert.equal(counter.addSync(1), 7);
    const twin = (await counter.twin()) as unknown as ProxyOf<Counter>;
    assert.ok(twin instanceof BaseProxy);
    assert.equal(await twin.add(1), 8);
    assert.equal(await counter.isSame(counter), true);
    assert.equal(await counter.isSame(twin), false);
    const dict = await remote.getDict();
    await dict.set('counter', counter);
    assert.equal(await dict.get('counter'), counter, 'two proxies for one object are one');
    const local = (await (await manager.getDict()).get('counter')) as ProxyOf<Counter>;
    assert.equal(await local.add(0), 7, 'the program of the server has it, too');
    const nested = (await remote.list([await remote.list([1, 2])])) as ListProxy<ListProxy<number>>;
    assert.deepEqual(await (await nested.at(0))?.slice(), [1, 2]);
    const custom = await remote.Custom(0);
    assert.ok(custom instanceof CounterProxy);
    assert.equal(await custom.addTwice(2), 4);
    const items: number[] = [];
    for await (const item of await remote.list([1, 2, 3])) items.push(item);
    assert.deepEqual(items, [1, 2, 3]);
    assert.match(String(await counter.getValue().catch((error) => error)), /can be copied/);
  });

  test('an object goes when its last client has no proxy of it any more', async () => {
    await using manager = await started();
    const [first, second] = [await connected(manager.address), await connected(manager.address)];
    await (async () => {
      const list = await first.list([1]);
      await (await first.getDict()).set('list', list);
      await (await second.getDict()).get('list');
      await (await first.getDict()).clear();
      await list.length();
    })();
    await until('a proxy was not let go', async () => {
      await Promise.all([first.numberOfObjects(), second.numberOfObjects()]);
      return (await manager.numberOfObjects()) === 1; // the dict, which is shared
    });
    const list = await first.list([1]);
    await (await first.getDict()).set('list', list);
    first[Symbol.dispose]();
    await assert.rejects(list.at(0), ManagerEndedError);
    const other = (await (await second.getDict()).get('list')) as ListProxy<number>;
    assert.equal(await other.at(0), 1, 'the dict has it, and then the other client');
    second[Symbol.dispose]();
  });

  test('an error keeps its class, and has the remote one as its cause', async () => {
    await using manager = await started();
    using remote = await connected(manager.address);
    const counter = await remote.Counter(0);
    for (const call of [() => counter.fail(), async () => counter.failSync()]) {
      await assert.rejects(call(), (error: unknown) => {
        assert.ok(error instanceof RangeError && error.cause instanceof RemoteError);
        assert.match(String(error.cause.stack), /fail/);
        assert.match(String(error.stack), /remote-manager\.test/);
        return true;
      });
    }
  });

  test('waits have a timeout and a signal, and what was given up takes nothing', async () => {
    await using manager = await started();
    using remote = await connected(manager.address);
    const [queue, lock, event] = [await remote.getQueue(), await remote.getLock(), await remote.getEvent()];
    await assert.rejects(queue.get({ timeout: 20 }), QueueEmptyError);
    assert.throws(() => queue.getSync({ timeout: 20 }), QueueEmptyError);
    assert.equal(await event.wait({ timeout: 20 }), false);
    const held = await (await manager.getLock()).acquire();
    assert.equal(await lock.acquire({ timeout: 20 }), false);
    const giving = new AbortController();
    const waits = [queue.get({ signal: giving.signal }), lock.acquire({ signal: giving.signal })];
    await sleep(20);
    giving.abort();
    for (const wait of waits) await assert.rejects(wait, WaitAbortedError);
    held.release();
    await queue.put('kept');
    assert.equal(await queue.get(), 'kept');
    const condition = await remote.Condition();
    using _ = await condition.acquire();
    assert.equal(await condition.wait({ timeout: 20 }), false);
  });

  test('what is no data is refused before anything is sent', async () => {
    await using manager = await started();
    using remote = await connected(manager.address);
    const list = await remote.list<unknown>([]);
    for (const item of [() => 1, new Queue(), new Counter(1), Symbol('s'), { deep: [() => 1] }, manager]) {
      await assert.rejects(list.push(item), NotSerializableError);
    }
    await assert.rejects(list.push({ deep: [() => 1] }), /arguments\[0\]\.deep\[0\]/);
    const foreign = await manager.list([]);
    await assert.rejects(list.push(foreign), ManagerStateError);
    assert.equal(await list.length(), 0);
    const child = new Process({ target: (given: unknown) => given, args: [list] });
    assert.throws(() => child.start(), NotSerializableError);
    await assert.rejects(
      remote.Pool({ processes: 1 }).then((pool) => pool.map(Math.abs, [-1])),
      {
        name: 'NotSerializableError',
      },
    );
  });
});

// What stays closed

describe('who is let in may', () => {
  test('only call what is registered and exposed', async () => {
    await using manager = await started();
    using remote = await connected(manager.address);
    const counter = await remote.Counter(1);
    const inherited = [
      'constructor',
      '__proto__',
      '__defineGetter__',
      'hasOwnProperty',
      'toString',
      'valueOf',
    ];
    for (const name of [...inherited, '_hidden', '#count', 'call', '']) {
      await assert.rejects(counter.callMethod(name, ['x', 'y']), NotExposedError, name);
    }
    await assert.rejects(remote.Unknown(), NotExposedError);
    for (const typeid of ['constructor', '__proto__', 'toString', 'AsyncResult']) {
      await assert.rejects(remote.ofType(typeid), NotExposedError, typeid);
    }
    assert.equal(await counter.add(1), 2, 'and all goes on');
  });

  test('not make the standard types of a manager that has none', async () => {
    const server = await new QueueManager({ address: HOST, authkey: 'a key' }).getServer();
    const served = server.serveForever();
    using remote = await connected(server.address);
    await assert.rejects(remote.list([1]), NotExposedError);
    await assert.rejects(remote.Pool(), NotExposedError);
    server.stop();
    await served;
  });
});

describe('who has the key but does not keep to the conversation', () => {
  async function spoken(address: Address | undefined) {
    const connection = await Client(address as Address, { authkey: 'a key' });
    await connection.sendBytes(Buffer.from(JSON.stringify({ name: 'stranger', pid: 1 })));
    assert.match(Buffer.from(await connection.recvBytes()).toString(), /"pid":/);
    return connection;
  }

  function frame(head: object, value: Uint8Array): Buffer {
    const text = Buffer.from(JSON.stringify(head));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return Buffer.concat([length, text, value]);
  }

  test('loses the connection, and the server goes on', async () => {
    await using manager = await started();
    const own = await manager.list([1]);
    const nothing = serialize([undefined, []]);
    const bad: Uint8Array[] = [
      frame({ type: 'shutdown' }, nothing),
      frame({ type: 'call', call: 1, object: 1, method: 'length', task: 0 }, nothing),
      frame({ type: 'create', call: 1, typeid: ['list'] }, nothing),
      frame({ type: 'count' }, nothing),
      Buffer.from([255, 255, 255, 255, 1]),
      Buffer.from([0]),
      Buffer.from([0, 0, 0, 1, 0x7b]),
    ];
    for (const bytes of bad) {
      using connection = await spoken(manager.address);
      await connection.sendBytes(bytes);
      await assert.rejects(connection.recvBytes(), EndOfFileError);
    }
    using silent = await Client(manager.address as Address, { authkey: 'a key' });
    await silent.sendBytes(Buffer.alloc(5000));
    await silent.recvBytes();
    await assert.rejects(silent.recvBytes(), EndOfFileError);
    assert.equal(await own.length(), 1);
  });

  test('gets no object of the language by a forged value', async () => {
    await using manager = await started();
    using connection = await spoken(manager.address);
    const forged = [
      serialize([['__proto__'], []]),
      serialize([['constructor'], [{ type: 'array', length: 0, items: [] }]]),
      serialize([[0], [{ type: 'binary', kind: 'constructor', bytes: new Uint8Array(1) }]]),
      serialize([[0], [{ type: 'ticket', ticket: { object: 1, typeid: 'list', exposed: [] } }]]),
      serialize([[0], [{ type: 'unknown' }]]),
      Buffer.from('no value'),
      serialize(['no list', []]),
    ];
    for (const [call, value] of forged.entries()) {
      await connection.sendBytes(frame({ type: 'create', call, typeid: 'list' }, value));
      const reply = Buffer.from(await connection.recvBytes()).toString('latin1');
      assert.match(reply, new RegExp(`"type":"threw","call":${call}`), String(value));
    }
    const entries = ['__proto__', [2], 'constructor', 1];
    const object = [
      [0],
      [
        { type: 'array', length: 1, items: [[1]] },
        { type: 'object', entries },
        { type: 'object', entries: ['isPolluted', true] },
      ],
    ];
    await connection.sendBytes(frame({ type: 'create', call: 99, typeid: 'Namespace' }, serialize(object)));
    assert.match(Buffer.from(await connection.recvBytes()).toString('latin1'), /"returned","call":99/);
    assert.equal(
      await (await manager.list([{}])).at(0).then((item) => 'isPolluted' in (item as object)),
      false,
    );
  });
});

test('a wrong key is an AuthenticationError for the client, and the server goes on', async () => {
  await using manager = await started();
  await assert.rejects(connected(manager.address, 'another'), AuthenticationError);
  const own = new Remote({ address: manager.address as Address });
  await assert.rejects(own.connect(), AuthenticationError, 'the key of this program is another');
  using remote = await connected(manager.address);
  assert.equal(await (await remote.list([1])).length(), 1);
  assert.throws(() => new Remote({ authkey: '' }), InvalidArgumentError);
  assert.throws(() => new Remote({ authkey: 5 as never }), InvalidArgumentError);
});

test('another program that has the key, and is no manager, is a SocketError', async () => {
  const listener = await Listener(['127.0.0.1', 0], { authkey: 'a key' });
  const greeting = listener.accept().then((connection) => connection.send('hello'));
  await assert.rejects(connected(listener.address), /SocketError: The other side is no manager/);
  await greeting;
  listener.close();
});

test('a blocking call in a cell that was interrupted is refused, and spoils nothing', async () => {
  await using manager = await started();
  using remote = await connected(manager.address);
  await using own = await Manager();
  for (const list of [await remote.list([1]), await own.list([1])]) {
    assert.equal(list.lengthSync(), 1);
    setAmbientSignal(() => AbortSignal.abort());
    assert.throws(() => list.pushSync(2), WaitAbortedError);
    setAmbientSignal(() => undefined);
    assert.equal(list.pushSync(3), 2);
    assert.deepEqual(await list.slice(), [1, 3]);
  }
});

test('states: one of start(), connect() and getServer(), once', async () => {
  await assert.rejects(new Remote({}).connect(), InvalidArgumentError);
  const manager = await started();
  await assert.rejects(manager.connect(), ManagerStateError);
  await assert.rejects(manager.getServer(), ManagerStateError);
  const taken = new Work({ address: manager.address as Address, authkey: 'a key' });
  await assert.rejects(taken.start(), SocketError);
  const remote = await connected(manager.address);
  await assert.rejects(remote.start(), ManagerStateError);
  await assert.rejects(remote.shutdown(), ManagerStateError, 'who did not start it does not end it');
  await manager.shutdown();
  await assert.rejects(remote.getQueue(), ManagerEndedError);
  const again = new Remote({ address: manager.address as Address, authkey: 'a key' });
  await assert.rejects(again.connect(), SocketError);
  {
    await using successor = await started(manager.address as [string, number]);
    await again.connect();
    assert.equal(await (await again.list([successor.address])).length(), 1);
    again[Symbol.dispose]();
  }
});

test('the file of a socket goes with its server, also when that is killed', async () => {
  const address = join(tmpdir(), 'manager.socket');
  for (const isKilled of [false, true]) {
    const manager = await started(address as never);
    assert.ok(existsSync(address));
    using remote = await connected(address);
    assert.equal(await (await remote.list([1, 2])).length(), 2);
    if (isKilled) for (const child of activeChildren()) child.kill();
    await manager.shutdown();
    assert.ok(!existsSync(address));
  }
});

after(nothingLeft);
