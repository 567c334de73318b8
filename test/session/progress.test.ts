// The bar of a pool in a notebook.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FromSession } from '../../kernel/session/conversation';
import { nothingLeft } from '../nothing-left';
import { SessionDriver } from './session-driver';

describe('the progress of a pool in a cell', () => {
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

  test('is one display that is updated in place, and ends with all items', async () => {
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

  test('of work that fails says that it was stopped', async () => {
    const { reports, outcome } = await session.evaluate(
      "await exports.pool.map(() => { throw new Error('no') }, [1, 2], { progress: true });",
      { isAsync: true },
    );
    assert.equal(outcome.type, 'threw');
    assert.match(String(displays(reports).at(-1)?.bundle['text/plain']), /stopped$/);
  });

  test('of two calls at once is two displays', async () => {
    const { reports } = await session.evaluate(
      "await Promise.all(['a', 'b'].map((progress) => exports.pool.map((x) => x, [1, 2], { progress })));",
      { isAsync: true },
    );
    assert.equal(new Set(displays(reports).map(({ displayId }) => displayId)).size, 2);
  });
});
