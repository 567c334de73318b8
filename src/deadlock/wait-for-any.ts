// One call of wait(), told as several waits: it is over with any of them. Pure.
import type { HangWait, Standstill } from './hang';

/** What all of them are called. */
export function isWaitForAny(what: string): boolean {
  return /^wait(Sync)?\(\)$/.test(what);
}

/** The wait itself, and the others of its call. */
export function alternatives({ waits }: Standstill, wait: HangWait): readonly HangWait[] {
  if (!isWaitForAny(wait.what)) return [wait];
  return waits.filter(({ what, process }) => isWaitForAny(what) && process === wait.process);
}
