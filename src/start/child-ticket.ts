// What a new child is handed at its birth, before it has a task.

import type { TypeScriptSetup } from '../identity/typescript-setup';
import type { MemoryTicket } from '../memory/memory';

/** The only command line argument of a child process. */
export interface ChildTicket {
  parentPid: number;
  slot: number;
  memory: MemoryTicket;
  /** Whether there is a host behind the descriptor `frames`. */
  hasHost: boolean;
  /** Files to load at once, and how to load those that are TypeScript. */
  preload: readonly string[];
  typescript: TypeScriptSetup | undefined;
  /** Whether nothing of Node's own work is lost when the child ends without it. */
  endsAtOnce: boolean;
  /** Where in shared memory a zygote finds its requests. */
  forks?: number;
}

/**
 * Under which numbers a child process inherits its descriptors; `guard` only where the kernel does not end it
 * with its parent.
 */
export const childDescriptors = { frames: 3, memory: 4, guard: 5 } as const;

/** The `workerData` of a thread. */
export interface ThreadTicket {
  slot: number;
  memory: MemoryTicket;
  hostFd?: number;
}
