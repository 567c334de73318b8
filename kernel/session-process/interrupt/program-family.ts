// A program and what it has started in its turn: a shell that is ended alone leaves its own children.

import type { SystemProcess } from '../../system-processes';

/** Where the system does not show its processes: without what it has started. */
export function familyOf(
  pid: number,
  programs: readonly SystemProcess[],
): { pid: number; started: number | undefined }[] {
  const started = programs.find((each) => each.pid === pid)?.started;
  const children = programs.filter(({ parent }) => parent === pid);
  return [{ pid, started }, ...children.flatMap((child) => familyOf(child.pid, programs))];
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
