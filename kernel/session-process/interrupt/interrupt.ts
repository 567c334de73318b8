// Stopping the student's code from outside, on the main thread. The watcher's thread calls `interrupt` again
// and again, also while the code loops, until it answers that it is over.
//
// In this order: pending awaits are rejected and the signal is aborted, so that finally blocks run; what
// keeps the thread busy is then terminated, which runs no JavaScript at all; what still awaits after the
// grace time never goes on.
//
// It stands on nothing that a cell may have replaced (`pristine.ts`). Each part is tried on its own; what
// fails is told.

import { AsyncResource } from 'node:async_hooks';
import { type Cell, endedCells, KeyboardInterrupt, runningCells } from '../cell/cell';
import { afterCritical, isCritical } from '../cell/critical';
import { type Whereabouts, whereMainThreadIs } from '../cell/main-thread-stack';
import { textOf } from '../safeguards/give-up';
import { load, now, setImmediate, store } from '../safeguards/pristine';
import { part, takeFailure } from './parts';
import {
  connectTermination,
  endGuard,
  endTermination,
  prepareTermination,
  terminateNow,
} from './termination';
import { type Attempted, InterruptionState, placeAccess } from './watcher-access';

interface InterruptActions {
  /** Ends the child processes and the programs that the cell started. */
  endChildren(cell: Cell): void;
  /** Ends the children that cells have left, while no cell runs. */
  endLeftChildren(cells: readonly Cell[]): void;
  /** Reports the cell as interrupted. */
  finish(cell: Cell, error: KeyboardInterrupt): void;
}

/** Loops that await, and waits of the library, end by themselves within this many attempts. */
const PATIENT_ATTEMPTS = 2;
/**
 * The library's waits end by themselves; else our own code gets these many attempts to finish, for it may
 * hold a lock.
 */
const OUR_ATTEMPTS = 130;
/** How many attempts in a row must find the thread busy with nothing on its stack. */
const EMPTY_STACKS = 4;
/** A loop that only awaits is mostly found in hooks of promises, but not always. */
const MOST_HOOKS = 1000;
/** How long what a finally block awaits may take. */
const GRACE_MS = 1000;

/** Node pushes onto its stack of async hooks in there. */
const pusher = AsyncResource.prototype.runInAsyncScope;

/** An `InterruptionState`, shared with the watcher. */
export const interrupting = new Int32Array(new SharedArrayBuffer(4));

/** How many evaluations had been sent before the last interrupt; shared with the watcher. */
export const interrupted = new Int32Array(new SharedArrayBuffer(4));

/**
 * Whether the watcher has ended a program that the main thread was waiting for: that program did not fail by
 * itself.
 */
export function hasStoppedProgram(): boolean {
  return load(interrupting, 0) === InterruptionState.stoppedProgram;
}

interface Interruption {
  since: number;
  targets: Cell[];
  /** The cells that were running; the others have left something behind. */
  running: Cell[];
  /** Turns of the event loop since the previous attempt; none means that something keeps the thread busy. */
  turns: number;
  emptyStacks: number;
  /** How often it was found in a hook of promises. */
  hooks: number;
  terminated?: { stack?: string };
  /**
   * Whether it has reached what the thread is busy with; what the thread waits for afterwards is rejected
   * when the loop turns.
   */
  isBusyDelivered: boolean;
  isDelivered: boolean;
}

let interruption: Interruption | undefined;
let actions: InterruptActions;

export function installInterrupt(by: InterruptActions): void {
  actions = by;
  connectTermination();
  // Itself and not a function around it: what is above `interrupt` on the stack is what the main thread was
  // doing.
  placeAccess({ attempt: interrupt, prepare: prepareTermination, turns: countTurns, pusher });
}

export function isInterrupting(): boolean {
  return interruption !== undefined;
}

/** A cell that begins is not what an interrupt was meant for that came before it. */
export function endInterruption(): void {
  if (interruption) endChildren(interruption);
  interruption = undefined;
  store(interrupting, 0, InterruptionState.none);
}

function interrupt(attempts: number): Attempted | string {
  if (attempts === 0) interruption = begin();
  if (!interruption) return withFailure('over');
  const current = interruption;
  endGuard();
  const isBusy = attempts > 0 && current.turns === 0;
  current.turns = 0;
  setImmediate(turn, current);
  const state = isBusy ? stopBusy(current, attempts) : 'again';
  if (state === 'again' || state === 'soon') return withFailure(state);
  // Nothing is called from here on: it would be terminated in place of the student's code.
  return state;
}

function withFailure(state: Attempted): string {
  const failed = takeFailure();
  return failed === undefined ? state : `${state}\n${textOf(failed)}`;
}

/**
 * While a debugger has stopped the main thread in the middle of a cell: prepares the end of what it is
 * stopped in. The debugger then lets it go on with `terminateOnResume`, so that not one more line of it runs.
 */
export function endStopped(): void {
  const current = begin();
  interruption = current;
  current.terminated = whereMainThreadIs(endStopped);
  endChildren(current);
  setImmediate(turn, current);
  prepareTermination();
}

/**
 * Stops it in the middle of anything: while the library works, it must not be called, for it may hold a lock
 * of its own.
 */
function stopBusy(current: Interruption, attempts: number): Attempted {
  const where = whereMainThreadIs(interrupt);
  // Cut in two, the session could not even say how the cell ended; it does nothing that lasts, unless it
  // shows what has no end.
  const isOurs = where.owner === 'session' || where.owner === 'library';
  if (!isOurs && !current.isBusyDelivered) {
    current.isBusyDelivered = true;
    deliver(current);
  }
  if (attempts <= (isOurs || where.owner === 'waiting' ? OUR_ATTEMPTS : PATIENT_ATTEMPTS)) return 'again';
  // V8 lets no error out of a hook of promises, and the termination would be lost.
  if (where.owner === 'hooks' && ++current.hooks < MOST_HOOKS) return 'soon';
  // A loop that only awaits shows no stack between two awaits; but so does a thread that is about to turn,
  // and a termination there would hit whatever runs next.
  current.emptyStacks = where.owner === 'nobody' ? current.emptyStacks + 1 : 0;
  if (where.owner === 'nobody' && current.emptyStacks < EMPTY_STACKS) return 'again';
  if (isCritical()) {
    afterCritical(() => terminateStudent(current));
    return 'again';
  }
  return terminate(current, where) ? 'terminated' : 'prepared';
}

/** Where a critical section ends, the code that goes on may be anyone's. */
function terminateStudent(current: Interruption): void {
  const where = whereMainThreadIs(terminateStudent);
  if (current === interruption && where.owner === 'student') terminate(current, where);
}

function terminate(current: Interruption, where: Whereabouts): boolean {
  if (where.owner === 'student') endChildren(current);
  // A second attempt may find the stack empty.
  current.terminated ??= where;
  return terminateNow();
}

let turns = 0;

function countTurns(): number {
  setImmediate(() => turns++);
  return turns;
}

/**
 * The event loop turns. Here no code of a cell is in the middle of anything: all of it waits, or has ended.
 */
function turn(current: Interruption): void {
  current.turns++;
  endTermination();
  if (current !== interruption) return;
  if (!current.isDelivered) {
    current.isDelivered = true;
    deliver(current);
  }
  // By the next turn the code that was rejected has come to its next await, or to its end.
  setImmediate(settle, current);
}

function begin(): Interruption {
  const running = runningCells();
  const targets = running.length > 0 ? running : endedCells();
  const since = now();
  return {
    since,
    targets,
    running,
    turns: 0,
    emptyStacks: 0,
    hooks: 0,
    isBusyDelivered: false,
    isDelivered: false,
  };
}

/** Rejects what the cells await, and ends the library's waits. */
function deliver({ targets }: Interruption): void {
  for (let i = 0; i < targets.length; i++) {
    const cell = targets[i] as Cell;
    cell.interruption = new KeyboardInterrupt();
    cell.immediateAwaits = 0;
    cell.pendingAwaits = 0;
    cell.timers.forEach((clear) => {
      part(clear);
    });
    cell.timers.clear();
    cell.waiting.forEach((waiting) => {
      waiting.reject(new KeyboardInterrupt(waiting.where));
    });
    cell.waiting.clear();
    const { interruption: reason } = cell;
    part(() => cell.abort(reason));
  }
}

/** A moment later: otherwise the wait for a child would end as if nothing had happened. */
function endChildren({ running, targets }: Interruption): void {
  for (let i = 0; i < running.length; i++) part(() => actions.endChildren(running[i] as Cell));
  if (running.length === 0) part(() => actions.endLeftChildren(targets));
}

function settle(current: Interruption): void {
  endChildren(current);
  if (current !== interruption) return;
  const graceIsOver = now() - current.since > GRACE_MS;
  let isOver = true;
  for (let i = 0; i < current.targets.length; i++) {
    const cell = current.targets[i] as Cell;
    if (!cell.ended && (cell.waiting.size === 0 || graceIsOver)) {
      if (cell.waiting.size > 0) cell.abandoned = true;
      part(() => actions.finish(cell, new KeyboardInterrupt(current.terminated)));
    }
    isOver &&= cell.ended;
  }
  if (isOver) endInterruption();
}
