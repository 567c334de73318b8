// No child outlives its parent, however the parent ends: by the kernel where it can do that, else by a pipe
// that the parent holds open.
import { Worker } from 'node:worker_threads';
import { childDescriptors } from '../start/child-ticket';
import { askKernelToDieWithParent, kernelGuardsChildren } from '../system/process-calls';

// A thread of its own, for the main thread may be busy for ever. Nothing is ever written: reading ends with
// the parent.
const GUARD = `
  try { require('node:fs').readSync(${childDescriptors.guard}, Buffer.alloc(1)); } catch {}
  process.kill(process.pid, 'SIGKILL');
`;

export function dieWithParent(parentPid: number): void {
  if (kernelGuardsChildren) askKernelToDieWithParent();
  else new Worker(GUARD, { eval: true, env: {}, execArgv: [] }).unref();
  // It may have ended before.
  if (process.ppid !== parentPid) process.kill(process.pid, 'SIGKILL');
}
