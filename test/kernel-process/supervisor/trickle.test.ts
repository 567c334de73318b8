import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trickle } from '../../../kernel/kernel-process/supervisor/trickle';

/** Pieces as `[bytes, milliseconds after the one before]`. */
function pauses(...pieces: [sizeBytes: number, afterMs: number][]): boolean[] {
  const trickle = new Trickle();
  let nowMs = 1000;
  return pieces.map(([sizeBytes, afterMs]) => {
    nowMs += afterMs;
    return trickle.shouldPause(sizeBytes, nowMs);
  });
}

test('a few lines, or lines with pauses of their own, are read at once', () => {
  assert.deepEqual(pauses([40, 500], [40, 0.1], [40, 0.1]), [false, false, false]);
  assert.deepEqual(pauses([40, 0.1], [40, 2], [40, 2], [40, 2], [40, 2]), Array(5).fill(false));
});

test('small pieces close behind each other are a loop that prints', () => {
  assert.deepEqual(pauses([40, 9], [40, 0.1], [40, 0.1], [40, 0.1], [40, 1.2], [40, 0.1]), [
    false,
    false,
    false,
    true,
    false,
    false,
  ]);
});

test('pieces that have grown are read without a pause', () => {
  assert.deepEqual(pauses([40, 9], [40, 0.1], [6000, 0.1], [6000, 0.1], [6000, 0.1]), Array(5).fill(false));
});
