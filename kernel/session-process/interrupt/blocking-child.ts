// Ending the program that the main thread waits for inside a system call (execFileSync, spawnSync), as Ctrl-C
// does in a terminal.

import { isOurs } from '../../our-files';
import { readOf, type SystemProcess, systemProcesses } from '../../system-processes';

/** The signals that are sent in turn to a program that does not listen. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

let last: { pid: number; signals: number } | undefined;

/**
 * Returns true if there was one. It works on Linux only: elsewhere the kernel replaces a session that an
 * interrupt does not reach.
 */
export function stopBlockingChild(): boolean {
  if (process.platform !== 'linux') return false;
  const programs = systemProcesses().filter(({ isZombie }) => !isZombie);
  const youngest = programs
    .filter(({ pid, parent }) => parent === process.pid && !isParLabChild(pid))
    // The thread starts nothing while it blocks, so the child that it waits for is the one that began last.
    .reduce<SystemProcess | undefined>((a, b) => (a && a.started > b.started ? a : b), undefined);
  if (!youngest) return false;
  const signals = last?.pid === youngest.pid ? last.signals : 0;
  last = { pid: youngest.pid, signals: signals + 1 };
  for (const pid of familyOf(youngest.pid, programs)) send(pid, SIGNALS[signals] ?? 'SIGKILL');
  return true;
}

function isParLabChild(pid: number): boolean {
  return readOf(pid, 'cmdline').split('\0').some(isOurs);
}

/** A shell's own children too: they would keep its output open, which execSync waits for. */
function familyOf(pid: number, programs: SystemProcess[]): number[] {
  return [
    pid,
    ...programs.filter(({ parent }) => parent === pid).flatMap((child) => familyOf(child.pid, programs)),
  ];
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
