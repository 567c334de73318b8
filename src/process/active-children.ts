// The children of this process, as the objects that its program has of them.

import { children } from './children';
import type { Process } from './process';

/**
 * Returns all children of this process that are alive. Python's `multiprocessing.active_children()`.
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
  return known().filter((process) => process.isAlive());
}

/** The child of that pid, which threads have in common: of that name, if there is one. */
export function findChild(pid: number, name: string): Process | undefined {
  const found = known().filter((process) => process.pid === pid);
  return found.find((process) => process.name === name) ?? found[0];
}

/** Only a Process adds itself to the list. */
function known(): Process[] {
  return children() as Process[];
}
