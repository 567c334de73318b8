// The end of a process or thread of which Node would wait for threads that are not there. For
// src/system/dry-loop.ts.
import type { LoopEnd } from '../system/dry-loop';

/** What Node does when nothing is left to do, without what it waits for. */
export const endWhenDry: LoopEnd = {
  ask: () => void process.emit('beforeExit', Number(process.exitCode ?? 0)),
  end: () => process.exit(),
};
