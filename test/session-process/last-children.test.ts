// A cell that is run where nobody can type ends after the children that it started: what they print belongs to it.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedSession } from '../support/session/session-driver';

describe('where nobody can type, a cell', () => {
  const session = sharedSession();
  before(async () => {
    await session.evaluate(
      `const parlab = require(${JSON.stringify(require.resolve('../../src/index'))});
       exports.parlab = parlab;
       exports.late = (text) => new Promise((resolve) => setTimeout(resolve, 300)).then(() => console.log(text));`,
    );
  });

  const START = 'new exports.parlab.Process({ target: exports.late, args: ';
  const run = (code: string, isAsync = false, meanwhile?: (tag: string) => unknown) =>
    session.evaluate(code, { isAsync, allowStdin: false, ...(meanwhile && { meanwhile }) });

  test('ends after its children, with all that they print', async () => {
    const { stdout, outcome } = await run(`for (const n of [1, 2, 3]) ${START} [n] }).start();`);
    assert.deepEqual(stdout.trim().split('\n').sort(), ['1', '2', '3']);
    assert.equal(outcome.type, 'returned');
  });

  test('ends after the children of its children, too', async () => {
    const { stdout } = await run(
      `const { late, parlab } = exports;
       new parlab.Process({ target: () => new parlab.Process({ target: late, args: ['grandchild'] }).start() }).start();`,
    );
    assert.equal(stdout, 'grandchild\n');
  });

  test('ends after its children when it throws', async () => {
    const { stdout, outcome } = await run(`${START} ['last words'] }).start(); throw new Error('no');`);
    assert.equal(stdout, 'last words\n');
    assert.equal(outcome.type, 'threw');
  });

  test('ends after what goes on behind it and starts more of them', async () => {
    const { stdout } = await run(
      `void (async () => {
         for (const n of [1, 2]) {
           const child = ${START} [n] });
           child.start();
           await child.join();
           console.log('joined ' + n);
         }
       })();`,
    );
    assert.equal(stdout, '1\njoined 1\n2\njoined 2\n');
  });

  test('does not wait for children that wait for a later cell, nor for daemons', async () => {
    const { tookMs } = await run(
      `exports.queue = new exports.parlab.Queue();
       const { queue } = exports;
       exports.worker = new exports.parlab.Process({ target: async () => console.log('got', await queue.get()) });
       exports.worker.start();`,
    );
    assert.ok(tookMs < 8000, `${tookMs} ms`);
    const fed = await session.evaluate('await exports.queue.put(1); await exports.worker.join();', {
      isAsync: true,
    });
    assert.equal(fed.outcome.type, 'returned');
    assert.equal(session.of('tag-6').stdout, 'got 1\n');
    const daemon = await run(
      `exports.daemon = new exports.parlab.Process({ daemon: true, target: () => { for (;;); } }); exports.daemon.start();`,
    );
    assert.ok(daemon.tookMs < 5000, `${daemon.tookMs} ms`);
    await session.evaluate('exports.daemon.kill(); await exports.daemon.join();', { isAsync: true });
  });

  test('that is interrupted meanwhile ends at once, and its children with it', async () => {
    const { outcome, tookMs } = await run(
      `exports.loop = new exports.parlab.Process({ target: () => { for (;;); } }); exports.loop.start();`,
      false,
      async () => {
        await sleep(500);
        session.interrupt();
      },
    );
    assert.equal(outcome.type, 'interrupted');
    assert.ok(tookMs < 5000, `${tookMs} ms`);
    const { outcome: joined } = await session.evaluate('await exports.loop.join();', { isAsync: true });
    assert.equal(joined.type, 'returned');
  });

  test('leaves those behind that work for longer than ten seconds', async () => {
    const began = performance.now();
    const { outcome, tookMs } = await run(
      `exports.slow = new exports.parlab.Process({ target: () => { for (;;); } }); exports.slow.start();`,
    );
    assert.equal(outcome.type, 'returned');
    const passedMs = performance.now() - began;
    assert.ok(passedMs > 9900 && tookMs < 20_000, `${passedMs} ms, ${tookMs} of them its own`);
    await session.evaluate('exports.slow.kill(); await exports.slow.join();', { isAsync: true });
  });

  test('ends at once where somebody can type: later lines still come to it', async () => {
    const { stdout, tag } = await session.evaluate(`${START} ['later'] }).start();`);
    assert.equal(stdout, '');
    await session.evaluate('await Promise.all(exports.parlab.activeChildren().map((each) => each.join()));', {
      isAsync: true,
    });
    assert.equal(session.of(tag).stdout, 'later\n');
  });
});
