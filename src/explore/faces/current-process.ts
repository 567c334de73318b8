// currentProcess(), parentProcess() and activeChildren(), as a program under control sees them.
import {
  type CurrentProcess,
  nameAndPid,
  type currentProcess as realCurrentProcess,
  type parentProcess as realParentProcess,
} from '../../identity/current-process';
import type { activeChildren as realActiveChildren } from '../../process/active-children';
import { showAs } from '../../system/show-as';
import { runner } from '../operations';
import { Process } from './process';
import { authkey } from './secrets';

export const currentProcess: typeof realCurrentProcess = function currentProcess(): CurrentProcess {
  const { name, pid, daemon } = runner().local;
  const known = { name, daemon, pid, ident: pid, exitcode: null, isAlive: () => true };
  const current = Object.defineProperty(known, 'authkey', { value: authkey() }) as unknown as CurrentProcess;
  showAs(current, nameAndPid);
  return current;
};

export const parentProcess: typeof realParentProcess = function parentProcess() {
  const { parent } = runner().local;
  // Children end with their parent, so as long as anybody can ask it is alive.
  if (parent === undefined) return undefined;
  const known = { ...parent, ident: parent.pid, isAlive: () => true };
  showAs(known, nameAndPid);
  return known;
};

export const activeChildren = function activeChildren(): Process[] {
  const made = [...runner().local.known.values()].filter((face) => face instanceof Process);
  return made.filter((process) => process.isActive());
} as unknown as typeof realActiveChildren;
