// The running process and its parent, as the code inside them sees them.
import { isAlive as isSlotAlive } from '../memory/slots';
import { myIdentity } from './identity';

/** What a process can know of itself and of its parent without having made it. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  isAlive(): boolean;
}

export interface CurrentProcess extends RunningProcess {
  readonly daemon: boolean;
}

export function currentProcess(): CurrentProcess {
  const { name, daemon } = myIdentity();
  return { name, daemon, pid: process.pid, isAlive: () => true };
}

/** Undefined in the main process. */
export function parentProcess(): RunningProcess | undefined {
  const { parent } = myIdentity();
  return parent && { name: parent.name, pid: parent.pid, isAlive: () => isSlotAlive(parent.slot) };
}
