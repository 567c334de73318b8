// currentProcess(), parentProcess() and activeChildren(), as a program under control sees them.
import type {
  CurrentProcess,
  currentProcess as realCurrentProcess,
  parentProcess as realParentProcess,
} from '../../identity/current-process';
import type { activeChildren as realActiveChildren } from '../../process/active-children';
import { runner } from '../operations';
import { Process } from './process';
import { authkey } from './secrets';

export const currentProcess: typeof realCurrentProcess = function currentProcess(): CurrentProcess {
  const { name, pid, daemon } = runner().local;
  return { name, daemon, pid, ident: pid, exitcode: null, authkey: authkey(), isAlive: () => true };
};

export const parentProcess: typeof realParentProcess = function parentProcess() {
  const { parent } = runner().local;
  // Children end with their parent, so as long as anybody can ask it is alive.
  return parent && { ...parent, ident: parent.pid, isAlive: () => true };
};

export const activeChildren = function activeChildren(): Process[] {
  const made = [...runner().local.known.values()].filter((face) => face instanceof Process);
  return made.filter((process) => process.isActive());
} as unknown as typeof realActiveChildren;
