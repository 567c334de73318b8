// What every object of the library looks like in console.log(), in util.inspect() and as the value of a cell: one
// line that says how it stands, without memory and without secrets. A name that is new needs a row here.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import * as parlab from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const {
  Barrier,
  BoundedSemaphore,
  Client,
  Condition,
  currentProcess,
  Event,
  explore,
  getContext,
  getLogger,
  JoinableQueue,
  Listener,
  Lock,
  Manager,
  openWalk,
  Pipe,
  Pool,
  Process,
  processPicture,
  Queue,
  RawArray,
  RawValue,
  replay,
  RLock,
  Semaphore,
  SharedArray,
  SharedMemory,
  SharedMemoryManager,
  ShareableList,
  SimpleQueue,
  startTrace,
  stopTrace,
  SyncManager,
  ThreadPool,
  timeline,
  Value,
} = parlab;

type Shown = string | RegExp;
type Look = (value: unknown, as: Shown) => void;
type Row = (look: Look) => void | Promise<void>;

const hasProcesses = parlab.getAllStartMethods().includes('process');

/** What a name gives, and how that is shown. */
const shown: Readonly<Record<string, Row>> = {
  Connection(look) {
    const [receiver, sender] = Pipe(false);
    look(receiver, '<Connection receives>');
    look(sender, '<Connection sends>');
    receiver.close();
    look(receiver, '<Connection receives, closed>');
    look(Pipe()[0], '<Connection sends and receives>');
  },
  JoinableQueue(look) {
    const queue = new JoinableQueue<string>();
    queue.putSync('a');
    look(queue, '<JoinableQueue of 1>');
  },
  Queue(look) {
    const queue = new Queue<string>();
    for (const name of ['Ada', 'Grace', 'Mary']) queue.putSync(name);
    look(queue, '<Queue of 3>');
    look({ queue }, '{ queue: <Queue of 3> }');
    queue.close();
    look(queue, '<Queue of 3, closed>');
  },
  SimpleQueue: (look) => look(new SimpleQueue(), '<SimpleQueue of 0>'),
  async ThreadPool(look) {
    await using pool = new ThreadPool({ processes: 1 });
    look(pool, '<ThreadPool of 1>');
  },
  async Pool(look) {
    const pool = new Pool({ processes: 2 });
    look(pool, '<Pool of 2>');
    const goOn = new Event();
    const begun = new Event();
    const result = pool.applyAsync(async () => {
      begun.set();
      await goOn.wait();
    });
    await begun.wait();
    look(pool, '<Pool of 2, 1 busy>');
    look(result, '<AsyncResult not ready>');
    goOn.set();
    await result.get();
    look(result, '<AsyncResult ready>');
    look(pool.imap(Math.sqrt, []), /^<ResultIterator, 0 taken/);
    pool.close();
    await pool.join();
    look(pool, '<Pool of 2, closed>');
  },
  async AsyncResult(look) {
    await using pool = new Pool({ processes: 1 });
    const result = pool.applyAsync(() => {
      throw new Error('no');
    });
    await result.wait();
    look(result, '<AsyncResult failed>');
  },
  async getContext(look) {
    look(getContext('thread'), '<Context thread>');
    await using pool = new (getContext().Pool)({ processes: 1 });
    look(pool, hasProcesses ? '<Pool of 1>' : '<ThreadPool of 1>');
  },
  async explore(look) {
    if (!hasProcesses) return;
    const program = () => new Lock().locked();
    look(await explore(program), /order/);
    look(await replay(program, ''), /(?!Memory)/);
  },
  async openWalk(look) {
    if (!hasProcesses) return;
    look(await openWalk(() => console.log('ready')), '<Walk after nothing, 0 possible moves>');
  },
  currentProcess: (look) => look(currentProcess(), `MainProcess (pid ${process.pid})`),
  async parentProcess(look) {
    const texts = new Queue<string>();
    const child = new Process({
      target: () => texts.putSync(inspect([parlab.parentProcess(), parlab.currentProcess()])),
      name: 'Ada',
    });
    child.start();
    look(
      { text: await texts.get() },
      `{ text: '[ MainProcess (pid ${process.pid}), Ada (pid ${child.pid}) ]' }`,
    );
    await child.join();
  },
  getLogger: (look) => look(getLogger(), '<Logger WARNING>'),
  async BaseManager(look) {
    await using manager = new parlab.BaseManager({ authkey: SECRET });
    look(manager, '<BaseManager not started>');
  },
  async SyncManager(look) {
    await using manager = new SyncManager({ authkey: SECRET });
    look(manager, '<SyncManager not started>');
    using server = await manager.getServer();
    look(server, /^<ManagerServer at .+>$/);
  },
  async SharedMemoryManager(look) {
    await using manager = new SharedMemoryManager();
    look(manager, '<SharedMemoryManager of 0 blocks>');
  },
  async BaseProxy(look) {
    await using manager = await Manager();
    look(await manager.list([1, 2]), '<ListProxy [ 1, 2 ]>');
    look(await manager.Queue(), /^<QueueProxy of 0>$/);
    look(await manager.Lock(), '<LockProxy free>');
    look(await manager.Value('i', 4), /^<ValueProxy 4>$/);
  },
  async Process(look) {
    const child = new Process({ name: 'Ada' });
    look(child, 'Ada (created)');
    child.start();
    await child.join();
    look(child, `Ada (pid ${child.pid}, ended with exit code 0)`);
  },
  SharedArray: (look) => look(new SharedArray('i', [1, 2]), 'Int32Array(2) [ 1, 2 ]'),
  RawArray: (look) => look(new RawArray('d', 2), 'Float64Array(2) [ 0, 0 ]'),
  async RawValue(look) {
    const value = new RawValue('d', 0.5);
    look(value, '<RawValue d 0.5>');
    look(new RawValue(new RawArray('i', 1)), '<RawValue int32 0>');
    const texts = new Queue<string>();
    const child = new Process({ target: () => texts.putSync(inspect(value)) });
    child.start();
    look({ text: await texts.get() }, "{ text: '<RawValue d 0.5>' }");
    await child.join();
  },
  Value(look) {
    look(new Value('i', 42), '<Value i 42>');
    look(new Value('int32', 42), '<Value int32 42>');
    look(new Value('q', 42n), '<Value q 42>');
  },
  ShareableList(look) {
    const list = new ShareableList(['Ada', 1815]);
    look(list, "ShareableList [ 'Ada', 1815 ]");
    list.shm.unlink();
  },
  SharedMemory(look) {
    const memory = new SharedMemory({ create: true, size: 3, name: 'shown' });
    look(memory, "<SharedMemory 'shown' of 3 bytes>");
    memory.unlink();
  },
  async Listener(look) {
    using listener = await Listener(['127.0.0.1', 0], { authkey: SECRET });
    look(listener, /^<Listener at .*127\.0\.0\.1.*>$/);
    const accepted = listener.accept();
    using client = await Client(listener.address, { authkey: SECRET });
    using connection = await accepted;
    look(client, '<SocketConnection open>');
    look(connection, '<SocketConnection open>');
  },
  Barrier: (look) => look(new Barrier(2), '<Barrier 0 of 2 wait>'),
  BoundedSemaphore: (look) => look(new BoundedSemaphore(2), '<BoundedSemaphore value=2>'),
  async Condition(look) {
    const condition = new Condition();
    look(condition, '<Condition, its lock is free>');
    await condition.acquire();
    look(condition, /^<Condition, its lock is held by MainProcess( \(.+\))?>$/);
    condition.release();
  },
  Event: (look) => look(new Event(), '<Event unset>'),
  async Lock(look) {
    const lock = new Lock();
    look(lock, '<Lock free>');
    const held = await lock.acquire();
    look(lock, /^<Lock held by MainProcess \(shown\.test\.[jt]s, line \d+\)>$/);
    look(held, '<Held>');
    lock.release();
    const child = new Process({ name: 'Ada', target: () => void lock.acquireSync() });
    child.start();
    await child.join();
    look(lock, /^<Lock held by Ada \(shown\.test\.[jt]s, line \d+\), which has ended>$/);
  },
  async RLock(look) {
    const lock = new RLock();
    look(lock, '<RLock free>');
    await lock.with(() => look(lock, /^<RLock held by MainProcess( \(.+\))?>$/));
  },
  Semaphore: (look) => look(new Semaphore(2), '<Semaphore value=2>'),
  processPicture: (look) => look(processPicture(), /./),
  startTrace(look) {
    startTrace();
    stopTrace();
    look(timeline(parlab.readTrace()), /./);
  },
};

/** The name of a class whose objects another row obtains, or of a function that gives nothing of the library's. */
const elsewhere: Readonly<Record<string, string>> = {
  Array: 'SharedArray',
  Client: 'Listener',
  Exploration: 'explore',
  Manager: 'BaseProxy',
  Pipe: 'Connection',
  replay: 'explore',
  stopTrace: 'startTrace',
  readTrace: 'startTrace',
  timeline: 'startTrace',
  Timeline: 'startTrace',
  Walk: 'openWalk',
  logToStderr: 'getLogger',
};
const givesNothingOfOurs = [
  ...[
    'sleep',
    'sleepSync',
    'activeChildren',
    'cpuCount',
    'wait',
    'waitSync',
    'answerChallenge',
    'deliverChallenge',
  ],
  ...['getAllStartMethods', 'getStartMethod', 'setStartMethod', 'setExecutable', 'setForkserverPreload'],
];

const SECRET = 'a-secret-that-nobody-sees';

/** No line of memory, no secret of this program, and no more than a person reads. */
function isClean(text: string): void {
  const { authkey } = currentProcess();
  assert.doesNotMatch(text, /memory: |i32|u8|kResourceStore|\bArrayBuffer\b|Symbol\(/);
  assert.ok(!text.includes(SECRET) && !text.includes([...authkey.slice(0, 4)].join(', ')), text);
}

describe('shows', () => {
  for (const [name, row] of Object.entries(shown)) {
    test(name, () =>
      row((value, as) => {
        const text = inspect(value);
        isClean(text);
        isClean(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each)) ?? '');
        if (typeof as === 'string') assert.equal(text, as);
        else assert.match(text, as);
      }),
    );
  }
});

test('every name of the library is among them, or says where it is', () => {
  const names = Object.keys(parlab).filter((name) => !name.endsWith('Error'));
  const known = [...Object.keys(shown), ...Object.keys(elsewhere), ...givesNothingOfOurs];
  assert.deepEqual(names.filter((name) => !known.includes(name)).sort(), []);
  assert.deepEqual(known.filter((name) => !names.includes(name)).sort(), []);
  for (const name of Object.values(elsewhere)) assert.ok(name in shown, name);
});

after(nothingLeft);
