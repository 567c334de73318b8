// The processes of this machine, as Linux tells them in /proc. Elsewhere there are none to be seen.

import { readdirSync, readFileSync } from 'node:fs';

export interface SystemProcess {
  pid: number;
  parent: number;
  cpuMs: number;
  /** When it was started, in ticks since the machine's start. */
  started: number;
  /** It has ended; its parent has not asked how. */
  isZombie: boolean;
}

/** Linux counts processor time in hundredths of a second, whatever its timer does. */
const MS_PER_TICK = 10;

export function systemProcesses(): SystemProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readOf(Number(name), 'stat');
      // Behind the name, which may contain anything, stand state and parent; the 12th and 13th are utime and
      // stime, the 20th the start.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields.length < 20) return [];
      return {
        pid: Number(name),
        parent: Number(fields[1]),
        cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
        started: Number(fields[19]),
        isZombie: fields[0] === 'Z',
      };
    });
}

/** Reads one of the process's files; empty if it has ended meanwhile. */
export function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

/** Whether a signal or a debugger has stopped it. Undefined where the system does not tell. */
export function isStopped(pid: number): boolean | undefined {
  const stat = readOf(pid, 'stat');
  return stat === '' ? undefined : /^[Tt]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}
