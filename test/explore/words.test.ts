// Every operation has words of the program's own world: nobody reads a name from our inside, or bytes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { endExplorer } from '../../src/explore/explorer/explorer';
import { machines, SILENT } from '../../src/explore/machines';
import { askedWords } from '../../src/explore/search/methods';
import type { Things } from '../../src/explore/things';
import {
  Barrier,
  Condition,
  Event,
  explore,
  Lock,
  openWalk,
  Pool,
  Process,
  Queue,
  replay,
  SharedMemory,
  wait,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const things = { at: () => ({ name: 'it', kind: 'Lock', machine: 'lock' }) } as unknown as Things;
const kinds = new Set([
  ...Object.values(machines).flatMap((rules) => Object.keys(rules)),
  ...SILENT,
  'waitAny',
]);

for (const kind of kinds) {
  test(`'${kind}' is said in words`, () => {
    const operation = {
      kind,
      object: 0,
      args: ['A', 'x', 1, 2, 3, 4],
      isSync: true,
      timeoutMs: undefined,
      key: '',
      where: undefined,
    };
    const words = askedWords(operation as never, things);
    assert.doesNotMatch(words, /does something|undefined|\[object/);
    assert.match(words, /^[a-z]+s\b/, words);
  });
}

const queue = new Queue<number>();
const event = new Event();
const lock = new Lock();
const condition = new Condition();
const barrier = new Barrier(2);

const programs: Record<string, () => Promise<unknown>> = {
  'a pool': async () => {
    await using pool = new Pool({ processes: 1 });
    return await pool.map((x: number) => x + 1, [1]);
  },
  'wait() and an event': async () => {
    const child = new Process({
      target: async () => {
        await queue.put(1);
        event.set();
        await barrier.wait();
      },
    });
    child.start();
    await wait([queue]);
    await event.wait();
    await barrier.wait();
    await child.join();
    return [queue.qsize(), event.isSet(), lock.locked()];
  },
  'a condition': async () => {
    const child = new Process({ target: () => condition.with(() => condition.notify()) });
    await condition.with(async () => {
      child.start();
      await condition.wait({ timeout: 10 });
    });
    await child.join();
  },
  'shared memory': async () => {
    using memory = new SharedMemory({ create: true, size: 8 });
    memory.unlink();
  },
};

for (const [what, program] of Object.entries(programs)) {
  test(`${what} is replayed and walked in words`, async () => {
    const [first] = (await explore(program)).outcomes;
    const { lines } = await replay(program, first?.code ?? '');
    const walk = await openWalk(program);
    const moves = walk.position.moves.map((move) => move.what);
    for (const line of [...lines, ...moves].map(String)) {
      assert.doesNotMatch(line, /\p{Cc}|waitAny|\b(?:look|enter|hire|give|collect|take) |does something/u);
    }
  });
}

after(async () => {
  await endExplorer();
  await nothingLeft();
});
