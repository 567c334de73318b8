// A pool in a notebook: its bar, and an interrupt.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FromSession } from '../../kernel/conversations/session';
import { nothingLeft } from '../support/processes/nothing-left';
import { SessionDriver } from '../support/session/session-driver';

describe('a pool in a notebook', () => {
  let session: SessionDriver;
  before(async () => {
    session = new SessionDriver();
    await session.report('', ({ type }) => type === 'ready');
    await session.evaluate(
      `exports.parlab = require(${JSON.stringify(require.resolve('../../src/index'))});
       exports.pool = new exports.parlab.Pool({ processes: 1 });`,
    );
  });
  after(async () => {
    await session.evaluate('exports.pool.terminate(); await exports.pool.join();', { isAsync: true });
    await session.stop();
    await nothingLeft();
  });

  const displays = (reports: FromSession[]) =>
    reports.flatMap((each) => (each.type === 'displayed' ? [each] : []));

  test('shows its progress in one display that is updated in place, and ends with all items', async () => {
    const { reports, outcome } = await session.evaluate(
      "await exports.pool.map((x) => new Promise((resolve) => setTimeout(resolve, 60, x)), [1, 2, 3, 4, 5], { progress: 'a<b' });",
      { isAsync: true },
    );
    assert.equal(outcome.type, 'returned');
    const shown = displays(reports);
    assert.ok(shown.length >= 3, `${shown.length} displays`);
    assert.equal(new Set(shown.map(({ displayId }) => displayId)).size, 1);
    assert.deepEqual(
      shown.map(({ update = false }) => update),
      [false, ...shown.slice(1).map(() => true)],
    );
    assert.match(
      String(shown[0]?.bundle['text/html']),
      /a&lt;b <progress value="0" max="5"><\/progress> 0 of 5/,
    );
    assert.match(
      String(shown.at(-1)?.bundle['text/html']),
      /<progress value="5" max="5"><\/progress> 5 of 5/,
    );
    assert.match(String(shown.at(-1)?.bundle['text/plain']), /^a<b {2}█+ {2}5 of 5 \(100 %\)/);
  });

  test('says of work that fails that it was stopped', async () => {
    const { reports, outcome } = await session.evaluate(
      "await exports.pool.map(() => { throw new Error('no') }, [1, 2], { progress: true });",
      { isAsync: true },
    );
    assert.equal(outcome.type, 'threw');
    assert.match(String(displays(reports).at(-1)?.bundle['text/plain']), /stopped$/);
  });

  test('has a display for each of two calls at once', async () => {
    const { reports } = await session.evaluate(
      "await Promise.all(['a', 'b'].map((progress) => exports.pool.map((x) => x, [1, 2], { progress })));",
      { isAsync: true },
    );
    assert.equal(new Set(displays(reports).map(({ displayId }) => displayId)).size, 2);
  });

  test('loses its work to an interrupt, says so in its bar, and serves the next cell', async () => {
    const { outcome, reports } = await session.evaluate(
      'await __interruptible(exports.pool.map(() => { for (;;); }, [1, 2], { progress: true }));',
      {
        isAsync: true,
        meanwhile: async (tag) => {
          await session.until(() => displays(session.of(tag).reports).length > 0);
          session.interrupt();
        },
      },
    );
    assert.equal(outcome.type, 'interrupted');
    assert.match(String(displays(reports).at(-1)?.bundle['text/plain']), /stopped$/);
    const next = await session.evaluate(
      'exports.value = await __interruptible(exports.pool.map((x) => x * 2, [1, 2]));',
      { isAsync: true, resultName: 'value' },
    );
    assert.deepEqual(next.outcome, { type: 'returned', bundle: { 'text/plain': '[ 2, 4 ]' } });
  });

  test('outlives the interrupt of the cell that made it', async () => {
    const { outcome } = await session.evaluate(
      `exports.other = new exports.parlab.Pool({ processes: 1 });
       await __interruptible(exports.other.map(() => { for (;;); }, [1, 2]));`,
      {
        isAsync: true,
        meanwhile: async () => {
          await sleep(1000);
          session.interrupt();
        },
      },
    );
    assert.equal(outcome.type, 'interrupted');
    const next = await session.evaluate(
      `exports.value = await __interruptible(exports.other.map((x) => x * 2, [1, 2]));
       exports.other.terminate();`,
      { isAsync: true, resultName: 'value' },
    );
    assert.deepEqual(next.outcome, { type: 'returned', bundle: { 'text/plain': '[ 2, 4 ]' } });
  });
});
