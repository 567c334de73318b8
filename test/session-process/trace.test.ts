// The trace of a notebook: it has begun when the first cell runs, and names cells and lines.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedSession } from '../support/session/session-driver';

describe('a notebook', () => {
  const session = sharedSession();

  test('is traced from its first cell on, with cells and lines', async () => {
    const { outcome } = await session.evaluate(
      `exports.parlab = require(${JSON.stringify(require.resolve('../../src/index'))});
       exports.lock = new exports.parlab.Lock();
       exports.child = new exports.parlab.Process({ target: () => {
         exports.lock.acquireSync();
         console.log('hello');
         exports.lock.release();
       }, name: 'Ada' });
       exports.child.start();
       exports.child.joinSync();`,
    );
    assert.equal(outcome.type, 'returned');
    const { stdout } = await session.evaluate(
      `const { processes, events } = exports.parlab.readTrace();
       for (const { process, kind, where } of events) console.log(processes[process].name, kind, where);`,
    );
    const told = stdout.split('\n').filter((line) => !line.includes(' wait '));
    assert.deepEqual(
      told
        .filter((line) => !line.startsWith('MainProcess print'))
        .map((line) => line.replace(/Cell \d+/, 'Cell')),
      [
        'MainProcess start Cell, line 8',
        'Ada acquire Cell, line 4',
        'Ada print Cell, line 5',
        'Ada release Cell, line 6',
        'Ada exit undefined',
        'MainProcess joined Cell, line 9',
        '',
      ],
    );
  });

  test('shows its last cell that did something as a timeline, and all of them when asked', async () => {
    const start = (name: string) =>
      `const child = new exports.parlab.Process({ target: () => {}, name: '${name}' });
       child.start();
       child.joinSync();`;
    await session.evaluate(start('Bob'));
    await session.evaluate(start('Cleo'));
    await session.evaluate('1 + 1');
    const names = async (options: string) => {
      const { stdout } = await session.evaluate(`console.log(String(exports.parlab.timeline(${options})))`);
      return ['Ada', 'Bob', 'Cleo'].filter((name) => stdout.includes(`starts ${name}`));
    };
    assert.deepEqual(await names(''), ['Cleo']);
    assert.deepEqual(await names('{ from: 0 }'), ['Ada', 'Bob', 'Cleo']);
  });
});
