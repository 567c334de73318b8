// A pool of a room: what is printed there, what fails there, what is stopped there, and what is known of the hosts.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import {
  getContext,
  HostLostError,
  Lock,
  NotSerializableError,
  type Pool,
  ProcessDiedError,
  RemoteError,
  TimeoutError,
  WaitAbortedError,
} from '../../src/index';
import type { TestBroker } from './broker';
import { startHost, until } from './hosts';
import { openRoom } from './room';

const run = promisify(execFile);

const opened = openRoom({ hosts: ['anna', 'bert'] });
let broker: TestBroker;
let pool: Pool;
before(async () => {
  await opened.whenOpen;
  ({ broker, pool } = opened);
  await pool.apply(() => 1);
});

const forEver = () => {
  for (;;);
};

/** No host runs anything: what was stopped has ended. */
async function allFree(): Promise<void> {
  const words = await pool.map((n) => n, [1, 2, 3, 4], { chunkSize: 1, timeout: 10_000 });
  assert.equal(words.length, 4);
}

/** A program of its own, which prints what the hosts print. */
async function program(body: string): Promise<{ stdout: string; stderr: string }> {
  const text = `
    const { getContext } = require(${JSON.stringify(require.resolve('../../src/index'))});
    const mp = getContext(${JSON.stringify(broker.url())});
    const pool = new mp.Pool();
    (async () => { ${body} })();`;
  const env = { ...process.env, ...broker.env };
  return run(process.execPath, ['-e', text], { env, timeout: 60_000, maxBuffer: 2 ** 24 });
}

test('what is printed there comes before the result', async () => {
  const { stdout, stderr } = await program(`
    await pool.map((n) => { console.log('item', n); console.error('error', n); }, [1], {});
    console.log('done');
    await pool.apply(() => { for (let i = 0; i < 2000; i++) console.log('line ' + i); });
    console.log('end');`);
  const lines = stdout.trim().split('\n');
  assert.deepEqual(lines.slice(0, 2), ['item 1', 'done']);
  assert.deepEqual(
    lines.slice(2, -1),
    Array.from({ length: 2000 }, (_, i) => `line ${i}`),
  );
  assert.equal(lines.at(-1), 'end');
  assert.equal(stderr, 'error 1\n');
});

test('a text that no message of the broker has room for comes whole, and the host lives on', async () => {
  const { stdout } = await program(`
    const before = await pool.map(() => process.ppid, [1, 2, 3, 4], { chunkSize: 1 });
    await pool.apply(() => console.log('é'.repeat(1_500_000)));
    console.log(await pool.apply(() => 42));
    const after = await pool.map(() => process.ppid, [1, 2, 3, 4], { chunkSize: 1 });
    console.log(after.every((pid) => before.includes(pid)));`);
  assert.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => (line.length > 10 ? /^é+$/.test(line) && line.length : line)),
    [1_500_000, '42', 'true'],
  );
});

test('a program ends when its work is done, with its pool open', async () => {
  const { stdout } = await program('console.log(await pool.apply(() => 42));');
  assert.equal(stdout, '42\n');
});

test('an error has its class, the line of the call, and the host behind it', async () => {
  class MineError extends Error {}
  const error = await pool.apply(() => Promise.reject(new MineError('mine'))).catch((thrown) => thrown);
  assert.ok(error instanceof MineError);
  assert.match(error.stack ?? '', /pool\.test/);
  assert.ok(error.cause instanceof RemoteError);
  assert.match(error.cause.message, /PoolWorker-\d+ on (?:anna|bert) \(pid \d+\)/);
});

test('a process that dies is told with its host, and only its items fail', async () => {
  const failed = await pool.apply(() => process.exit(3)).catch((thrown) => thrown);
  assert.ok(failed instanceof ProcessDiedError);
  assert.match(failed.message, /^PoolWorker-\d+ on (?:anna|bert) \(pid \d+\) exited with code 3/);
  await allFree();
});

test('a timeout, a signal and the end of the pool stop what runs there within half a second', async () => {
  await assert.rejects(pool.map(forEver, [1, 2, 3, 4], { chunkSize: 1, timeout: 300 }), TimeoutError);
  await allFree();
  const controller = new AbortController();
  const stopped = pool.apply(forEver, [], { signal: controller.signal });
  await until(() => pool.stats.busy === 1, 'it has begun');
  const began = performance.now();
  controller.abort();
  await assert.rejects(stopped, WaitAbortedError);
  assert.ok(performance.now() - began < 500);
  await allFree();
});

test('after the first error nothing more is begun', async () => {
  const begun = new (getContext(broker.url()).Queue)<number>();
  const work = async (n: number) => {
    await begun.put(n);
    if (n === 0) throw new RangeError('first');
    await new Promise((resolve) => setTimeout(resolve, 100));
  };
  const items = Array.from({ length: 100 }, (_, i) => i);
  await assert.rejects(pool.map(work, items, { chunkSize: 5 }), RangeError);
  const count = await begun.qsize();
  assert.ok(count < 30, `${count} of 100 were begun`);
  await allFree();
});

test('stats name the hosts, their slots, and who has what', async () => {
  const slow = pool.mapAsync(
    (ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    [1500, 1500, 1500, 1500],
    {
      chunkSize: 1,
    },
  );
  await until(() => pool.stats.busy === 4, 'all have begun');
  const { hosts = [], processes } = pool.stats;
  assert.equal(processes, 4);
  const has = hosts.map((host) => [host.name, host.slots, host.has]).sort();
  const mine = [{ call: 'Pool.mapAsync()', items: 2 }];
  assert.deepEqual(has, [
    ['anna', 2, mine],
    ['bert', 2, mine],
  ]);
  await slow.get();
});

test('what lives in the memory of this computer is refused, with what to write instead', async () => {
  const lock = new Lock();
  await assert.rejects(
    pool.apply(() => lock.locked()),
    (error: Error) => error instanceof NotSerializableError && /mp\.Lock/.test(error.message),
  );
});

test('a value larger than a message goes and comes, and leaves nothing behind', async () => {
  const large = Buffer.alloc(3 * 2 ** 20, 7);
  const [back] = await pool.map((bytes) => Buffer.concat([bytes, bytes]), [large]);
  assert.equal(back?.length, 6 * 2 ** 20);
  assert.equal(
    back?.every((byte) => byte === 7),
    true,
  );
  const other = await openBroker(placeOf(broker.url()), 'a stranger');
  const size = async () => (await other.jsm.streams.info(`OBJ_${other.names.blobs}`)).state.bytes;
  await until(async () => (await size()) < 100_000, 'the blobs are gone');
  await other.close();
});

test('an initializer that throws ends all work, with its error', async () => {
  const Pool = getContext(broker.url()).Pool;
  await using broken = new Pool({
    initializer: () => {
      throw new RangeError('no licence');
    },
  });
  await assert.rejects(
    broken.map((n: number) => n, [1, 2]),
    RangeError,
  );
});

test('items that end every host that runs them are given to three, and then fail with their names', async () => {
  const room = 'poison';
  const Pool = getContext(broker.url(room)).Pool;
  const names = ['one', 'two', 'three', 'four'];
  await using doomed = new Pool();
  const poison = async () => {
    // The host's own process is the child's parent or above it.
    const { readFileSync } = await import('node:fs');
    let pid = process.pid;
    for (;;) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      if (command.includes('--join')) break;
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    }
    process.kill(pid, 'SIGKILL');
    for (;;);
  };
  await Promise.all(names.map((name) => startHost(broker, name, { slots: 1, room })));
  const error = await doomed.apply(poison).catch((thrown) => thrown);
  assert.ok(error instanceof HostLostError, String(error));
  assert.equal(new Set(error.hosts).size, 3);
});

test('a host that must leave gives back what it cannot finish', async () => {
  const room = 'leaving';
  const mp = getContext(broker.url(room));
  await using short = new mp.Pool();
  const runs = new mp.Queue<number>();
  const first = await startHost(broker, 'first', { slots: 1, room, graceSeconds: 1 });
  const lasting = short.apply(async () => {
    await runs.put(1);
    if (runs.qsize() === 1) await new Promise((resolve) => setTimeout(resolve, 60_000));
    return runs.qsize();
  });
  await until(() => short.stats.busy === 1 && runs.qsize() === 1, 'it has begun');
  await startHost(broker, 'second', { slots: 1, room });
  assert.equal(await first.leave(), 0);
  assert.equal(await lasting, 2);
});

test('the work of a program that was killed ends on the hosts', async () => {
  const text = `
    const { getContext } = require(${JSON.stringify(require.resolve('../../src/index'))});
    const pool = new (getContext(${JSON.stringify(broker.url())}).Pool)();
    pool.map(() => { for (;;); }, [1, 2, 3, 4], { chunkSize: 1 });
    setInterval(() => pool.stats.busy === 4 && process.kill(process.pid, 'SIGKILL'), 20);`;
  const killed = await run(process.execPath, ['-e', text], { env: { ...process.env, ...broker.env } }).catch(
    (error) => error,
  );
  assert.equal(killed.signal, 'SIGKILL');
  const began = performance.now();
  await pool.map((n) => n, [1, 2, 3, 4], { chunkSize: 1, timeout: 60_000 });
  assert.ok(performance.now() - began < 30_000);
});

test('a wrong address is told by the first call', async () => {
  await using nowhere = new (getContext('nats://127.0.0.1:9/room1').Pool)();
  await assert.rejects(
    nowhere.apply(() => 1),
    { code: 'room' },
  );
});

test('a room without a host is told after a while, and the work waits for one', async () => {
  const empty = await run(
    process.execPath,
    [
      '-e',
      `const { getContext } = require(${JSON.stringify(require.resolve('../../src/index'))});
       const pool = new (getContext(${JSON.stringify(broker.url('empty'))}).Pool)();
       pool.apply(() => 1, [], { timeout: 6000 }).catch((error) => console.log(error.code));`,
    ],
    { env: { ...process.env, ...broker.env } },
  );
  assert.match(empty.stderr, /^No worker has joined the room 'empty' yet: run `parlab worker --join nats:/);
  assert.equal(empty.stdout, 'timeout\n');
});

test('nothing of it is left at the broker', async () => {
  await sleep(100);
  const other = await openBroker(placeOf(broker.url()), 'a stranger');
  await until(
    async () => (await other.jsm.streams.info(other.names.workStream)).state.messages === 0,
    'no chunk is left',
  );
  await other.close();
});
