// What ends a wait in the thread of a line, and how long a wait may take.
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { placeOf } from '../../src/cluster/address';
import { pause } from '../../src/cluster/connection/trouble';
import { RoomBarrier } from '../../src/cluster/sync/barrier';

test('a pause that was woken before it began is none', async () => {
  const began = performance.now();
  await pause(5000, AbortSignal.abort());
  assert.ok(performance.now() - began < 1000);
});

test('a wait without end is longer than what its barrier has by default', async () => {
  const asked: unknown[] = [];
  class Asked extends RoomBarrier {
    protected override ask<T>(_operation: string, { timeoutMs }: { timeoutMs?: number }): Promise<T> {
      asked.push(timeoutMs);
      return Promise.resolve(0 as T);
    }
  }
  const barrier = new Asked(placeOf('nats://127.0.0.1:4222/room1'), 2, { timeout: 100 });
  await barrier.wait();
  await barrier.wait({ timeout: 50 });
  await barrier.wait({ timeout: Number.POSITIVE_INFINITY });
  assert.deepEqual(asked, [100, 50, undefined]);
});
