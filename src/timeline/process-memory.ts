// How much memory a process has, as the system says it.

import { readFileSync } from 'node:fs';

/**
 * Bytes in RAM; of pages that several processes share, each has its part. Undefined where the system does not
 * say it: for a process that has ended or is another user's, and where there is no /proc.
 */
export function memoryOf(pid: number): number | undefined {
  try {
    const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
