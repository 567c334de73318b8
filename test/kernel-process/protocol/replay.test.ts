// Messages that come a second time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReplayCache } from '../../../kernel/kernel-process/protocol/replay';

test('A signature is admitted once.', () => {
  const cache = new ReplayCache();
  assert.deepEqual([cache.admit('a'), cache.admit('b'), cache.admit('a')], [true, true, false]);
});

test('Messages without a key are always admitted.', () => {
  const cache = new ReplayCache();
  assert.deepEqual([cache.admit(''), cache.admit('')], [true, true]);
});

test('Only the latest signatures are remembered.', () => {
  const cache = new ReplayCache(3);
  for (const signature of ['a', 'b', 'c', 'd']) cache.admit(signature);
  assert.deepEqual([cache.admit('b'), cache.admit('a')], [false, true]);
});
