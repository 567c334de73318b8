// The living children that were forked: told of SIGCHLD, which Node acts upon only for those that it spawned
// itself.

import { process } from '../../system/node-process';
import { clearInterval, setInterval } from '../../system/timers';

/** `exitcode()` takes note of its end. */
interface Watched {
  exitcode(): number | undefined;
}

/** A signal may be lost to a program that takes our listener away. */
const RECHECK_MS = 50;

const living = new Set<Watched>();
const kept = new Set<Watched>();
let isListening = false;
let recheck: NodeJS.Timeout | undefined;

export function watch(child: Watched): void {
  living.add(child);
  if (isListening) return;
  isListening = true;
  process.on('SIGCHLD', lookAtForked);
}

export function unwatch(child: Watched): void {
  living.delete(child);
  letLoopWaitFor(child, false);
}

/** Whether the event loop goes on for this child's sake. */
export function letLoopWaitFor(child: Watched, going: boolean): void {
  if (going) kept.add(child);
  else kept.delete(child);
  if (kept.size > 0) recheck ??= setInterval(lookAtForked, RECHECK_MS);
  else {
    clearInterval(recheck);
    recheck = undefined;
  }
}

/** Takes note of every end. */
export function lookAtForked(): void {
  for (const child of living) child.exitcode();
}
