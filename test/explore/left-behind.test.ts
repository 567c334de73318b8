// What a child leaves in what every real process has for itself, such as a global variable: told where another
// process goes by it, and nowhere else.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, test } from 'node:test';
import { explore, Pool, Process } from '../../src/index';
import { escapeOf } from '../support/explore/escape-of';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const everywhere = globalThis as unknown as Record<PropertyKey, unknown>;

/** What a child changes, which every real process has for itself, and what another one sees of it. */
const left: Record<string, [change: () => unknown, look: () => unknown]> = {
  'the global variable done': [
    () => Object.assign(globalThis, { done: true }),
    () => everywhere.done === true,
  ],
  'the global variable Symbol(k)': [
    () => Object.assign(globalThis, { [Symbol.for('k')]: 1 }),
    () => everywhere[Symbol.for('k')],
  ],
  'the global variable fetch': [() => Object.assign(globalThis, { fetch: 5 }), () => typeof fetch],
  'the global variable escape': [() => delete everywhere.escape, () => 'escape' in globalThis],
  'the global variable hidden': [
    () => Object.defineProperty(globalThis, 'hidden', { value: 1, configurable: true }),
    () => everywhere.hidden,
  ],
  'the environment variable DONE': [() => Object.assign(process.env, { DONE: '1' }), () => process.env.DONE],
  'process.title': [() => Object.assign(process, { title: 'done' }), () => process.title],
  'the current directory': [() => process.chdir('/'), () => process.cwd()],
  'Math.done': [() => Object.assign(Math, { done: 1 }), () => 'done' in Math],
  'console.done': [() => Object.assign(console, { done: 1 }), () => 'done' in console],
  'process.done': [() => Object.assign(process, { done: 1 }), () => 'done' in process],
  'Array.prototype.done': [
    () => Object.defineProperty(Array.prototype, 'done', { value: 1, configurable: true }),
    () => 'done' in [],
  ],
  'net.done': [() => Object.assign(net, { done: 1 }), () => 'done' in net],
  'Process.done': [() => Object.assign(Process, { done: 1 }), () => 'done' in Process],
};

async function inChild(target: () => unknown): Promise<void> {
  const child = new Process({ target });
  child.start();
  await child.join();
}

for (const [what, [change, look]] of Object.entries(left)) {
  test(`a child that changes ${what}, and another process that sees it`, async () => {
    const programs: (() => unknown)[] = [
      async () => {
        await inChild(change);
        return look();
      },
      async () => {
        await inChild(change);
        await inChild(() => console.log(look()));
      },
    ];
    for (const program of programs) {
      assert.equal(
        await escapeOf(program),
        `Process-1 changes ${what}, which every real process has for itself, but explored ones have together. ` +
          'Keep it in a variable, and share it by a Value or a Queue.',
      );
    }
    assert.equal((await explore(() => inChild(change))).failing, undefined);
    assert.equal((await explore(() => 1)).failing, undefined);
  });
}

test('a global variable that is there for good', async () => {
  const program = () => inChild(() => Object.defineProperty(globalThis, 'forGood', { value: 1 }));
  assert.match(await escapeOf(program), /^The program changes the global variable forGood, /);
  assert.equal((await explore(() => 'forGood' in globalThis)).outcomes[0]?.outcome.returned, false);
});

test('what nobody has from another is not told', async () => {
  const polyfill = () => {
    everywhere.twice = (value: number) => 2 * value;
  };
  const programs: (() => unknown)[] = [
    async () => {
      process.env.MINE = 'yes';
      await inChild(() => console.log(process.env.MINE));
    },
    async () => {
      polyfill();
      await inChild(polyfill);
      return (everywhere.twice as typeof Number)(2);
    },
    async () => {
      const initializer = () => {
        everywhere.mine = 1;
      };
      const pool = new Pool({ processes: 2, initializer });
      await pool.map(() => everywhere.mine, [1, 2]);
      await pool.terminate();
    },
  ];
  for (const program of programs) assert.equal((await explore(program)).failing, undefined);
});
