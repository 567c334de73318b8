// The living children that this process started.

import { logAt } from '../identity/log';
import { process } from '../system/node-process';

/** What others than its owner do with a child. */
export interface LivingChild {
  /** As in Python's `Process.name`. */
  readonly name: string;
  /** The system's number of the process. */
  readonly pid: number | undefined;
  /** Whether it ends with its parent. */
  readonly daemon: boolean;
  /** Whether it has not ended. */
  isAlive(): boolean;
  /** Ends it with SIGTERM. */
  terminate(): void;
  /** Ends it with SIGKILL. */
  kill(): void;
}

interface Entry {
  /** The tag of the host's work that started it. */
  readonly tag: string;
  /** The owner's tag of its thread. */
  readonly thread: number;
  kill(): void;
}

const living = new Map<LivingChild, Entry>();
const endings = new WeakMap<LivingChild, () => void>();
let watchesExit = false;

export function addChild(process: LivingChild, entry: Entry): void {
  living.set(process, entry);
  watchExit();
}

export function removeChild(process: LivingChild): void {
  living.delete(process);
  endings.get(process)?.();
}

/**
 * Calls `then` when the child ends, as a pool needs it. Unlike join(), this does not keep the event loop
 * alive.
 */
export function whenChildEnds(process: LivingChild, then: () => void): void {
  endings.set(process, then);
}

/** Returns the children whose end has not been dealt with yet. */
export function children(): LivingChild[] {
  return [...living.keys()];
}

/** All of them that have not ended. */
export function livingChildren(): LivingChild[] {
  return children().filter((process) => process.isAlive());
}

/** The living children that were started under a tag of the host, for example by one cell. */
export function childrenOf(tag: string): LivingChild[] {
  return livingChildren().filter((process) => living.get(process)?.tag === tag);
}

/** Returns the owner's tags of the same children. */
export function threadsOf(tag: string): number[] {
  return childrenOf(tag).flatMap((process) => living.get(process)?.thread ?? []);
}

/** Node is leaving: what still runs are daemons, or it leaves early, through process.exit() or an error. */
function watchExit(): void {
  if (watchesExit) return;
  watchesExit = true;
  process.once('exit', () => {
    for (const [child, { kill }] of living) {
      logAt('INFO', () => `calling kill() for ${child.daemon ? 'daemon ' : ''}${child.name}`);
      kill();
    }
  });
}
