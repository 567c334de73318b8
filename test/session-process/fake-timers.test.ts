// Fake timers and clocks that a cell leaves installed: what comes after it is as without them.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ordinary } from '../programs/broken';
import { nothingLeft } from '../support/processes/nothing-left';
import { type CellOptions, SessionDriver } from '../support/session/session-driver';

// Written in pieces: this session has none of the kernel's reporter of tests, for which it would wait.
const TIMERS = "require('node:' + 'test').mock.timers";
const FAKES: readonly (readonly [what: string, install: string, undo: string])[] = [
  [
    'mock.timers of node:test',
    `process.removeAllListeners('warning'); ${TIMERS}.enable();`,
    `${TIMERS}.reset();`,
  ],
  [
    'fakes of all timers, clocks and process.nextTick, as Sinon, Jest and Vitest have them',
    ordinary.find(({ what }) => what === 'timers were faked')?.code ?? '',
    '',
  ],
];

const isAsync = true;
const USES: readonly (readonly [what: string, code: string, printed: string, options?: CellOptions])[] = [
  ['prints', "console.log('x', 1);", 'x 1\n'],
  ['writes', "process.stdout.write('y\\n');", 'y\n'],
  ['sleeps', "await require('parlab').sleep(20); console.log('slept');", 'slept\n', { isAsync }],
  [
    'runs a process, whose own clocks go on',
    `const { Process, sleep } = require('parlab');
    const child = new Process({ target: async () => {
      await sleep(5);
      await new Promise((go) => setTimeout(go, 5));
      console.log(Date.now() > 1e12);
    } });
    child.start();
    await child.join();
    console.log(child.exitcode);`,
    'true\n0\n',
    { isAsync },
  ],
  [
    'runs a pool',
    `const pool = new (require('parlab').Pool)({ processes: 1 });
    console.log(await pool.map((n) => n * 2, [1, 2]));
    await pool.terminate();`,
    '[ 2, 4 ]\n',
    { isAsync },
  ],
  [
    'waits for a queue',
    `const q = new (require('parlab').Queue)();
    await q.put(new Map([[1, 2]]));
    console.log(await q.get(), await q.get({ timeout: 20 }).catch(({ code }) => code));`,
    'Map(1) { 1 => 2 } queue-empty\n',
    { isAsync },
  ],
  [
    'measures',
    'console.log((await exports.timeit(async () => 1, { repeat: 1 })).runs.length);',
    '1\n',
    { isAsync },
  ],
];

for (const [fake, install, undo] of FAKES) {
  describe(`after a cell has left ${fake}, a cell`, () => {
    let session: SessionDriver;
    before(async () => {
      session = new SessionDriver();
      await session.report('', ({ type }) => type === 'ready');
      await session.evaluate(install);
    });
    after(async () => {
      await session.evaluate(undo);
      await session.stop();
      await nothingLeft();
    });

    for (const [what, code, printed, options] of USES) {
      test(what, async () => {
        const { outcome, stdout } = await session.evaluate(code, options);
        assert.deepEqual([outcome, stdout], [{ type: 'returned' }, printed]);
      });
    }

    test('displays', async () => {
      const { reports } = await session.evaluate("exports.display({ 'text/html': '<b>' });");
      assert.deepEqual(
        reports.map(({ type }) => type),
        ['displayed', 'returned'],
      );
    });

    test('displays what says itself, later, how it is shown', async () => {
      const code =
        "exports.r = { async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'mine' }; } };";
      const { outcome } = await session.evaluate(code, { resultName: 'r' });
      assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': 'mine' } });
    });

    test('asks, and has its answer', async () => {
      const { stdout } = await session.evaluate("console.log(await exports.input('name? '));", {
        isAsync,
        meanwhile: async (tag) => {
          const asked = await session.report(tag, ({ type }) => type === 'asked');
          const { question } = asked as Extract<typeof asked, { type: 'asked' }>;
          session.answer({ type: 'answered', question, text: 'Ada' });
        },
      });
      assert.match(stdout, /Ada/);
    });

    test('is completed by what its variables have', async () => {
      session.send({ type: 'look', tag: 'look', path: ['process'] });
      const seen = await session.report('look', ({ type }) => type === 'seen');
      assert.match(JSON.stringify(seen), /argv/);
    });

    for (const [code, options] of [
      ['await new Promise(() => {});', { isAsync }],
      ['for (;;);', {}],
    ] as const) {
      test(`that says ${code} is interrupted`, async () => {
        const { outcome } = await session.evaluate(code, {
          ...options,
          meanwhile: () => setTimeout(() => session.interrupt(), 100),
        });
        assert.equal(outcome.type, 'interrupted');
      });
    }
  });
}
