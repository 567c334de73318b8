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
  assert.equal(take(['x'.repeat(2 ** 24)]), large);
  programs.drop(large);
  assert.deepEqual(forgotten, []);
  programs.drop(large);
  assert.deepEqual(forgotten.splice(0), [large]);
  for (let other = 2; other < 6; other++) programs.drop(take([other]));
  assert.deepEqual(forgotten, [first]);
});

const TABLES = {
  texts: () => Array.from({ length: 100_000 }, (_, i): unknown => `row ${i}`),
  numbers: () => Array.from({ length: 300_000 }, (_, i): unknown => i * 1.5),
  rows: () => Array.from({ length: 20_000 }, (_, id): unknown => ({ id, name: `n${id}`, inner: { id } })),
  pairs: () => Array.from({ length: 20_000 }, (_, id): unknown => [id, `n${id}`]),
  map: () => [new Map(Array.from({ length: 20_000 }, (_, id) => [`k${id}`, { id }]))] as unknown[],
  bytes: () => [new Uint8Array(15e6)] as unknown[],
};

for (const [kind, make] of Object.entries(TABLES)) {
  test(`a hundred calls over a table of ${kind} cost no more for it than three maps over it`, async () => {
    const ratios: number[] = [];
    const items = Array.from({ length: 100 }, (_, at) => at);
    const took = async (work: () => Promise<unknown[]>) => {
      const began = performance.now();
      assert.ok((await work()).every(Boolean));
      return performance.now() - began;
    };
    // Something else on the machine may spoil one.
    for (let attempt = 0; attempt < 4 && !ratios.some((ratio) => ratio <= 3); attempt++) {
      await using pool = new Pool({ processes: 2 });
      const over = (table: unknown[]) => (at: number) => table[at % table.length] !== undefined;
      const callAll = (find: (at: number) => boolean) =>
        Promise.all(items.map((at) => pool.apply(find, [at])));
      const alone = await took(() => callAll(over([1])));
      const find = over(make());
      const map = await took(() => pool.map(find, items));
      const calls = await took(() => callAll(find));
      ratios.push((calls - alone) / map);
    }
    assert.ok(Math.min(...ratios) <= 3, `${ratios.map((ratio) => ratio.toFixed(1))} times`);
  });
}
