// Which of some processes are still there, zombies left out.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Those that are still there when the time is over. */
export async function leftAfter(pids: number[], ms: number): Promise<number[]> {
  const deadline = Date.now() + ms;
  let left = pids.filter(isThere);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(20);
    left = left.filter(isThere);
  }
  return left;
}

export function isThere(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
