// What a round may not leave: shared objects, blocks of the shared memory, slots, descriptors.
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
import { slotInfo, slotsUsed, wordOf } from '../../src/memory/slots';
import { countObjects } from '../../src/objects/references';
import { emptyStock } from '../../src/start/stock';
import { collectGarbage } from '../support/processes/collect-garbage';

export interface Holdings {
  objects: number;
  blocks: number;
  slots: number;
  descriptors: number;
}

/**
 * One who is killed between two instructions of some pairs loses an object or a block: docs/decisions/sudden-death.md says where.
 * That is one death in 200 to 500. What is lost otherwise is lost each time.
 */
const DEATHS_FOR_A_LOSS = 100;
const FIRST_LOSSES = 2;

/** Takes garbage and warm processes away first. `deaths`: since `expected`. */
export async function holdings(expected?: Holdings, deaths = 0): Promise<Holdings> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    emptyStock();
    await collectGarbage();
    const now = countHoldings();
    if (expected === undefined ? now.slots === 1 : isNoMore(now, expected, deaths)) return now;
    if (Date.now() > deadline) return now;
    await sleep(50);
  }
}

export function isNoMore(now: Holdings, before: Holdings, deaths: number): boolean {
  const losses = deaths === 0 ? 0 : FIRST_LOSSES + Math.floor(deaths / DEATHS_FOR_A_LOSS);
  return (
    now.slots <= before.slots &&
    now.descriptors <= before.descriptors &&
    now.objects <= before.objects + losses &&
    now.blocks <= before.blocks + losses
  );
}

function countHoldings(): Holdings {
  let slots = 0;
  for (let slot = 0; slot < slotsUsed(); slot++) if (slotInfo(slot).state !== 'free') slots++;
  return { objects: countObjects(), blocks: blocksInUse(), slots, descriptors: descriptors() };
}

/** All that was ever handed out, without what lies in the lists of free blocks and what a slot keeps for its next holder. */
function blocksInUse(): number {
  const { i32 } = programMemory();
  const kept = new Set<number>();
  for (const listsByte of [HEAP_LISTS_BYTE, OBJECT_LISTS_BYTE]) {
    for (const head of new BigUint64Array(i32.buffer, listsByte, FREE_LISTS)) {
      for (let line = Number(head & 0xffff_ffffn); line !== 0; line = word(line, NEXT)) kept.add(line);
    }
  }
  for (let slot = 0; slot < slotsUsed(); slot++) kept.add((i32[wordOf(slot, 'report')] ?? 0) / LINE - 1);
  let blocks = 0;
  let wasNothing = false;
  for (let line = HEAP_BYTE / LINE; line < (i32[header.heapTop] ?? 0); ) {
    const order = word(line, SIZE) & 0xff;
    // Whoever asked for it died before it said how large it is.
    const isNothing = order === 0;
    if (!kept.has(line) && !(isNothing && wasNothing)) blocks++;
    wasNothing = isNothing;
    line += 1 << order;
  }
  return blocks;
}

// Words of a block's header.
const SIZE = 0;
const NEXT = 1;

function word(line: number, which: number): number {
  return programMemory().i32[(line * LINE) / 4 + which] ?? 0;
}

function descriptors(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
