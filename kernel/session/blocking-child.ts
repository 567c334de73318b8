// Ending the program that the main thread waits for inside a system call (execFileSync, spawnSync), as Ctrl-C does in a terminal.

import { readdirSync, readFileSync } from 'node:fs';
import { isOurs } from './our-files';

/** In turn, for a program that does not listen. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

interface Program {
  pid: number;
  parent: number;
  /** In ticks since the machine's start. */
  started: number;
}

let last: { pid: number; signals: number } | undefined;

/** True if there was one. Linux only: elsewhere the kernel replaces a session that an interrupt does not reach. */
export function stopBlockingChild(): boolean {
  if (process.platform !== 'linux') return false;
  const programs = livingPrograms();
  const youngest = programs
    .filter(({ pid, parent }) => parent === process.pid && !isParLabChild(pid))
    // The thread starts nothing while it blocks, so the child that it waits for is the one that began last.
    .reduce<Program | undefined>((a, b) => (a && a.started > b.started ? a : b), undefined);
  if (!youngest) return false;
  const signals = last?.pid === youngest.pid ? last.signals : 0;
  last = { pid: youngest.pid, signals: signals + 1 };
  for (const pid of familyOf(youngest.pid, programs)) send(pid, SIGNALS[signals] ?? 'SIGKILL');
  return true;
}

/** A shell's own children too: they would keep its output open, which execSync waits for. */
function familyOf(pid: number, programs: Program[]): number[] {
  return [
    pid,
    ...programs.filter(({ parent }) => parent === pid).flatMap((child) => familyOf(child.pid, programs)),
  ];
}

function livingPrograms(): Program[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      // After the name, which may contain anything: state, parent, …
      const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return !state || state === 'Z'
        ? []
        : { pid: Number(name), parent: Number(parent), started: Number(rest[17]) };
    });
}

function isParLabChild(pid: number): boolean {
  return read(`/proc/${pid}/cmdline`).split('\0').some(isOurs);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // It has ended meanwhile.
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
