// What nobody has any more is given back before anybody is refused memory: a server may make things for ever.
import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import {
  Barrier,
  Condition,
  Event,
  Lock,
  Pipe,
  Queue,
  RawArray,
  Semaphore,
  SharedMemory,
  SharedMemoryError,
  Value,
} from '../../src/index';
import { header, LINE } from '../../src/memory/layout';
import { programMemory } from '../../src/memory/memory';
import { nothingLeft } from '../support/processes/nothing-left';

const { i32 } = programMemory();
const wholeEnd = i32[header.heapEnd] ?? 0;
const MIB = 2 ** 20;

const makes: { [what: string]: () => void } = {
  'a pipe, both ends closed': () => {
    for (const end of Pipe()) end.close();
  },
  'a pipe that is left open': () => {
    const [near, far] = Pipe<string, string>();
    near.sendSync('hello');
    far.recvSync();
  },
  'a queue with an item': () => new Queue<string>().putSync('never read'),
  'a queue with a large item': () => new Queue<Uint8Array>().putSync(new Uint8Array(MIB / 4)),
  'a closed queue': () => new Queue().close(),
  'an array': () => void new RawArray('d', 10_000),
  'a lock': () => void new Lock(),
  'one of each': () => [new Semaphore(2), new Event(), new Barrier(2), new Condition(), new Value('i', 1)],
};

/** As if the program had used up all but this much. */
function leaveRoom(bytes: number): void {
  i32[header.heapEnd] = (i32[header.heapTop] ?? 0) + bytes / LINE;
}

describe('memory that nobody has', () => {
  afterEach(() => {
    i32[header.heapEnd] = wholeEnd;
  });
  after(nothingLeft);

  for (const [what, make] of Object.entries(makes)) {
    test(`is there for the next one: ${what}`, async () => {
      make();
      leaveRoom(32 * MIB);
      for (let times = 0; times < 2000; times++) {
        make();
        // What was made in one turn V8 keeps until its end.
        if (times % 20 === 0) await turn();
      }
    });
  }

  test('is there in the turn after the one in which all of it was made', async () => {
    leaveRoom(32 * MIB);
    const fill = () => {
      for (let times = 0; times < 1000; times++) {
        const memory = new SharedMemory({ create: true, size: MIB });
        memory.close();
        memory.unlink();
      }
    };
    for (let round = 0; round < 3; round++) {
      assert.throws(fill, /has no room .* `await sleep\(0\)`/);
      await turn();
      await turn();
      new RawArray('b', MIB);
    }
  });

  test('is not taken from who has it still', async () => {
    leaveRoom(8 * MIB);
    const kept: Queue<number>[] = [];
    assert.throws(() => {
      for (let times = 0; times < 100_000; times++) {
        const queue = new Queue<number>();
        queue.putSync(times);
        kept.push(queue);
      }
    }, SharedMemoryError);
    assert.deepEqual(
      kept.map((queue) => queue.getSync()),
      kept.map((_, index) => index),
    );
    // Who asks again and again does not collect again and again.
    const began = performance.now();
    for (let times = 0; times < 1000; times++) assert.throws(() => new Queue().putSync(1), SharedMemoryError);
    assert.ok(performance.now() - began < 10_000);
  });
});
