// The functions of a pool, as hosts ask for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { headers } from '@nats-io/transport-node';
import { HEAD } from '../../src/cluster/pool/conversation';
import { ProgramsKept } from '../../src/cluster/pool/programs-kept';

test('one that is forgotten while it cannot be put into the store of the broker spoils nothing', async () => {
  const programs = new ProgramsKept();
  const marks = headers();
  marks.set(HEAD, JSON.stringify({ program: 1 }));
  // It takes no message at all, and has no store.
  const broker = { nc: { info: { max_payload: 0 } }, names: { blobs: 'blobs' } };
  programs.learn({ pool: 'a', program: 1, bytes: Buffer.from('a function'), bundle: undefined });
  const answering = programs.answer({ headers: marks } as never, broker as never);
  programs.unlearn({ program: 1 });
  await assert.rejects(answering);
  // What is rejected and caught by nobody fails the test.
  await sleep(10);
});
