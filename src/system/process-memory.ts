// How much memory another process has for itself.
import { readFileSync } from 'node:fs';

/**
 * The pages of every Linux that Node runs on, but for a few large machines, where a page counts for more than
 * is told here.
 */
const PAGE_BYTES = 4096;

/** Bytes, without what it shares with others. Undefined where the system does not tell, or it has ended. */
export function ownMemoryOf(pid: number): number | undefined {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
    return ((resident as number) - (shared as number)) * PAGE_BYTES;
  } catch {
    return undefined;
  }
}
