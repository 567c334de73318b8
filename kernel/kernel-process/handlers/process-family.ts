// What a process and all that descend from it use: read from /proc on Linux; elsewhere only this process
// itself is known.

import { readOf, type SystemProcess, systemProcesses } from '../../system-processes';

export interface ProcessUsage {
  cpuMs: number;
  /** Pages that several processes share count in each of them by its share. */
  memoryBytes: number;
}

export function familyOf(pid: number): Map<number, ProcessUsage> {
  if (process.platform !== 'linux') return new Map([[pid, ownUsage()]]);
  const stats = new Map(systemProcesses().map((each): [number, SystemProcess] => [each.pid, each]));
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
  const found = /^Pss:\s+(\d+) kB/m.exec(readOf(pid, 'smaps_rollup'));
  return found ? Number(found[1]) * 1024 : 0;
}

function ownUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() };
}
