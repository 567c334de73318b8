// An error of a worker as the caller gets it: its name and message, the caller's own stack, and behind it the
// remote one.
import { types } from 'node:util';
import { RemoteError } from '../errors';

export interface Place {
  readonly name: string;
  readonly pid: number;
}

/**
 * Gives an error of a worker the stack of the call, which `site` has. Causes that it has are where they were:
 * behind the last of them a RemoteError says where it was thrown.
 */
export function fromRemote(thrown: unknown, { name, pid }: Place, site: { stack?: string }): unknown {
  if (!types.isNativeError(thrown)) return thrown;
  const remote = new RemoteError(name, pid, ownLines(thrown.stack));
  const frames = site.stack?.slice(site.stack.indexOf('\n    at ')) ?? '';
  const { last, isWhole } = lastCause(thrown);
  // Frozen errors stay as they came.
  if (isWhole) hide(last, 'cause', remote);
  const behind = isWhole ? '' : `\n${remote.stack}`;
  hide(thrown, 'stack', `${thrown.name}: ${thrown.message}${frames}${behind}`);
  return thrown;
}

/** The chain is not whole when what caused it is no error, or when one of them caused itself. */
function lastCause(error: Error): { last: Error; isWhole: boolean } {
  const seen = new Set<unknown>();
  for (let last = error; ; ) {
    const cause: unknown = Object.getOwnPropertyDescriptor(last, 'cause')?.value;
    if (cause === undefined) return { last, isWhole: true };
    if (!types.isNativeError(cause) || seen.has(cause)) return { last, isWhole: false };
    seen.add(last);
    last = cause;
  }
}

function hide(error: Error, key: string, value: unknown): void {
  Reflect.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}

const OURS = new RegExp(
  [
    'node:internal',
    ...[
      'pool/(?:run-chunk|worker-main)',
      'agent/hand-main',
      'manager/(?:server|server-process|managed-type|caller|\\w+-channel)',
      'channel/(?:queue|listening)',
      'socket/message-stream',
      'waiting/wake',
      'child/(?:begin|run-task|zygote|entry|thread-entry)',
    ].map((file) => `[\\\\/]${file.replace('/', '[\\\\/]')}\\.`),
  ].join('|'),
);

/** Returns the stack without the lines of the library that brought the call there. */
function ownLines(stack = ''): string {
  const lines = stack.split('\n').filter((line) => !/^\s*at /.test(line) || !OURS.test(line));
  return lines.join('\n');
}
