// How many items make a chunk.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type ChunkFacts, chunkSize } from '../../src/pool/chunk-size';
import { nothingLeft } from '../support/processes/nothing-left';

const small = { areSmall: true, idle: 0 };
const large = { areSmall: false, idle: 0 };
const rows: [what: string, facts: ChunkFacts, size: number][] = [
  [
    'begins with a quarter of a share while nothing is known but that items are small',
    { lastSize: 0, itemMs: undefined, left: 1000, processes: 2, ...small },
    125,
  ],
  [
    'begins with one item if it may be large',
    { lastSize: 0, itemMs: undefined, left: 1000, processes: 2, ...large },
    1,
  ],
  ['gives slow items one by one', { lastSize: 1, itemMs: 50, left: 1000, processes: 2, ...small }, 1],
  ['fills about ten milliseconds', { lastSize: 100, itemMs: 0.1, left: 10_000, processes: 2, ...small }, 100],
  ['grows by steps', { lastSize: 1, itemMs: 0.001, left: 100_000, processes: 2, ...large }, 16],
  ['shares what is left', { lastSize: 4000, itemMs: 0.001, left: 8000, processes: 2, ...small }, 2000],
  [
    'sends no crumbs of quick items',
    { lastSize: 4000, itemMs: 0.001, left: 40, processes: 2, ...small },
    100,
  ],
  [
    'gives one item at least, also of what came back when nothing else is left',
    { lastSize: 1, itemMs: undefined, left: 0, processes: 2, ...small },
    1,
  ],
  ['knows no end', { lastSize: 4000, itemMs: 0.001, left: undefined, processes: 2, ...small }, 10_000],
];

for (const [what, facts, size] of rows) test(what, () => assert.equal(chunkSize(facts), size));

after(nothingLeft);
