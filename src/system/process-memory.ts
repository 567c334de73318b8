// How much memory a process has, and how long it was at work, as the system says it.
import { readFileSync } from 'node:fs';

/**
 * The pages of every Linux that Node runs on, but for a few large machines, where a page counts for more than
 * is told here.
 */
const PAGE_BYTES = 4096;

/**
 * Returns the bytes in RAM that a process shares with no other. Undefined where the system does not tell, or
 * it has ended.
 */
export function ownMemoryOf(pid: number): number | undefined {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
    return ((resident as number) - (shared as number)) * PAGE_BYTES;
  } catch {
    return undefined;
  }
}

/**
 * Returns how many milliseconds of a processor it has had. Undefined where the system does not tell, or it
 * has ended.
 */
export function workOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}

/**
 * Returns the bytes in RAM of a process; of pages that several processes share, each has its part. Undefined
 * where the system does not say it: for a process that has ended or is another user's, and where there is no
 * /proc.
 */
export function memoryOf(pid: number): number | undefined {
  try {
    const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
