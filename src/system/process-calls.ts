// The calls about processes that Node lacks: to die with one's parent, to ask how a child ended without its
// event, and to end without taking everything down first.
import { constants } from 'node:os';

type Koffi = typeof import('koffi');

interface Calls {
  dieWithParent(): void;
  exitStatus(pid: number, reaps: boolean): number | undefined;
  exit(exitcode: number): void;
}

let calls: Calls | undefined;

/**
 * Whether the kernel can be asked to end a process with its parent. PARLAB_PARENT_GUARD=pipe says no, for
 * tests.
 */
export const kernelGuardsChildren =
  process.platform === 'linux' && process.env.PARLAB_PARENT_GUARD !== 'pipe';

/** From now on the kernel kills this process when the thread that spawned it ends, also by SIGKILL. */
export function askKernelToDieWithParent(): void {
  load().dieWithParent();
}

/**
 * The exit code of a child, −signal if one killed it, undefined while it runs; works while the event loop
 * stands still. The child is left to be reaped by Node.
 */
export function exitStatusOf(pid: number): number | undefined {
  return load().exitStatus(pid, false);
}

/** Does the same for a child that Node does not know. Its pid may be another's from then on. */
export function reap(pid: number): number | undefined {
  return load().exitStatus(pid, true);
}

/** Ends this process at once, whatever else is at work in it. */
export function exitNow(exitcode: number): never {
  load().exit(exitcode);
  throw new Error('_exit returned');
}

function load(): Calls {
  if (calls) return calls;
  const koffi = require('koffi') as Koffi;
  const libc = koffi.load(null);
  calls = {
    dieWithParent: () => deathSignal(libc),
    exitStatus: waiting(libc),
    exit: libc.func('void _exit(int)'),
  };
  return calls;
}

function deathSignal(libc: ReturnType<Koffi['load']>): void {
  const PR_SET_PDEATHSIG = 1;
  const prctl = libc.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
  prctl(PR_SET_PDEATHSIG, constants.signals.SIGKILL, 0, 0, 0);
}

function waiting(libc: ReturnType<Koffi['load']>): Calls['exitStatus'] {
  const P_PID = 1;
  const CLD_EXITED = 1;
  const linux = process.platform === 'linux';
  const WNOHANG = 1;
  const WEXITED = 4;
  const WNOWAIT = linux ? 0x0100_0000 : 0x20;
  // Words of siginfo_t (64 bits): Linux aligns the part behind si_code.
  const word = linux ? { code: 2, pid: 4, status: 6 } : { code: 2, pid: 3, status: 5 };
  const waitid = libc.func('int waitid(int, unsigned int, void*, int)');
  const info = new Int32Array(32);
  return (pid, reaps) => {
    info[word.pid] = 0;
    const result: number = waitid(P_PID, pid, info, WEXITED | WNOHANG | (reaps ? 0 : WNOWAIT));
    if (result !== 0 || info[word.pid] !== pid) return undefined;
    const status = info[word.status]!;
    return info[word.code] === CLD_EXITED ? status : -status;
  };
}
