// Connects this process's inspector to a debugger's socket, by way of a thread: the main thread stands still
// at a breakpoint.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Hello } from './inspector-relay';
import { leaveInspectorAtExit } from './leave-inspector';

export interface InspectorThreadData {
  socket: string;
  hello: Hello;
  link: Int32Array;
}

/**
 * Calls `then` when the debugger is ready, or when there turns out to be none; until then the event loop goes
 * on.
 */
export function connectInspector(socket: string, name: string, then: () => void): void {
  const link = new Int32Array(new SharedArrayBuffer(4));
  const workerData: InspectorThreadData = { socket, hello: { pid: process.pid, name }, link };
  const thread = new Worker(join(__dirname, 'inspector-thread.js'), { workerData, execArgv: [] });
  let isReady = false;
  const goOn = () => {
    if (isReady) return;
    isReady = true;
    thread.unref();
    then();
  };
  leaveInspectorAtExit(link, () => thread.postMessage('leave'));
  thread.once('message', goOn);
  thread.once('error', goOn);
  thread.once('exit', goOn);
}
