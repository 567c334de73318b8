// Stopping the student's code from outside, on the main thread. The watcher's thread calls `interrupt` again and again, also while
// the code loops, until it answers 'over'.
//
// In this order: pending awaits are rejected and the signal is aborted, so that finally blocks run; what keeps the thread busy
// is then terminated, which runs no JavaScript at all; what still awaits after the grace time never goes on.

import { Session } from 'node:inspector';
// Not the global one, whose calls belong to cells.
import { setImmediate } from 'node:timers';
import {
  type Cell,
  endedCells,
  KeyboardInterrupt,
  resumeContext,
  runningCells,
  suspendContext,
} from './cell';
import { afterCritical, isCritical } from './critical';
import { InterruptionState, interruptKey } from './interrupt-expression';
import { type Whereabouts, whereMainThreadIs } from './main-thread-stack';

export interface InterruptActions {
  /** Ends the child processes that the cell started. */
  endChildren(cell: Cell): void;
  /** Reports the cell as interrupted. */
  finish(cell: Cell, error: KeyboardInterrupt): void;
}

/** Loops that await, and waits of the library, end by themselves within this many attempts. */
const PATIENT_ATTEMPTS = 2;
/** The library's waits end by themselves; else it gets these many attempts to finish, for it may hold a lock of its own. */
const LIBRARY_ATTEMPTS = 130;
/** So many attempts in a row must find the thread busy with nothing on its stack. */
const EMPTY_STACKS = 4;
/** How long what a finally block awaits may take. */
const GRACE_MS = 1000;

const own = new Session();

/** An `InterruptionState`, shared with the watcher. */
export const interrupting = new Int32Array(new SharedArrayBuffer(4));

/** How many evaluations had been sent before the last interrupt; shared with the watcher. */
export const interrupted = new Int32Array(new SharedArrayBuffer(4));

/** Whether the watcher has ended a program that the main thread was waiting for: that program did not fail by itself. */
export function hasStoppedProgram(): boolean {
  return Atomics.load(interrupting, 0) === InterruptionState.stoppedProgram;
}

interface Interruption {
  since: number;
  targets: Cell[];
  /** Turns of the event loop since the previous attempt; none means that something keeps the thread busy. */
  turns: number;
  emptyStacks: number;
  terminated?: { stack?: string };
  /** Ends what the thread blocks in. What it is busy with otherwise has heard nothing yet. */
  deliverBusy(): void;
  /** Rejects what the cells await. */
  deliver(): void;
  /** A moment later: otherwise the wait for a child would end as if nothing had happened. */
  endChildren(): void;
}

let interruption: Interruption | undefined;
let actions: InterruptActions;

export function installInterrupt(by: InterruptActions): void {
  actions = by;
  own.connect();
  // Itself and not a function around it: what is above `interrupt` on the stack is what the main thread was doing.
  Object.defineProperty(process, interruptKey, { value: interrupt });
}

export function isInterrupting(): boolean {
  return interruption !== undefined;
}

/** A cell that begins is not what an interrupt was meant for that came before it. */
export function endInterruption(): void {
  interruption?.endChildren();
  interruption = undefined;
  Atomics.store(interrupting, 0, InterruptionState.none);
}

function interrupt(attempt: number): 'over' | 'again' {
  if (attempt === 0) interruption = begin();
  if (!interruption) return 'over';
  const current = interruption;
  const isBusy = attempt > 0 && current.turns === 0;
  current.turns = 0;
  setImmediate(turn, current);
  if (isBusy) stopBusy(current, attempt);
  return 'again';
}

/**
 * While a debugger has stopped the main thread in the middle of a cell: prepares the end of what it is stopped in. The debugger
 * then lets it go on with `terminateOnResume`, so that not one more line of it runs.
 */
export function endStopped(): void {
  const current = begin();
  interruption = current;
  current.terminated = whereMainThreadIs(endStopped);
  current.endChildren();
  setImmediate(turn, current);
  suspendContext();
  clearAsyncHookStack();
}

/** In the middle of anything: while the library works, it must not be called, for it may hold a lock of its own. */
function stopBusy(current: Interruption, attempt: number): void {
  const where = whereMainThreadIs(interrupt);
  // Cut in two, the session could not even say how the cell ended; it does nothing that lasts.
  if (where.owner === 'session') return;
  if (where.owner !== 'library') current.deliverBusy();
  if (attempt <= PATIENT_ATTEMPTS) return;
  if ((where.owner === 'library' || where.owner === 'waiting') && attempt < LIBRARY_ATTEMPTS) return;
  // A loop that only awaits shows no stack between two awaits; but so does a thread that is about to turn, and a termination
  // there would hit whatever runs next.
  current.emptyStacks = where.owner === 'nobody' ? current.emptyStacks + 1 : 0;
  if (where.owner === 'nobody' && current.emptyStacks < EMPTY_STACKS) return;
  if (isCritical()) afterCritical(() => terminateStudent(current));
  else terminate(current, where);
}

/** Where a critical section ends, the code that goes on may be anyone's. */
function terminateStudent(current: Interruption): void {
  const where = whereMainThreadIs(terminateStudent);
  if (current === interruption && where.owner === 'student') terminate(current, where);
}

function terminate(current: Interruption, where: Whereabouts): void {
  if (where.owner === 'student') current.endChildren();
  // A second attempt may find the stack empty.
  current.terminated ??= where;
  terminateNow();
}

/** The event loop turns. Here no code of a cell is in the middle of anything: all of it waits, or has ended. */
function turn(current: Interruption): void {
  current.turns++;
  if (current.terminated) {
    resumeContext();
    forgetHalfLoaded();
  }
  if (current !== interruption) return;
  current.deliver();
  // By the next turn the code that was rejected has come to its next await, or to its end.
  setImmediate(() => {
    current.endChildren();
    if (current === interruption) settle(current);
  });
}

function begin(): Interruption {
  const running = runningCells();
  const targets = running.length > 0 ? running : endedCells();
  return {
    since: Date.now(),
    targets,
    turns: 0,
    emptyStacks: 0,
    deliverBusy: once(() => targets.forEach(deliver)),
    deliver: once(() => targets.forEach(deliver)),
    endChildren: () => running.forEach(actions.endChildren),
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

function deliver(cell: Cell): void {
  cell.interruption = new KeyboardInterrupt();
  cell.immediateAwaits = 0;
  for (const clear of [...cell.timers.values()]) clear();
  cell.timers.clear();
  for (const waiting of [...cell.waiting]) waiting.reject(new KeyboardInterrupt(waiting.where));
  cell.waiting.clear();
  cell.abort(cell.interruption);
}

function settle(current: Interruption): void {
  const graceIsOver = Date.now() - current.since > GRACE_MS;
  for (const cell of current.targets) {
    if (cell.ended || (cell.waiting.size > 0 && !graceIsOver)) continue;
    if (cell.waiting.size > 0) cell.abandoned = true;
    actions.finish(cell, new KeyboardInterrupt(current.terminated));
  }
  if (current.targets.every((cell) => cell.ended)) endInterruption();
}

/** Last of all: anything that ran after it would be terminated in place of the student's code. */
function terminateNow(): void {
  suspendContext();
  clearAsyncHookStack();
  own.post('Runtime.terminateExecution');
}

/** A module whose loading was cut would stay in the cache for ever, without its exports. */
function forgetHalfLoaded(): void {
  for (const [path, loading] of Object.entries(require.cache)) {
    if (loading?.loaded === false) delete require.cache[path];
  }
}

/** Termination skips the `after` of async hooks; Node would find its stack of them corrupted and abort. */
function clearAsyncHookStack(): void {
  const internals = process as unknown as { _fatalException(error: Error, fromPromise: boolean): boolean };
  process.setUncaughtExceptionCaptureCallback(null);
  process.setUncaughtExceptionCaptureCallback(() => {});
  try {
    // Node's handling of an uncaught error clears that stack; nothing public does (`async_wrap` is gone in Node 24).
    internals._fatalException(new Error('interrupted'), false);
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
}
