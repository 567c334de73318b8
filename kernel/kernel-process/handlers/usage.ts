// Answers usage_request, which JupyterLab's status bar asks with jupyter-resource-usage: memory and processor
// time of the kernel, its session and every child process.

import os from 'node:os';
import { processorCount } from 'parlab/system/processors';
import type { Handler } from '../protocol/handlers';
import { familyOf, type ProcessUsage } from './process-family';

export function usageHandler(): Handler<'usage_request'> {
  let previous: Measured | undefined;
  return () => {
    const now = measured();
    // Shares of time need two looks: the first answer says 0, as psutil does.
    const before = previous ?? now;
    previous = now;
    const elapsedMs = Math.max(1, now.atMs - before.atMs);
    const busyMs = [...now.family].reduce((sum, [pid, { cpuMs }]) => {
      // A process that began since then has used all of it since then.
      return sum + cpuMs - (before.family.get(pid)?.cpuMs ?? 0);
    }, 0);
    const host = hostShare(before.host, now.host);
    const total = os.totalmem();
    const available = os.freemem();
    return {
      status: 'ok',
      hostname: os.hostname(),
      pid: process.pid,
      // As psutil counts: 100 is one core.
      kernel_cpu: Math.max(0, (100 * busyMs) / elapsedMs),
      kernel_memory: [...now.family.values()].reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
      cpu_count: processorCount(),
      host_cpu_percent: host,
      host_virtual_memory: {
        total,
        available,
        used: total - available,
        percent: (100 * (total - available)) / total,
      },
    };
  };
}

interface Measured {
  atMs: number;
  family: Map<number, ProcessUsage>;
  host: { busyMs: number; totalMs: number };
}

function measured(): Measured {
  const host = { busyMs: 0, totalMs: 0 };
  for (const { times } of os.cpus()) {
    const all = Object.values(times).reduce((sum, time) => sum + time, 0);
    host.totalMs += all;
    host.busyMs += all - times.idle;
  }
  return { atMs: performance.now(), family: familyOf(process.pid), host };
}

function hostShare(before: Measured['host'], now: Measured['host']): number {
  const totalMs = now.totalMs - before.totalMs;
  return totalMs <= 0 ? 0 : (100 * (now.busyMs - before.busyMs)) / totalMs;
}
