// What is large is sent once: to move it again costs more than whoever has it could be slow.
import assert from 'node:assert/strict';
import { after, afterEach, describe, mock, test } from 'node:test';
import { Pool } from '../../src/index';
import { Worker } from '../../src/pool/worker';
import { nothingLeft } from '../support/processes/nothing-left';

const MB = 1_000_000;

interface Large {
  make(): unknown;
  sizeOf(value: never): number;
}

const kinds: { [what: string]: Large } = {
  bytes: { make: () => new Uint8Array(40 * MB), sizeOf: (bytes: Uint8Array) => bytes.length },
  'many small objects': {
    make: () => Array.from({ length: 50_000 }, (_, id) => ({ id, name: `n${id}`, tags: ['a', 'b'] })),
    sizeOf: (list: unknown[]) => list.length,
  },
  text: { make: () => 'é'.repeat(10 * MB), sizeOf: (text: string) => text.length },
};

describe('a large argument', () => {
  const give = mock.method(Worker.prototype, 'give');
  afterEach(() => give.mock.resetCalls());
  after(async () => {
    mock.reset();
    await nothingLeft();
  });

  for (const [what, { make, sizeOf }] of Object.entries(kinds)) {
    for (const processes of [1, 2, 4, 8]) {
      test(`of ${what} is sent once to ${processes}, or twice if the first one starts slowly`, async () => {
        const value = make();
        await using pool = new Pool({ processes });
        assert.equal(await pool.apply(sizeOf, [value as never]), sizeOf(value as never));
        assert.ok(give.mock.callCount() <= 2, `given ${give.mock.callCount()} times`);
      });
    }
  }

  test('one of several is not sent on because all others are done', async () => {
    await using pool = new Pool({ processes: 4 });
    await pool.map((n: number) => n, [1, 2, 3, 4, 5, 6, 7, 8]);
    give.mock.resetCalls();
    const items = Array.from({ length: 8 }, (_, index) => new Uint8Array(10 * MB).fill(index));
    assert.deepEqual(await pool.map((bytes: Uint8Array) => bytes[9], items), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.ok(give.mock.callCount() <= 2 * items.length, `given ${give.mock.callCount()} times`);
  });
});
