// The heap of the shared block.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedMemoryError } from '../../src/errors';
import { Allocator } from '../../src/memory/allocator';
import { Hand, type InHand, takeFromHand } from '../../src/memory/hand';
import { HEAP_BYTE, HEAP_LISTS_BYTE, header, LINE } from '../../src/memory/layout';

const LARGE = 4 * 2 ** 20;

function heap(sizeBytes: number, maySplit = true) {
  const i32 = new Int32Array(new ArrayBuffer(HEAP_BYTE + sizeBytes));
  i32[header.heapTop] = HEAP_BYTE / LINE;
  i32[header.heapEnd] = (HEAP_BYTE + sizeBytes) / LINE;
  const discarded: [number, number][] = [];
  const discard = (offset: number, bytes: number) => void discarded.push([offset, bytes]);
  const populated: number[] = [];
  const populate = (_offset: number, bytes: number) => void populated.push(bytes);
  const hand = new Hand(i32);
  return {
    i32,
    hand,
    discarded,
    populated,
    allocator: new Allocator(i32, {
      hand,
      listsByte: HEAP_LISTS_BYTE,
      maySplit,
      discard,
      populate,
      keptBytes: 2 ** 26,
    }),
  };
}

test('blocks are aligned to 64 bytes and never overlap', () => {
  const { allocator } = heap(2 ** 20);
  const sizes = [1, 64, 65, 100, 1000, 4096, 5000, 64, 1];
  const taken = sizes.map((size) => [allocator.allocate(size), size] as const).sort(([a], [b]) => a - b);
  for (const [i, [offset, size]] of taken.entries()) {
    assert.equal(offset % 64, 0);
    assert.ok(offset + size <= (taken[i + 1]?.[0] ?? Number.POSITIVE_INFINITY));
  }
});

test('what was freed is handed out again, the last first', () => {
  const { allocator } = heap(2 ** 20);
  const [first, second] = [allocator.allocate(1000), allocator.allocate(1000)];
  allocator.free(first);
  allocator.free(second);
  assert.equal(allocator.allocate(1100), second);
  assert.equal(allocator.allocate(1000), first);
});

test('when the heap is at its end, larger free blocks are cut up', () => {
  const { allocator } = heap(2 ** 16);
  allocator.free(allocator.allocate(2 ** 16 - LINE));
  const small = new Set(Array.from({ length: 16 }, () => allocator.allocate(2 ** 12 - LINE)));
  assert.equal(small.size, 16);
  assert.throws(() => allocator.allocate(64), SharedMemoryError);
});

test('a full heap says so and what to do, and goes on when something is freed', () => {
  const { allocator } = heap(2 ** 12);
  const offset = allocator.allocate(2 ** 12 - LINE);
  assert.throws(() => allocator.allocate(1), /maxsize/);
  assert.throws(() => allocator.allocate(2 ** 40), SharedMemoryError);
  allocator.free(offset);
  allocator.allocate(1);
});

test('a block that no memory could hold is refused, however large it is, and nothing else is harmed', () => {
  const { i32, allocator } = heap(2 ** 20);
  const top = i32[header.heapTop];
  for (let power = 20; power < 53; power++) {
    for (const sizeBytes of [2 ** power, 2 ** power + 2 ** (power - 1)]) {
      assert.throws(() => allocator.allocate(sizeBytes), SharedMemoryError, `${sizeBytes} bytes`);
      assert.equal(i32[header.heapTop], top);
    }
  }
});

test('freeing twice is an error, not a broken list', () => {
  const { allocator } = heap(2 ** 16);
  const offset = allocator.allocate(100);
  allocator.free(offset);
  assert.throws(() => allocator.free(offset), SharedMemoryError);
  assert.notEqual(allocator.allocate(100), allocator.allocate(100));
});

test('the pages of large free blocks are kept up to a limit, the others given back', () => {
  const { allocator, discarded, populated } = heap(40 * LARGE);
  const blocks = Array.from({ length: 20 }, () => allocator.allocate(LARGE - LINE));
  for (const block of blocks) allocator.free(block);
  assert.equal(discarded.length, 4, '16 blocks of 4 MiB are kept');
  assert.deepEqual(discarded[0], [blocks[16], LARGE - LINE]);
  assert.equal(populated.length, 20);
  for (const _ of blocks) allocator.allocate(LARGE - LINE);
  assert.equal(populated.length, 24, 'pages that were kept are not asked for again');
  allocator.free(blocks[0] as number);
  assert.equal(discarded.length, 4, 'a block that was taken again counts no more');
});

test('the block that somebody had in its hand when it died comes back, and no other', () => {
  const { i32, allocator, hand } = heap(2 ** 20);
  const known = allocator.allocate(1000);
  hand.release();
  const inHand = allocator.allocate(1000);
  const left = takeFromHand(i32, header.noHand);
  assert.deepEqual(left, { line: inHand / LINE - 1, order: 5, isObject: false });
  allocator.takeBack(left as InHand);
  assert.equal(takeFromHand(i32, header.noHand), undefined);
  assert.equal(allocator.allocate(1000), inHand);
  hand.release();
  allocator.free(known);
  assert.equal(takeFromHand(i32, header.noHand), undefined);
});
