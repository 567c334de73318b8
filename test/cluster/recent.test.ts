// What a host and its children keep of what comes again and again is bounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pools } from '../../src/cluster/agent/pools';
import { Recent } from '../../src/cluster/agent/recent';

test('the longest unused goes first, by number and by bytes, and the newest stays however large it is', () => {
  const gone: number[] = [];
  const recent = new Recent<number, string>({ most: 3, mostBytes: 100 }, (key) => gone.push(key));
  for (const key of [1, 2, 3]) recent.set(key, `value ${key}`, 10);
  assert.equal(recent.get(1), 'value 1');
  recent.set(4, 'value 4', 10);
  assert.deepEqual(gone, [2]);
  recent.set(4, 'larger', 90);
  assert.deepEqual(gone, [2, 3]);
  recent.set(5, 'too large', 1000);
  assert.deepEqual(gone, [2, 3, 1, 4]);
  assert.deepEqual([...recent.keys()], [5]);
  recent.delete(5);
  recent.set(6, 'value 6', 100);
  assert.deepEqual([gone.length, recent.has(6)], [4, true]);
});

test('of the calls and pools that were stopped a host knows the latest', () => {
  const pools = new Pools(undefined as never, __filename);
  for (let work = 1; work <= 10_000; work++) pools.stop('long', work);
  assert.deepEqual([pools.isStopped('long', 10_000), pools.isStopped('long', 1)], [true, false]);
  pools.stop('long', undefined);
  assert.ok(pools.isStopped('long', 1));
  for (let n = 1; n <= 10_000; n++) pools.stop(`pool ${n}`, undefined);
  assert.deepEqual([pools.isStopped('pool 10000', 7), pools.isStopped('pool 1', 7)], [true, false]);
});
