// Lets a host's debugger look into children: while its socket is set, a child connects its inspector there before it begins.
import { join } from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Hello } from './inspector-relay';
import { leaveInspectorAtExit } from './leave-inspector';

let socket: string | undefined;

/** Children that start from now on, and theirs. `undefined`: nobody looks any more. */
export function setInspectorSocket(path: string | undefined): void {
  socket = path;
}

export function inspectorSocket(): string | undefined {
  return socket;
}

export interface InspectorThreadData {
  socket: string;
  hello: Hello;
  link: Int32Array;
}

/** Calls `begin` when the debugger is ready, or at once where there is none. A thread has no inspector of its own to connect. */
export function beginInspected(path: string | undefined, name: string, begin: () => void): void {
  setInspectorSocket(path);
  if (path === undefined || !isMainThread) {
    begin();
    return;
  }
  const link = new Int32Array(new SharedArrayBuffer(4));
  const workerData: InspectorThreadData = { socket: path, hello: { pid: process.pid, name }, link };
  const thread = new Worker(join(__dirname, 'inspector-thread.js'), { workerData, execArgv: [] });
  let begun = false;
  const beginOnce = () => {
    if (begun) return;
    begun = true;
    thread.unref();
    begin();
  };
  leaveInspectorAtExit(link, () => thread.postMessage('leave'));
  thread.once('message', beginOnce);
  thread.once('error', beginOnce);
  thread.once('exit', beginOnce);
}
