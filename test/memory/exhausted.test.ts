// When the shared block, or the table of what lies in it, is full: who asks for more is told so by name, nobody is harmed, and
// what is given back can be used again.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { Lock, Process, Queue, RawArray, SharedMemoryError } from '../../src/index';
import { header, LINE, OBJECT_COUNT } from '../../src/memory/layout';
import { programMemory } from '../../src/memory/memory';
import { countObjects } from '../../src/objects/references';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

const { i32 } = programMemory();
const wholeEnd = i32[header.heapEnd] ?? 0;
const MIB = 2 ** 20;

/** As if the program had used up all but this much: filling 2 GiB would cost minutes. */
function leaveRoom(bytes: number): void {
  i32[header.heapEnd] = (i32[header.heapTop] ?? 0) + bytes / LINE;
}

afterEach(() => {
  i32[header.heapEnd] = wholeEnd;
});

function isNoRoom(error: unknown): boolean {
  assert.ok(error instanceof SharedMemoryError);
  assert.match(error.message, /has no room for \d+ bytes more\. Is a queue filled and never read\?/);
  return true;
}

for (const put of ['put', 'putSync'] as const) {
  test(`Queue.${put}() into an unbounded queue ends with an error when the memory is full, and goes on when it is read`, async () => {
    const queue = new Queue<{ n: number; filling: string }>();
    const item = (n: number) => ({ n, filling: 'x'.repeat(10_000) });
    leaveRoom(4 * MIB);
    const fill = async (from: number) => {
      for (let n = from; ; n++) {
        try {
          await queue[put](item(n));
        } catch (error) {
          assert.ok(isNoRoom(error));
          return n;
        }
      }
    };
    const first = await fill(0);
    assert.ok(first > 100);
    assert.equal(queue.qsize(), first);
    for (let n = 0; n < first / 2; n++) assert.deepEqual(await queue.get(), item(n));
    const second = await fill(first);
    assert.ok(second > first + first / 4, `only ${second - first} more`);
    for (let n = Math.ceil(first / 2); n < second; n++) assert.deepEqual(queue.getSync(), item(n));
    assert.equal(queue.empty(), true);
  });
}

test('a child that finds no room gets the same error, and its parent goes on', async () => {
  const queue = new Queue<string>();
  const told = new Queue<string>(1);
  await told.put('');
  const child = new Process({
    target: () => {
      told.getSync();
      for (;;) {
        try {
          queue.putSync('x'.repeat(10_000));
        } catch (error) {
          told.putSync((error as Error).name);
          return;
        }
      }
    },
  });
  child.start();
  while (!told.empty()) await new Promise((resolve) => setTimeout(resolve, 5));
  leaveRoom(2 * MIB);
  assert.equal(await told.get(), 'SharedMemoryError');
  while (!queue.empty()) await queue.get();
  await child.join();
  assert.equal(child.exitcode, 0);
  await queue.put('again');
  assert.equal(await queue.get(), 'again');
});

test('arrays, locks and queues that find no room leave nothing behind', async () => {
  await collectGarbage();
  const before = countObjects();
  for (const make of [() => new RawArray('uint8', 8 * MIB), () => new Lock(), () => new Queue()]) {
    leaveRoom(make.toString().includes('RawArray') ? MIB : 0);
    const made: unknown[] = [];
    assert.throws(() => {
      for (;;) made.push(make());
    }, isNoRoom);
    for (let i = 0; i < 100; i++) assert.throws(make, isNoRoom);
    assert.ok(countObjects() <= before + made.length + 100);
    made.length = 0;
    await collectGarbage();
    assert.equal(countObjects(), before);
    assert.doesNotThrow(() => new Lock());
    await collectGarbage();
  }
});

test('start() without room is refused with the error, and works when there is room again', async () => {
  await collectGarbage();
  const big = 'x'.repeat(100_000);
  const child = () => new Process({ target: (text: string) => process.exit(text.length % 256), args: [big] });
  const [refused, started] = [child(), child()];
  const fillers: unknown[] = [];
  leaveRoom(0);
  for (let size = MIB; size >= 64; size /= 2) {
    try {
      for (;;) fillers.push(programMemory().allocate(size));
    } catch (error) {
      isNoRoom(error);
    }
  }
  assert.throws(() => refused.start(), isNoRoom);
  for (const filler of fillers) programMemory().free(filler as number);
  i32[header.heapEnd] = wholeEnd;
  started.start();
  await started.join();
  assert.equal(started.exitcode, 100_000 % 256);
});

test('more shared objects than the table holds are refused with an error, until some are gone', async () => {
  await collectGarbage();
  const before = countObjects();
  const locks: Lock[] = [];
  assert.throws(() => {
    for (;;) locks.push(new Lock());
  }, /65536 locks, queues and other shared objects exist already/);
  assert.equal(locks.length, OBJECT_COUNT - before);
  const top = i32[header.heapTop];
  for (let i = 0; i < 100; i++) assert.throws(() => new Lock(), SharedMemoryError);
  assert.equal(i32[header.heapTop], top);
  locks.length = 0;
  await collectGarbage();
  assert.equal(countObjects(), before);
  new Lock().acquireSync().release();
});

after(nothingLeft);
