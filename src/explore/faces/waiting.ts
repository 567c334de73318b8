// An awaited operation that may be given up: at its signal, or when its process closes what it waits for.

import { WaitAbortedError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { forgetAbort, onAbort } from '../../system/abort';
import type { CallSite } from '../../system/call-site';
import { timeoutOf } from '../../waiting/wake';
import { type Plain, perform, request, runner } from '../operations';

export interface Waiting {
  /** The call as the error's sentence names it: 'Lock.acquire()'. */
  readonly what: string;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly site?: CallSite | undefined;
  /** What its process can end at once, each with its own error. */
  readonly endings?: { readonly all: Set<() => void>; error(): Error };
}

/** Reads a wait as the methods' options have it. */
export function waitingFor(
  what: string,
  options: { timeout?: number; signal?: AbortSignal; block?: boolean } | undefined,
  kind: 'wait' | 'acquire' | 'queueWait' = 'wait',
): Waiting {
  checkOptionsOf(kind, options);
  const timeoutMs = options?.block === false ? 0 : timeoutOf(options?.timeout);
  return { what, timeoutMs, signal: options?.signal };
}

export function wait(kind: string, object: number, args: readonly Plain[], waiting: Waiting): Promise<Plain> {
  const { what, timeoutMs, signal, site, endings } = waiting;
  if (signal === undefined && endings === undefined) return request(kind, object, args, { timeoutMs, site });
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw new WaitAbortedError(what, signal.reason);
    const done = request(kind, object, args, { timeoutMs, site });
    const number = runner().lastAsked;
    const end = (error: Error) => {
      if (runner().cancel(number)) over(() => reject(error));
    };
    const abort = ({ reason }: AbortSignal) => {
      letTheRestBeTried();
      end(new WaitAbortedError(what, reason));
    };
    const close = () => {
      if (endings !== undefined) end(endings.error());
    };
    const over = (settle: () => void) => {
      endings?.all.delete(close);
      if (signal !== undefined) forgetAbort(signal, abort);
      settle();
    };
    endings?.all.add(close);
    if (signal !== undefined) onAbort(signal, abort);
    done.then(
      (result) => over(() => resolve(result)),
      (error: unknown) => over(() => reject(error as Error)),
    );
  });
}

/**
 * In reality every wait tries at once. Here what was asked and can be done is done before the next blocking
 * operation.
 */
export function letTheRestBeTried(): void {
  perform('tick');
}
