// The stock of warm processes: they have loaded everything and sleep until they get a task. Never seen by the
// user.

import { totalmem } from 'node:os';
import { onOutputChanged } from '../host/output';
import { ffiStatus } from '../memory/memory';
import { loadWaiting } from '../system/load-together';
import { processorCount } from '../system/processors';
import { clearImmediate, clearTimeout, setImmediate, setTimeout } from '../system/timers';
import { SpawnedChild } from './spawn-child';
import type { WarmChild } from './warm-child';
import { ForkedChild } from './zygote/forked-child';
import { endZygote, forkChild, isForkingPossible } from './zygote/zygote';

const GIB = 2 ** 30;
const LARGEST = 4;
/** One for the next start while the one after it is forked. */
const FEWEST_FORKED = 2;
/** Long enough for a loop of starts to be over, so that warming does not compete with what was started. */
const QUIET_MS = 15;

let warm: WarmChild[] = [];
let hasBegun = false;
/** What takes back the refill that is to come. */
let cancelRefill: (() => void) | undefined;

/**
 * How many warm processes are kept: one for each core, as far as there is memory. A spawned one idles at
 * about 45 MiB, a forked one at 1.4. PARLAB_STOCK says another number.
 */
export function stockSize(
  cores = processorCount(),
  memoryBytes = machineMemory(),
  areForked = isForkingPossible(),
): number {
  const asked = process.env.PARLAB_STOCK;
  if (asked !== undefined && /^\d+$/.test(asked)) return Number(asked);
  if (areForked) return Math.max(FEWEST_FORKED, Math.min(LARGEST, cores));
  return Math.max(1, Math.min(LARGEST, cores, Math.floor(memoryBytes / GIB)));
}

/** The first Process made begins the stock; later ones leave it to be refilled in a quiet moment. */
export function beginStock(): void {
  if (hasBegun) return;
  prewarm();
  // Whoever makes a process gives it functions, and there is time until the first one has begun.
  loadWaiting();
}

/** Warms as many processes as the stock may hold. */
export function prewarm(): void {
  hasBegun = true;
  if (!ffiStatus().available || process.env.PARLAB_START_METHOD === 'thread') return;
  while (warm.length < stockSize()) {
    const child = forkChild() ?? new SpawnedChild();
    child.onExit(() => {
      warm = warm.filter((other) => other !== child);
    });
    warm.push(child);
  }
}

/** A warm process, or a new one when the stock is empty; the caller's alone. */
export function takeFromStock(): WarmChild {
  for (let child = warm.shift(); child; child = warm.shift()) if (isThere(child)) return child;
  const forked = forkChild();
  return forked?.begin() ? forked : new SpawnedChild();
}

function isThere(child: WarmChild): boolean {
  return child instanceof ForkedChild ? child.begin() : child.exitcode() === undefined;
}

/** While the event loop stands still nothing refills the stock, so who is about to block does it. */
export function refillNow(): void {
  if (cancelRefill === undefined) return;
  endRefill();
  prewarm();
}

/** Ends the warm processes; the next start() begins a new stock. */
export function emptyStock(): void {
  endRefill();
  for (const child of warm) child.discard();
  warm = [];
  endZygote();
  hasBegun = false;
}

/** Is to be called when what was taken has its task. */
export function refillSoon(): void {
  endRefill();
  if (!isForkingPossible()) {
    const timer = setTimeout(refillNow, QUIET_MS).unref();
    cancelRefill = () => clearTimeout(timer);
  } else if (warm.length === 0) {
    // A fork is so cheap that the next start() of a loop may find its process ready.
    prewarm();
  } else {
    // Not at once: who starts one process would share the processors with the fork of the next.
    const turn = setImmediate(refillNow).unref();
    cancelRefill = () => clearImmediate(turn);
  }
}

function endRefill(): void {
  cancelRefill?.();
  cancelRefill = undefined;
}

let memoryBytes: number | undefined;
/** Asked once: the answer lies in files of the system. */
function machineMemory(): number {
  memoryBytes ??= availableMemory();
  return memoryBytes;
}

function availableMemory(): number {
  // 0 or a number beyond the machine's memory means: no limit.
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

// A warm process has inherited the old output.
onOutputChanged(emptyStock);
