// What a round may not leave: shared objects, bytes of the shared block, slots, descriptors.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  FREE_LISTS,
  HEAP_BYTE,
  HEAP_LISTS_BYTE,
  header,
  LINE,
  OBJECT_LISTS_BYTE,
} from '../../src/memory/layout';
import { programMemory } from '../../src/memory/memory';
import { countObjects } from '../../src/memory/references';
import { slotInfo, slotsUsed, wordOf } from '../../src/memory/slots';
import { emptyStock } from '../../src/process/stock';
import { collectGarbage } from '../memory/collect-garbage';

export interface Holdings {
  objects: number;
  bytes: number;
  slots: number;
  descriptors: number;
}

/** Takes garbage and warm processes away first. */
export async function holdings(expected?: Holdings): Promise<Holdings> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    emptyStock();
    await collectGarbage();
    const now = countHoldings();
    if (expected === undefined ? now.slots === 1 : isNoMore(now, expected)) return now;
    if (Date.now() > deadline) return now;
    await sleep(50);
  }
}

export function isNoMore(now: Holdings, before: Holdings): boolean {
  return (Object.keys(before) as (keyof Holdings)[]).every((what) => now[what] <= before[what]);
}

function countHoldings(): Holdings {
  let slots = 0;
  for (let slot = 0; slot < slotsUsed(); slot++) if (slotInfo(slot).state !== 'free') slots++;
  return { objects: countObjects(), bytes: bytesInUse(), slots, descriptors: descriptors() };
}

/** All that was ever handed out, without what lies in the lists of free blocks and what a slot keeps for its next holder. */
function bytesInUse(): number {
  const { i32 } = programMemory();
  let lines = (i32[header.heapTop] ?? 0) - HEAP_BYTE / LINE;
  for (const listsByte of [HEAP_LISTS_BYTE, OBJECT_LISTS_BYTE]) {
    const heads = new BigUint64Array(i32.buffer, listsByte, FREE_LISTS);
    for (let order = 0; order < FREE_LISTS; order++) {
      let line = Number((heads[order] ?? 0n) & 0xffff_ffffn);
      for (; line !== 0; line = i32[(line * LINE) / 4 + 1] ?? 0) lines -= 1 << order;
    }
  }
  for (let slot = 0; slot < slotsUsed(); slot++) {
    const report = i32[wordOf(slot, 'report')] ?? 0;
    if (report !== 0) lines -= 1 << ((i32[(report / LINE - 1) * (LINE / 4)] ?? 0) & 0xff);
  }
  return lines * LINE;
}

function descriptors(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
