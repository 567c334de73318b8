// What a program can ask of the process that it runs in: its number, its end, and what reaches beyond it.

import { constants } from 'node:os';
import { refusal } from '../faces/refusal';
import { isControlled, runner, UNWIND } from '../operations';
import { put, putGetter } from './put';

const { signals } = constants;
/** A process that sends one of them to itself ends at once. */
const DEADLY: ReadonlySet<number> = new Set([signals.SIGKILL, signals.SIGTERM]);

/** `noteEscape` is told what the program uses that cannot be put in an order. */
export function controlProcess(noteEscape: (what: string) => void): void {
  put(process, 'exit', ((...given: [code?: number | string]) => {
    // Node itself says what is no exit code.
    if (given.length > 0) process.exitCode = given[0];
    return runner().exitNow(Number(process.exitCode ?? 0));
  }) as never);
  putGetter(process, 'pid', () => runner().local.pid);
  putGetter(process, 'ppid', () => runner().local.parent?.pid ?? 1);
  put(process, 'kill', (pid: number, signal: string | number = 'SIGTERM') => {
    const number = typeof signal === 'number' ? signal : signals[signal as NodeJS.Signals];
    if (pid === runner().local.pid && DEADLY.has(number)) {
      runner().local.signal = number;
      return runner().exitNow(128 + number);
    }
    throw refusal('process.kill()', 'use terminate() or kill() of the Process object');
  });
  put(process, 'abort', () => {
    throw refusal('process.abort()', 'use process.exit()');
  });
  for (const name of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'] as const) {
    put(process, name, (event: string | symbol) => {
      noteEscape(`process.${name}('${String(event)}')`);
      return process;
    });
  }
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event as 'uncaughtException', (error: unknown) => {
      if (error === UNWIND) return;
      if (!isControlled()) throw error;
      runner().fail(error);
    });
  }
}
