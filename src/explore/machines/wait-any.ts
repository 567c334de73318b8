// wait() for any of several things: which of them are ready, once one of them is.
import type { Operation } from '../operations';
import { isReady } from './pipe';
import type { Around, Done } from './rule';

/** What wait() waits for. */
export type Source =
  | readonly ['queue', number]
  | readonly ['pipe', number, 0 | 1]
  | readonly ['end', string]
  | readonly ['always'];

export function waitAny(_value: never, operation: Operation, around: Around): Done | undefined {
  const sources = operation.args as unknown as readonly Source[];
  const ready = sources.flatMap((source, index) => (isSourceReady(source, operation, around) ? [index] : []));
  return ready.length === 0 ? undefined : { result: ready };
}

function isSourceReady(source: Source, operation: Operation, around: Around): boolean {
  switch (source[0]) {
    case 'queue':
      return (around.valueOf(source[1]) as unknown[]).length > 2;
    case 'pipe':
      // Whether the other end is open could be asked at any moment.
      return isReady(around.valueOf(source[1]) as never, source[2], { ...operation, timeoutMs: 0 }, around);
    case 'end':
      return around.hasEnded(source[1]);
    case 'always':
      return true;
    default:
      return source satisfies never;
  }
}
