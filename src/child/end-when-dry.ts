// Ends a process or thread whose loop is dry, where Node would first wait for threads that are not there.
// src/system/dry-loop.ts calls it.
import type { LoopEnd } from '../system/dry-loop';

/** What Node does when nothing is left to do, without what it waits for. */
export const endWhenDry: LoopEnd = {
  ask: () => void process.emit('beforeExit', Number(process.exitCode ?? 0)),
  end: () => process.exit(),
};
