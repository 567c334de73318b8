// Waiting for something in shared memory to become possible: awaited or blocking, with timeout, signal and
// the signal of the surrounding cell. A dead owner or a lost signal delays a waiter by one slice, never for
// ever.

import { BlockingWait, beginAwaited, endAwaited, whileLooking } from '../deadlock/standing-waits';
import { InvalidArgumentError, WaitAbortedError } from '../errors';
import { SLICE_MS } from '../memory/memory';
import type { Subject } from '../objects/subject';
import { forgetAbort, onAbort } from '../system/abort';
import { isReal } from '../system/control';
import { keepLoop, letLoopEnd } from '../system/loop-end';
import { spin } from '../system/spin';
import { clearInterval, clearTimeout, performance, setInterval, setTimeout } from '../system/timers';
import { isTracing } from '../trace/area';
import { gaveUp, waits, woke } from '../trace/points';
import { listenForRings, openDoor } from './doorbell';
import type { LocalWait, WaitObject } from './wait-object';

export interface Waiting {
  /** The call as the error's sentence names it: 'Lock.acquire()'. */
  readonly what: string;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether it is a wait of the library itself, which goes on when the cell around it is interrupted. */
  readonly inBackground?: boolean;
  /** One of several waits, of which any is enough; `signal` tells it that another is over. */
  readonly isOneOfSeveral?: boolean;
  /** What is waited for, so that a wait without end can be told from a long one. */
  readonly subject?: Subject;
}

export const timedOut: unique symbol = Symbol('timed out');
type TimedOut = typeof timedOut;

let ambientSignal: () => AbortSignal | undefined = () => undefined;

/**
 * Every wait that begins from now on also ends with this signal; the kernel interrupts a cell's waits with
 * it.
 */
export function setAmbientSignal(provider: () => AbortSignal | undefined): void {
  ambientSignal = provider;
}

/** A timeout as the user gave it, for Waiting. 0 or less: only try. */
export function timeoutOf(timeout: number | undefined): number | undefined {
  if (timeout === undefined) return undefined;
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new InvalidArgumentError('timeout', 'a number of milliseconds', timeout);
  }
  // A timer of more than 24 days would fire at once, so it counts as none.
  return timeout > 2 ** 31 - 1 ? undefined : Math.max(0, timeout);
}

/**
 * Resolves with the first value other than undefined that `attempt` returns. An attempt that succeeds settles
 * the promise in the same turn, so what it took can never be lost to a timeout or a signal.
 */
export function waitUntil<T>(
  attempt: () => T | undefined,
  on: WaitObject,
  waiting: Waiting,
): Promise<T | TimedOut> {
  isReal(waiting.what);
  return new Promise((resolve, reject) => {
    const signals = signalsOf(waiting);
    for (const signal of signals) {
      if (signal.aborted) throw new WaitAbortedError(waiting.what, signal.reason);
    }
    if (waiting.timeoutMs === 0) {
      resolve(attempt() ?? timedOut);
      return;
    }
    let isTold = false;
    const end = (settle: () => void, hasWhatItWaitedFor = false): true => {
      if (isTold) (hasWhatItWaitedFor ? woke : gaveUp)(on.traced);
      on.local.delete(wait);
      endAwaited(wait);
      clearTimeout(timer);
      for (const signal of signals) forgetAbort(signal, giveUp);
      settle();
      return true;
    };
    const wait: LocalWait = {
      look: () => {
        try {
          const value = attempt();
          return value !== undefined && end(() => resolve(value), true);
        } catch (error) {
          return end(() => reject(error));
        }
      },
    };
    const giveUp = (signal: AbortSignal) => {
      end(() => reject(new WaitAbortedError(waiting.what, signal.reason)));
      passOn(on);
    };
    const expire = () => {
      // The last chance: the loop may have been busy since long before the time was up.
      if (on.local.values().next().value === wait && wait.look()) return passOn(on);
      end(() => resolve(timedOut));
      passOn(on);
    };
    const timer = waiting.timeoutMs === undefined ? undefined : setTimeout(expire, waiting.timeoutMs);
    for (const signal of signals) onAbort(signal, giveUp);
    on.local.add(wait);
    look(on);
    if (!on.local.has(wait)) return;
    if (isTracing()) {
      isTold = true;
      waits(on.traced);
    }
    beginAwaited(wait, waiting, (error) => {
      end(() => reject(error));
      passOn(on);
    });
  });
}

/** The blocking twin. Its signals are looked at between two slices of sleep. */
export function waitUntilSync<T>(
  attempt: () => T | undefined,
  on: WaitObject,
  waiting: Waiting,
): T | TimedOut {
  isReal(waiting.what);
  const deadline =
    waiting.timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + waiting.timeoutMs;
  const early = waiting.timeoutMs === 0 ? undefined : (attempt() ?? spin(attempt));
  if (early !== undefined) return early;
  if (waiting.timeoutMs === 0 || !isTracing()) return sleepUntil(attempt, on, waiting, deadline);
  waits(on.traced);
  let end = gaveUp;
  try {
    const value = sleepUntil(attempt, on, waiting, deadline);
    if (value !== timedOut) end = woke;
    return value;
  } finally {
    end(on.traced);
  }
}

function sleepUntil<T>(
  attempt: () => T | undefined,
  on: WaitObject,
  waiting: Waiting,
  deadline: number,
): T | TimedOut {
  const signals = signalsOf(waiting);
  const standing = new BlockingWait(waiting);
  try {
    for (;;) {
      standing.looks();
      for (const signal of signals) {
        if (signal.aborted) throw new WaitAbortedError(waiting.what, signal.reason);
      }
      const sequence = on.sequence();
      on.announce();
      const value = attempt();
      if (value !== undefined) {
        on.announce();
        return value;
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return timedOut;
      standing.sleeps();
      on.sleep(sequence, leftMs);
    }
  } finally {
    standing.ends();
  }
}

// The objects that this thread awaits something of.
const awaited = new Set<WaitObject>();
let recheck: NodeJS.Timeout | undefined;
const keeper = { ref: () => recheck?.ref(), unref: () => recheck?.unref() };

/** Lets the waits of this thread look now: for changes that concern this thread alone. */
export function look(on: WaitObject): void {
  while (on.local.size > 0) {
    on.announceAwaiting();
    const first = on.local.values().next().value;
    if (first?.look() !== true) {
      keepLooking(on);
      return;
    }
  }
  stopLooking(on);
}

function keepLooking(on: WaitObject): void {
  listenForRings(lookWhereRung);
  awaited.add(on);
  // Keeps the event loop alive too, as a pending read would.
  if (recheck !== undefined) return;
  recheck = setInterval(lookEverywhere, SLICE_MS);
  keepLoop(keeper);
}

function stopLooking(on: WaitObject): void {
  on.withdrawAwaiting();
  on.announce();
  awaited.delete(on);
  if (awaited.size === 0) {
    letLoopEnd(keeper);
    clearInterval(recheck);
    recheck = undefined;
  }
}

// A wait that ends without taking what it was woken for hands the wake-up to the next one.
function passOn(on: WaitObject): void {
  look(on);
  on.notify();
}

function lookWhereRung(): void {
  whileLooking(() => {
    for (const on of awaited) if (!on.isAwaiting()) look(on);
  });
}

function lookEverywhere(): void {
  openDoor();
  whileLooking(() => {
    for (const on of awaited) look(on);
  });
}

export function signalsOf(waiting: Pick<Waiting, 'signal' | 'inBackground'>): AbortSignal[] {
  const ambient = waiting.inBackground ? undefined : ambientSignal();
  const signals: AbortSignal[] = [];
  if (waiting.signal !== undefined) signals.push(waiting.signal);
  if (ambient !== undefined && ambient !== waiting.signal) signals.push(ambient);
  return signals;
}
