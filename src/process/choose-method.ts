// Which start method a process gets: the one asked for, else PARLAB_START_METHOD, else 'process' where it works.
import { InvalidArgumentError, StartFailedError } from '../errors';
import { ffiStatus } from '../memory/memory';
import { processMethod } from './process-method';
import type { StartMethod } from './start-method';
import { threadMethod } from './thread-method';

export type StartMethodName = StartMethod['name'];

export function chooseMethod(processName: string, asked: StartMethodName | undefined): StartMethod {
  const name = asked ?? process.env.PARLAB_START_METHOD;
  if (name === 'thread') return threadMethod;
  if (name !== undefined && name !== 'process') {
    const argument = asked === undefined ? 'PARLAB_START_METHOD' : 'method';
    throw new InvalidArgumentError(argument, "'process' or 'thread'", name);
  }
  const ffi = ffiStatus();
  if (ffi.available) return processMethod;
  if (name === undefined) return threadMethod;
  throw new StartFailedError(
    processName,
    `processes cannot share memory here, because ${ffi.reason}. Threads can: use method: 'thread'`,
  );
}
