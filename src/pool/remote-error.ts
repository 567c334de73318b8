// An error of a worker as the caller gets it: its name and message, the caller's own stack, and behind it the
// remote one.
import { types } from 'node:util';
import { RemoteError } from '../errors';

export interface Place {
  readonly name: string;
  readonly pid: number;
}

/** `site` has the stack of the call. */
export function fromRemote(thrown: unknown, { name, pid }: Place, site: { stack?: string }): unknown {
  if (!types.isNativeError(thrown)) return thrown;
  const options = thrown.cause === undefined ? {} : { cause: thrown.cause };
  const cause = new RemoteError(name, pid, ownLines(thrown.stack), options);
  const frames = site.stack?.slice(site.stack.indexOf('\n    at ')) ?? '';
  // Frozen errors stay as they came.
  hide(thrown, 'cause', cause);
  hide(thrown, 'stack', `${thrown.name}: ${thrown.message}${frames}`);
  return thrown;
}

function hide(error: Error, key: string, value: unknown): void {
  Reflect.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}

const OURS =
  /node:internal|[\\/](?:pool[\\/](?:run-chunk|worker-main)|agent[\\/]hand-main|manager[\\/](?:server|caller|\w+-channel)|channel[\\/]queue|memory[\\/]wake)\./;

/** Without those of the library that brought the call there. */
function ownLines(stack = ''): string {
  const lines = stack.split('\n').filter((line) => !/^\s*at /.test(line) || !OURS.test(line));
  return lines.join('\n');
}
