// The living children that this process started.
import { logAt } from '../identity/log';
import type { Process } from './process';

const living = new Map<Process, { tag: string; kill(): void }>();
const endings = new WeakMap<Process, () => void>();
let watchesExit = false;

export function addChild(process: Process, entry: { tag: string; kill(): void }): void {
  living.set(process, entry);
  watchExit();
}

export function removeChild(process: Process): void {
  living.delete(process);
  endings.get(process)?.();
}

/** For who goes on when a child ends, such as a pool: without keeping the event loop alive, as join() would. */
export function whenChildEnds(process: Process, then: () => void): void {
  endings.set(process, then);
}

/**
 * Every child of this process that is alive. Python's `multiprocessing.active_children()`.
 *
 * @example
 * const door = new Event();
 * const child = new Process({ target: () => void door.waitSync(), name: 'Ada' });
 * child.start();
 * console.log(activeChildren().map(({ name }) => name)); // → [ 'Ada' ]
 * door.set();
 * await child.join();
 * console.log(activeChildren()); // → []
 */
export function activeChildren(): Process[] {
  return [...living.keys()].filter((process) => process.isAlive());
}

/** The living children that were started under a tag of the host, for example by one cell. */
export function childrenOf(tag: string): Process[] {
  return activeChildren().filter((process) => living.get(process)?.tag === tag);
}

export function findChild(pid: number): Process | undefined {
  return [...living.keys()].find((process) => process.pid === pid);
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
