// Whether this thread's event loop would end now if the library did not keep it going. Node itself says so,
// by 'beforeExit', which counts everything: timers, sockets, files, work in the thread pool. What the program
// has unref'd does not count.

import { constants } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { process } from './node-process';
import { clearInterval, setInterval } from './timers';

/** Something of the library that keeps the event loop going. */
interface Keeper {
  ref(): void;
  unref(): void;
}

/** Seldom enough to cost nothing. */
const ASK_MS = 150;
const OWN_SIGNALS = ['SIGURG', 'SIGCHLD'];

const keepers = new Set<Keeper>();
const atEnd: (() => void)[] = [];
let whenOnlyWaiting = () => {};
let whenNotOnlyWaiting = () => {};
let asking: NodeJS.Timeout | undefined;
let listens = false;
let hasAsked = false;

/**
 * `only` is called again and again while the thread does nothing but wait, `notOnly` when that may be over.
 */
export function watchLoop(only: () => void, notOnly: () => void): void {
  whenOnlyWaiting = only;
  whenNotOnlyWaiting = notOnly;
}

export function keepLoop(keeper: Keeper): void {
  keepers.add(keeper);
  keeper.ref();
  listen();
  asking ??= setInterval(ask, ASK_MS).unref();
}

export function letLoopEnd(keeper: Keeper): void {
  if (!keepers.delete(keeper)) return;
  keeper.unref();
  if (keepers.size === 0) hasAsked = false;
}

/** Listens as process.on('beforeExit') does, which this thread's own questions would set off as well. */
export function onLoopEnd(then: () => void): void {
  atEnd.push(then);
  listen();
}

/** What keeps the event loop going beside the library, as Node calls it: 'Timeout', 'TCPSocketWrap'. */
export function whatElseKeepsLoop(): string[] {
  for (const keeper of keepers) keeper.unref();
  const others = process.getActiveResourcesInfo();
  if (!hasAsked) for (const keeper of keepers) keeper.ref();
  return others;
}

function listen(): void {
  if (listens) return;
  listens = true;
  process.on('beforeExit', () => {
    if (keepers.size === 0) {
      for (const then of atEnd) then();
      return;
    }
    hasAsked = false;
    for (const keeper of keepers) keeper.ref();
    // A signal of the operating system is as good as a timer, though Node does not wait for it.
    if (!othersListen()) whenOnlyWaiting();
  });
}

function ask(): void {
  // It does not begin before: one short wait after the other would begin and end it each time.
  if (keepers.size === 0) {
    clearInterval(asking);
    asking = undefined;
    return;
  }
  if (hasAsked) whenNotOnlyWaiting();
  hasAsked = !othersListen();
  for (const keeper of keepers) {
    if (hasAsked) keeper.unref();
    else keeper.ref();
  }
}

/** Others must not be told of an end that is none; and who listens for a signal may be waiting for it. */
function othersListen(): boolean {
  if (process.listenerCount('beforeExit') > 1) return true;
  if (!isMainThread) return false;
  return process.eventNames().some((name) => {
    return typeof name === 'string' && name in constants.signals && !OWN_SIGNALS.includes(name);
  });
}
