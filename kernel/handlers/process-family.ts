// What a process and all that descend from it use: read from /proc on Linux; elsewhere only this process itself is known.

import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessUsage {
  cpuMs: number;
  /** Pages that several processes share count in each of them by its share. */
  memoryBytes: number;
}

/** Linux counts processor time in hundredths of a second, whatever its timer does. */
const MS_PER_TICK = 10;

export function familyOf(pid: number): Map<number, ProcessUsage> {
  if (process.platform !== 'linux') return new Map([[pid, ownUsage()]]);
  const stats = new Map<number, { parent: number; cpuMs: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    // Behind the name, which may contain anything: state, parent, …, utime and stime as the 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.length < 13) continue;
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    stats.set(Number(name), { parent: Number(fields[1]), cpuMs });
  }
  const isInFamily = (each: number): boolean => {
    for (let at: number | undefined = each; at !== undefined && at > 1; at = stats.get(at)?.parent) {
      if (at === pid) return true;
    }
    return false;
  };
  const family = new Map<number, ProcessUsage>();
  for (const [each, { cpuMs }] of stats) {
    if (isInFamily(each)) family.set(each, { cpuMs, memoryBytes: memoryOf(each) });
  }
  return family;
}

function memoryOf(pid: number): number {
  const found = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`));
  return found ? Number(found[1]) * 1024 : 0;
}

function ownUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // It has ended meanwhile.
  }
}
