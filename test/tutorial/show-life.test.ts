// The picture of a process's life follows the real process.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { Process } from '../../src/process/process';
import { showLife } from '../../src/tutorial';
import { lifeSvg } from '../../src/tutorial/show-life';
import { nothingLeft } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

test('a process is shown as created, alive and ended, with its pid and its exit code', async () => {
  const sleeper = new Process({ target: () => new Promise((resolve) => setTimeout(resolve, 60_000)) });
  assert.match(inspect(showLife(sleeper)), /^Process-1 is created/);
  sleeper.start();
  assert.equal(showLife(sleeper).caption, `Process-1 is alive, as process ${sleeper.pid}.`);
  sleeper.kill();
  await sleeper.join();
  assert.equal(showLife(sleeper).caption, `Process-1, process ${sleeper.pid}, has ended with exit code -9.`);
});

test('exactly the phase that holds now is lit', () => {
  for (const phase of ['created', 'alive', 'ended'] as const) {
    assert.deepEqual(lifeSvg(phase, '').match(/(?<=font-weight="bold"[^>]*>)\w+/g), [phase]);
  }
});

test('a name cannot break the picture', () => {
  assert.match(lifeSvg('created', 'Tom & <Jerry>'), /Tom &amp; &lt;Jerry&gt;/);
});

after(nothingLeft);
