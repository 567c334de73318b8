// Whether the main thread still hears the kernel, as its second thread finds out: a test in place of the session.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { placeAccess } from '../../kernel/session-process/interrupt/watcher-access';

const HEARING = join(__dirname, '..', '..', 'kernel', 'session-process', 'interrupt', 'hearing');

test('a main thread that turns without having heard is deaf, also if a termination cut its first answer', async () => {
  let asked = 0;
  placeAccess({
    attempt: () => 'over',
    prepare() {},
    turns() {
      if (asked++ === 0) throw new Error('Execution was terminated');
      return asked;
    },
    pusher() {},
  });
  const watcher = new Worker(
    `const { parentPort } = require('node:worker_threads');
     // The session's second thread lives as long as its sockets.
     parentPort.on('message', () => {});
     const { Hearing } = require(${JSON.stringify(HEARING)});
     new Hearing(new Int32Array(1), () => parentPort.postMessage('deaf')).check(1);`,
    { eval: true },
  );
  try {
    const [said] = (await once(watcher, 'message', { signal: AbortSignal.timeout(10_000) })) as [string];
    assert.equal(said, 'deaf');
  } finally {
    await watcher.terminate();
  }
});
