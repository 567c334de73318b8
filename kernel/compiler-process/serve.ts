// The compiler process: answers one question after the other about the cells of one notebook. It blocks where
// it reads, so that it needs no event loop, and ends when the kernel closes its end of the pipe, or is gone.

import { readSync, writeSync } from 'node:fs';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import type { Cells } from '../conversations/cells';
import { type Answer, type Ask, descriptors } from '../conversations/compiler';
import { encodeMessage, MessageDecoder } from '../conversations/message-stream';
import { createCells } from './cells';
import { rehearsal } from './rehearsal';

const CHUNK_BYTES = 64 * 1024;

/**
 * How much the heap may grow, in percent of what lives, before V8 looks for garbage. Its own choice is 100
 * and more.
 */
const HEAP_GROWING_PERCENT = 30;

/** A small cell leaves less, and the next may follow at once. */
const COLLECT_ABOVE_BYTES = 2 ** 20;

/** Collecting all garbage takes a fifth of a second: only where it has grown by so much. */
const TIDY_ABOVE_BYTES = 8 * 2 ** 20;

export function serve(directory: string): void {
  const cells = createCells({ directory });
  const rehearsed = rehearsal(directory);
  // Here and not on the command line: an image starts only with the flags that it was made with.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  // A Ctrl+C in the terminal of the kernel is meant for the cell that runs.
  process.on('SIGINT', () => {});
  cells.prepare();
  tell({ type: 'ready' });
  const decoder = new MessageDecoder<Ask>();
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    const sizeBytes = readSync(descriptors.asks, chunk);
    if (sizeBytes === 0) return;
    for (const ask of decoder.push(Buffer.from(chunk.subarray(0, sizeBytes)))) {
      tell(answer(cells, rehearsed, ask));
      cells.finish();
      collect();
    }
  }
}

/**
 * Most of what a cell took is garbage now: collected here, it costs a third of what it would in the middle of
 * the next cell.
 */
function collect(): void {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  if ((young?.space_used_size ?? 0) > COLLECT_ABOVE_BYTES)
    globalThis.gc?.({ type: 'minor', execution: 'sync' });
}

let tidiedBytes = 0;

/** V8 itself would wait until the heap has grown by a third. The second round frees most of it. */
function tidy(): void {
  if (process.memoryUsage().heapUsed < tidiedBytes + TIDY_ABOVE_BYTES) return;
  for (let round = 0; round < 2; round++) globalThis.gc?.();
  tidiedBytes = process.memoryUsage().heapUsed;
}

function answer(cells: Cells, rehearsed: Iterator<undefined>, { method, args }: Ask): Answer {
  try {
    if (method === 'rehearse') return { type: 'returned', value: !rehearsed.next().done };
    if (method === 'tidy') return { type: 'returned', value: tidy() };
    const call = cells[method] as (...args: unknown[]) => unknown;
    return { type: 'returned', value: call.apply(cells, args) };
  } catch (error) {
    return { type: 'threw', error: error as Error };
  }
}

function tell(message: Answer): void {
  const bytes = encodeMessage(message);
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptors.answers, bytes, written);
  }
}
