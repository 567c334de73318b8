// A timeline that changes while the processes run. It looks at what was recorded and keeps no process
// waiting; when it is drawn again depends on how long that takes.

import { WaitAbortedError } from '../errors';
import { type Forms, LivePicture } from '../host/live-picture';
import { forgetAbort, onAbort } from '../system/abort';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import type { Trace } from '../trace/record';
import { signalsOf, timeoutOf } from '../waiting/wake';

/** When a live timeline ends, besides with the processes. */
export interface LiveOptions {
  /** Milliseconds after which it is not drawn again, whatever still runs. */
  readonly timeout?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Four times a second is as much as anybody reads. */
const REDRAW_MS = 250;
/**
 * Drawing may take a fifth of the time: the processor's, for on a busy machine a clock would count others,
 * too.
 */
const SHARE = 5;
/** The longest pause; and where nothing has happened since, only the bars grow. */
const IDLE_MS = 1000;

/** `formsOf` gets the time that it is on the clock of the trace. */
export async function showLive(
  read: () => Trace,
  options: LiveOptions,
  formsOf: (trace: Trace, now: number) => Forms,
  picture = new LivePicture(),
): Promise<void> {
  const began = performance.now();
  const endsAt = began + (timeoutOf(options.timeout) ?? Number.POSITIVE_INFINITY);
  let newest = Number.NaN;
  let seenAt = began;
  let drawnAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const beganDrawing = performance.now();
    const before = process.cpuUsage();
    const trace = read();
    const last = trace.events.at(-1)?.at ?? 0;
    const isNew = last !== newest;
    if (isNew) [newest, seenAt] = [last, beganDrawing];
    const isFinished = haveEnded(trace) || beganDrawing >= endsAt;
    if (picture.isSeen && (isNew || isFinished || beganDrawing - drawnAt >= IDLE_MS)) {
      const now = trace.clock === 'ms' && !haveEnded(trace) ? last + (beganDrawing - seenAt) : 0;
      picture.show(formsOf(trace, now), { isFinished });
      drawnAt = beganDrawing;
    }
    if (isFinished) return;
    const { user, system } = process.cpuUsage(before);
    const restMs = Math.min(Math.max(REDRAW_MS, ((user + system) / 1000) * SHARE), IDLE_MS);
    try {
      await pause(Math.min(restMs, endsAt - performance.now()), options);
    } catch (interrupt) {
      // What is seen then is what stays.
      if (picture.isSeen) picture.show(formsOf(read(), 0), { isFinished: true });
      throw interrupt;
    }
  }
}

/** Whether all processes have ended that were started. */
function haveEnded({ processes, events }: Trace): boolean {
  const exited = new Set(events.filter(({ kind }) => kind === 'exit').map(({ process }) => process));
  return processes.every(
    ({ id, parent, exitcode }) => parent === undefined || exitcode !== undefined || exited.has(id),
  );
}

function pause(ms: number, options: LiveOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const signals = signalsOf(options);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      for (const signal of signals) forgetAbort(signal, giveUp);
      settle();
    };
    const giveUp = (signal: AbortSignal): void =>
      end(() => reject(new WaitAbortedError('timeline.live()', signal.reason)));
    const timer = setTimeout(() => end(resolve), Math.max(0, ms));
    for (const signal of signals) {
      if (signal.aborted) return giveUp(signal);
      onAbort(signal, giveUp);
    }
  });
}
