// What can go wrong in any exercise, whatever it asks for, each told in a sentence.

import { placeIn } from '../system/call-site';
import { counted } from '../system/counted';
import { linesIn } from './lines-in';
import type { Run, WatchedProcess } from './watch';

/** The first thing wrong, or undefined when everything that was started ran to its end. */
export function commonFault(run: Run): string | undefined {
  if (run.threw) return thrown(run.threw.error);
  if (!run.returned) {
    return 'your function did not come to its end in 10 seconds. Does it wait for something that never happens?';
  }
  const failed = run.processes.find((process) => process.started && process.exitcode !== 0);
  if (failed) return unhappyEnd(failed);
  const idle = run.processes.filter((process) => !process.started);
  if (idle.length === 0) return undefined;
  if (idle.length === run.processes.length) {
    return `you made ${counted(idle.length, 'Process object')}, but no process is running yet: call start() on each of them.`;
  }
  return `you made ${counted(run.processes.length, 'Process object')}, but ${names(idle)} never got a start().`;
}

function thrown(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  const place = error instanceof Error ? placeIn(String(error.stack)) : undefined;
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const words = place === undefined ? said : `${place}: ${said}`;
  if (code === 'already-started') {
    return `start() was called twice on the same Process object. A process lives once: make a new Process for each child.\n(${words})`;
  }
  return `your function stopped with an error.\n${words}`;
}

function unhappyEnd({ name, exitcode }: WatchedProcess): string {
  if (exitcode === null || exitcode < 0) {
    return `${name} did not end by itself in 10 seconds, so it was stopped. Does its function loop for ever?`;
  }
  return `${name} ended with an error (exit code ${exitcode}). Its message stands above.`;
}

export function names(processes: readonly WatchedProcess[]): string {
  return processes.map((process) => process.name).join(', ');
}

/** What the parent printed during the run, by lines, without empty ones. */
export function parentLines(run: Run): string[] {
  return linesIn(run.parentMoments.map((moment) => (moment.type === 'printed' ? moment.text : '')).join(''));
}
