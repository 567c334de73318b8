// The folder in which a session works may be removed at any moment of its start: cells run, are interrupted, and ask.

import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { nothingLeft } from '../support/processes/nothing-left';
import { SessionDriver } from '../support/session/session-driver';

/** From the birth of the process until its second thread stands, and after it. */
const moments = [0, 10, 20, 30, 40, 50, 60, 80, 100, 150, 300];

after(nothingLeft);

describe('a session whose folder is removed', () => {
  for (const afterMs of moments) {
    test(`${afterMs} ms after its birth goes on`, async () => {
      const folder = mkdtempSync(join(realpathSync(tmpdir()), 'parlab-session-folder-'));
      const session = new SessionDriver({ cwd: folder });
      try {
        await sleep(afterMs);
        rmSync(folder, { recursive: true });
        await session.report('', ({ type }) => type === 'ready');
        const sum = await session.evaluate('exports.sum = 1 + 1;', { resultName: 'sum' });
        assert.deepEqual(sum.outcome, { type: 'returned', bundle: { 'text/plain': '2' } });
        const cut = await session.evaluate('for (;;);', {
          meanwhile: async () => {
            await sleep(100);
            session.interrupt();
          },
        });
        assert.equal(cut.outcome.type, 'interrupted');
        const asked = await session.evaluate("exports.name = exports.prompt('Name? ');", {
          resultName: 'name',
          meanwhile: async (tag) => {
            const question = await session.report(tag, ({ type }) => type === 'asked');
            assert.ok(question.type === 'asked');
            session.answer({ type: 'answered', question: question.question, text: 'Ada' });
          },
        });
        assert.deepEqual(asked.outcome, { type: 'returned', bundle: { 'text/plain': "'Ada'" } });
      } finally {
        await session.stop();
      }
    });
  }
});
