// Calls that capture the same have it in common on the way, and each has its own copy of it there.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { capture } from '../../src/capture/capture';
import { Lock, Pool } from '../../src/index';
import { type Program, Programs } from '../../src/pool/programs';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('a call in a loop over a table costs the table once', async () => {
  await using pool = new Pool({ processes: 2 });
  const table = Array.from({ length: 100 }, (_, place) => 'x'.repeat(100_000 + place));
  const before = process.memoryUsage().rss;
  const calls = table.map((_, place) => pool.apply((at) => table[at]?.length, [place]));
  const grownBytes = process.memoryUsage().rss - before;
  assert.deepEqual(
    await Promise.all(calls),
    table.map(({ length }) => length),
  );
  // 1 GB, if each had its own.
  assert.ok(grownBytes < 300e6, `${grownBytes} bytes`);
});

test('each call has variables of its own', async () => {
  await using pool = new Pool({ processes: 1 });
  let n = 0;
  const seen = new Map([['a', 0]]);
  const bytes = new Uint8Array(4);
  const expression = /a/g;
  const next = () => {
    seen.set('a', (seen.get('a') ?? 0) + 1);
    bytes[0] = (bytes[0] ?? 0) + 1;
    expression.test('aa');
    return [++n, seen.get('a'), bytes[0], expression.lastIndex];
  };
  for (let round = 0; round < 3; round++) assert.deepEqual(await pool.apply(next), [1, 1, 1, 1]);
});

test('each call has the values of its moment', async () => {
  await using pool = new Pool({ processes: 1 });
  const list = [1];
  const memory = new Uint8Array([1]);
  const calls: Promise<unknown>[] = [];
  for (let round = 1; round <= 6; round++) {
    list[0] = round;
    memory[0] = round;
    calls.push(pool.apply(() => [list[0], memory[0]]));
  }
  assert.deepEqual(
    await Promise.all(calls),
    [1, 2, 3, 4, 5, 6].map((round) => [round, round]),
  );
});

test('what nobody uses waits for the next call, but for much, and for what keeps shared objects', () => {
  const forgotten: Program[] = [];
  const programs = new Programs((program) => forgotten.push(program));
  const take = (value: unknown) => programs.take(capture(value));
  const first = take([1]);
  programs.drop(first);
  assert.equal(take([1]), first);
  programs.drop(first);
  const withLock = take([new Lock()]);
  programs.drop(withLock);
  assert.deepEqual(forgotten.splice(0), [withLock]);
  const large = take(['x'.repeat(2 ** 24)]);
  assert.notEqual(take(['x'.repeat(2 ** 24)]), large);
  programs.drop(large);
  assert.deepEqual(forgotten.splice(0), [large]);
  for (let other = 2; other < 6; other++) programs.drop(take([other]));
  assert.deepEqual(forgotten, [first]);
});
