// The session and what it has started without detaching it: one group of processes, as with IPython's kernel.
// Windows knows none.

import { setTimeout as sleep } from 'node:timers/promises';

/** Time for a program to put its files in order. */
const KINDLY_MS = 300;
const LOOK_EVERY_MS = 10;

export const hasGroups = process.platform !== 'win32';

/** Kills a group at once, its leader too. */
export function killGroup(leader: number): void {
  if (!signal(leader, 'SIGKILL') && !hasGroups) process.kill(leader, 'SIGKILL');
}

/** What its leader has left, kindly first. Resolves when all of it was told to end. */
export async function endGroup(leader: number | undefined): Promise<void> {
  if (leader === undefined || !signal(leader, 'SIGTERM')) return;
  for (let waitedMs = 0; waitedMs < KINDLY_MS; waitedMs += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS);
    if (!signal(leader, 0)) return;
  }
  signal(leader, 'SIGKILL');
}

/** Returns false if no process is left. */
function signal(leader: number, which: NodeJS.Signals | 0): boolean {
  if (!hasGroups) return false;
  try {
    return process.kill(-leader, which);
  } catch {
    return false;
  }
}
