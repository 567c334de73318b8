// Where a host's debugger waits for the inspectors of children. It stands in the memory that all of them
// share: a child that begins looks there, and a child that runs already is rung.
import { isMainThread } from 'node:worker_threads';
import { INSPECTOR_BYTE, INSPECTOR_PATH_BYTES, inspectorWord } from '../memory/layout';
import { hasMemory, programMemory, whenCreated } from '../memory/memory';
import { ringProcesses, whenRung } from '../waiting/doorbell';
import { connectInspector } from './connect-inspector';

let wanted: string | undefined;
whenCreated(() => {
  if (wanted !== undefined) publish();
});

/** The program's first process sets it. `undefined`: there is no debugger any more. */
export function setInspectorSocket(path: string | undefined): void {
  wanted = path;
  if (hasMemory()) publish();
}

/**
 * Calls `begin` when the debugger is ready, or at once where there is none; connects to one that comes later,
 * when the event loop turns next. A thread has no inspector of its own to connect.
 */
export function beginInspected(name: string, begin: () => void): void {
  if (!isMainThread) {
    begin();
    return;
  }
  let seen = 0;
  const connect = (then: () => void): boolean => {
    const { i32 } = programMemory();
    const version = Atomics.load(i32, inspectorWord.version);
    if (version === seen) return false;
    seen = version;
    const path = published();
    if (path !== '') connectInspector(path, name, then);
    return path !== '';
  };
  whenRung(() => connect(() => {}));
  if (!connect(begin)) begin();
}

function publish(): void {
  const { i32, u8 } = programMemory();
  const path = Buffer.from(wanted ?? '').subarray(0, INSPECTOR_PATH_BYTES);
  u8.set(path, INSPECTOR_BYTE);
  Atomics.store(i32, inspectorWord.length, path.length);
  Atomics.add(i32, inspectorWord.version, 1);
  if (wanted !== undefined) ringProcesses();
}

function published(): string {
  const { i32, u8 } = programMemory();
  const length = Atomics.load(i32, inspectorWord.length);
  return Buffer.from(u8.slice(INSPECTOR_BYTE, INSPECTOR_BYTE + length)).toString();
}
