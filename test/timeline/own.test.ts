// What the library makes for itself is not seen in anything that a program is shown of itself, and takes none of its numbers.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  activeChildren,
  explore,
  Lock,
  Pool,
  Process,
  processPicture,
  Queue,
  readTrace,
  replay,
  SyncManager,
  startTrace,
  timeline,
} from '../../src';
import { endExplorer } from '../../src/explore/explorer/explorer';
import { isOwnSlot, slotInfo, slotsUsed } from '../../src/memory/slots';
import { prewarm } from '../../src/start/stock';
import { watch } from '../../src/tutorial/watch';
import { nothingLeft } from '../support/processes/nothing-left';

const child = () => {};

/** What makes the library make something, and whom of it the program has made itself. */
const makes: readonly [what: string, make: () => unknown, own?: readonly string[]][] = [
  ['the stock', () => prewarm()],
  ['an exploration', () => explore(() => new Queue().putSync(1))],
  ['a replay', () => replay(child, '').catch(() => {})],
  ['an explorer that is ended', () => explore(child).then(endExplorer)],
  [
    'an explorer that fills its memory',
    () =>
      explore(() => {
        for (const all: number[][] = []; ; ) all.push(Array.from({ length: 1e5 }, (_, at) => at));
      }).catch(() => {}),
  ],
  ['a watched run', () => watch(() => new Process({ target: child, name: 'Watched' }).start()), ['Watched']],
  [
    'a pool',
    async () => {
      await using pool = new Pool({ processes: 1 });
      await pool.map((n: number) => n, [1, 2]);
    },
    ['PoolWorker-1'],
  ],
  [
    'a manager',
    async () => {
      const manager = new SyncManager();
      await manager.start();
      await manager.list([1]);
      await manager.shutdown();
    },
    ['SyncManager-'],
  ],
];

describe('of what the library makes for itself', () => {
  for (const [what, make, own = []] of makes) {
    test(`nothing is seen: ${what}`, async () => {
      startTrace();
      const before = [new Queue<number>(), new Lock()].map(numberOf);
      await make();
      const afterwards = [new Queue<number>(), new Lock()].map(numberOf);
      assert.deepEqual(
        afterwards,
        before.map((number) => number + 1),
      );
      assert.deepEqual(activeChildren(), []);
      const ada = new Process({ target: child, name: 'Ada' });
      ada.start();
      // She may have ended already.
      assert.deepEqual(
        activeChildren().filter((each) => each !== ada),
        [],
      );
      // It ends, so nobody else is waited for.
      await timeline.live({ timeout: 60_000 });
      await ada.join();
      const { processes, objects } = readTrace();
      const others = processes
        .map(({ name }) => name)
        .filter((name) => !own.some((each) => name.startsWith(each)));
      assert.deepEqual(others, ['MainProcess', 'Ada']);
      assert.deepEqual(
        objects.filter(({ kind }) => kind !== 'Queue' && kind !== 'Lock'),
        [],
      );
      assert.equal(objects.length, 4);
      for (const picture of [String(timeline()), String(processPicture())]) {
        assert.doesNotMatch(picture, /explorer|stock|Rehearsal/);
      }
    });
  }

  test('every process is known as one, and a child with a task is none', async () => {
    prewarm();
    const ada = new Process({ target: child, name: 'Ada' });
    ada.start();
    const names = new Set<string>();
    for (let slot = 0; slot < slotsUsed(); slot++) if (!isOwnSlot(slot)) names.add(slotInfo(slot).name);
    await ada.join();
    assert.ok(names.has('MainProcess') && names.has('Ada'));
    assert.ok(!names.has('explorer') && !names.has('a process in stock'), [...names].join());
  });
});

/** As the trace calls it. */
function numberOf(thing: Queue<number> | Lock): number {
  if (thing instanceof Lock) thing.acquireSync().release();
  else thing.putSync(1);
  return Number(readTrace().objects.at(-1)?.name.split('-')[1]);
}

after(nothingLeft);
