// The one way from this thread to the server of a manager: calls, and who waits for their answers.

import { ManagerEndedError, WaitAbortedError } from '../errors';
import { SLICE_MS } from '../memory/memory';
import { fromRemote } from '../pool/remote-error';
import { currentTask } from '../sync/task';
import { performance } from '../system/timers';
import { signalsOf } from '../waiting/wake';
import type { Arrived, Channel } from './channel';
import type { Reply, Request } from './conversation';

/** A request that will be answered, without its number. */
export type Asked =
  | { type: 'create'; typeid: string }
  | { type: 'call'; object: number; method: string; task?: number }
  | { type: 'look'; object: number; as: 'copy' | 'picture' }
  | { type: 'count' };

export interface AskOptions {
  /** The name of the call in the sentences of errors. */
  what: string;
  signal?: AbortSignal | undefined;
  /** The method whose stack becomes that of an error from the server. */
  from?: (...args: never[]) => unknown;
}

interface Pending {
  what: string;
  site: { stack?: string };
  settle(outcome: { value: unknown } | { error: unknown }): void;
  abortedBy?: AbortSignal;
}

interface ServerIdentity {
  readonly name: string;
  readonly pid: number;
}

export class Link {
  readonly server: ServerIdentity;
  readonly #channel: Channel<Request, Reply>;
  readonly #pending = new Map<number, Pending>();
  #lastCall = 0;

  constructor(channel: Channel<Request, Reply>, server: ServerIdentity) {
    this.server = server;
    this.#channel = channel;
    channel.onMessage((reply, arrived) => this.#hear(reply, arrived));
    channel.onEnd(() => this.#end());
  }

  get hasEnded(): boolean {
    return this.#channel.ended();
  }

  /** Resolves to the answer's value. @throws ManagerEndedError when the server ends before. */
  ask(asked: Asked, value: unknown, options: AskOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const signals = signalsOf({ signal: options.signal });
      const given = signals.find(({ aborted }) => aborted);
      if (given !== undefined) return reject(new WaitAbortedError(options.what, given.reason));
      const call = this.#send(asked, value, options, (outcome) => {
        for (const each of signals) each.removeEventListener('abort', cancel);
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.value);
        if (this.#pending.size === 0) this.#channel.rest();
      });
      const cancel = (event: Event) => this.#cancel(call, event.target as AbortSignal);
      for (const each of signals) each.addEventListener('abort', cancel);
      this.#channel.listen();
      // The answer may have been there at the first look.
      if (this.#pending.size === 0) this.#channel.rest();
    });
  }

  /** The blocking twin. Nothing can abort a signal while this thread blocks. */
  askSync(asked: Asked, value: unknown, options: AskOptions & { timeoutMs?: number }): unknown {
    const given = signalsOf({ signal: undefined }).find(({ aborted }) => aborted);
    if (given !== undefined) throw new WaitAbortedError(options.what, given.reason);
    const deadline = performance.now() + (options.timeoutMs ?? Number.POSITIVE_INFINITY);
    let outcome: { value: unknown } | { error: unknown } | undefined;
    const settle = (settled: { value: unknown } | { error: unknown }) => {
      outcome = settled;
    };
    const call = this.#send(asked, value, { from: this.askSync, ...options }, settle, 'blocking');
    while (outcome === undefined) {
      if (performance.now() >= deadline) {
        this.#pending.delete(call);
        throw new WaitAbortedError(options.what, 'the time was up');
      }
      this.#channel.waitSync(SLICE_MS);
      if (outcome === undefined && this.#channel.ended()) this.#end();
    }
    const { value: result, error } = outcome as { value?: unknown; error?: unknown };
    if ('error' in (outcome as object)) throw error;
    return result;
  }

  /** What still waits gets a ManagerEndedError. */
  close(): void {
    this.#channel.close();
    this.#end();
  }

  tellShutdown(): void {
    if (!this.#channel.ended()) this.#channel.send({ type: 'shutdown' });
  }

  #send(
    asked: Asked,
    value: unknown,
    { what, from }: AskOptions,
    settle: Pending['settle'],
    how?: 'blocking',
  ): number {
    const { name, pid } = this.server;
    if (this.#channel.ended()) throw new ManagerEndedError(what, name, pid);
    const call = ++this.#lastCall;
    const site: { stack?: string } = {};
    Error.captureStackTrace(site, from ?? this.ask);
    const request: Request =
      asked.type === 'call' ? { task: currentTask(), ...asked, call } : { ...asked, call };
    this.#channel.send(request, value, how);
    this.#pending.set(call, { what, site, settle });
    return call;
  }

  #hear({ type, call }: Reply, arrived: Arrived): void {
    const pending = this.#pending.get(call);
    if (pending === undefined) return;
    this.#pending.delete(call);
    const { what, site, settle, abortedBy } = pending;
    if ('broken' in arrived) settle({ error: arrived.broken });
    else if (type === 'returned') settle({ value: arrived.value });
    else if (abortedBy !== undefined) settle({ error: new WaitAbortedError(what, abortedBy.reason) });
    else settle({ error: fromRemote(arrived.value, this.server, site) });
  }

  #cancel(call: number, signal: AbortSignal): void {
    const pending = this.#pending.get(call);
    if (pending === undefined || pending.abortedBy !== undefined) return;
    pending.abortedBy = signal;
    if (!this.#channel.ended()) this.#channel.send({ type: 'cancel', call });
  }

  #end(): void {
    const { name, pid } = this.server;
    const left = [...this.#pending.values()];
    this.#pending.clear();
    for (const { what, settle } of left) settle({ error: new ManagerEndedError(what, name, pid) });
  }
}
