// The running process and its parent, as the code inside them sees them.
import { isAlive as isSlotAlive } from '../memory/slots';
import { showAs } from '../system/show-as';
import { myAuthkey, myIdentity } from './identity';

/** What a process can know of itself and of its parent without having made it. */
export interface RunningProcess {
  /** The name, as a Process has one: Process-1, or MainProcess. */
  readonly name: string;
  /** The number by which the system knows it. */
  readonly pid: number;
  /** Python's other name for the pid. */
  readonly ident: number;
  /** Whether it runs. */
  isAlive(): boolean;
}

/** What a running process knows of itself. */
export interface CurrentProcess extends RunningProcess {
  /** Whether it ends together with its parent. */
  readonly daemon: boolean;
  /** Always null: the process is running. */
  readonly exitcode: null;
  /** The secret by which the processes of a program know each other. */
  readonly authkey: Uint8Array;
}

/**
 * Returns the process that runs this code. Python's `multiprocessing.current_process()`.
 *
 * @example
 * const child = new Process({ target: () => console.log(currentProcess().name), name: 'Ada' });
 * child.start();
 * await child.join(); // → Ada
 * console.log(currentProcess().name); // → MainProcess
 */
export function currentProcess(): CurrentProcess {
  const { name, daemon } = myIdentity();
  const { pid } = process;
  const known = { name, daemon, pid, ident: pid, exitcode: null, isAlive: () => true };
  // A secret: nothing that lists what an object has may come upon it.
  const current = Object.defineProperty(known, 'authkey', { value: myAuthkey() }) as CurrentProcess;
  showAs(current, nameAndPid);
  return current;
}

/**
 * Returns the process that started this one; undefined in the main process. Python's
 * `multiprocessing.parent_process()`.
 *
 * @example
 * const child = new Process({ target: () => console.log(parentProcess()?.name) });
 * child.start();
 * await child.join(); // → MainProcess
 * console.log(parentProcess()); // → undefined
 */
export function parentProcess(): RunningProcess | undefined {
  const { parent } = myIdentity();
  if (parent === undefined) return undefined;
  const { name, pid, slot } = parent;
  const known: RunningProcess = { name, pid, ident: pid, isAlive: () => isSlotAlive(slot) };
  showAs(known, nameAndPid);
  return known;
}

/** How a process is shown. */
export function nameAndPid({ name, pid }: RunningProcess): string {
  return `${name} (pid ${pid})`;
}
