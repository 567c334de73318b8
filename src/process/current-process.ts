// The running process and its parent, as the code inside them sees them.
import { isAlive as isSlotAlive } from '../memory/slots';
import { myAuthkey, myIdentity } from './identity';

/** What a process can know of itself and of its parent without having made it. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Python's other name for the pid. */
  readonly ident: number;
  isAlive(): boolean;
}

export interface CurrentProcess extends RunningProcess {
  readonly daemon: boolean;
  /** Of a process that runs always null. */
  readonly exitcode: null;
  /** The secret by which the processes of a program know each other. */
  readonly authkey: Uint8Array;
}

export function currentProcess(): CurrentProcess {
  const { name, daemon } = myIdentity();
  const { pid } = process;
  return { name, daemon, pid, ident: pid, exitcode: null, authkey: myAuthkey(), isAlive: () => true };
}

/** Undefined in the main process. */
export function parentProcess(): RunningProcess | undefined {
  const { parent } = myIdentity();
  if (parent === undefined) return undefined;
  const { name, pid, slot } = parent;
  return { name, pid, ident: pid, isAlive: () => isSlotAlive(slot) };
}
