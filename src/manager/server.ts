// The server of a manager: has the objects, and does with them what its clients ask. Knows nothing of how
// they reach it.

import { inspect, types } from 'node:util';
import { InvalidArgumentError, NotExposedError, ParallelError, WaitAbortedError } from '../errors';
import { setImmediate } from '../system/timers';
import { type Caller, type Client, callAs } from './caller';
import type { Arrived, Channel } from './channel';
import type { Reply, Request } from './conversation';
import { type ManagedType, make, type Types } from './managed-type';
import { type Holders, type Referent, Referents } from './referents';
import { copy, isCopyable } from './served/copying';
import { viewOfQueue } from './served/shared-queue';

type Methods = Record<string, (...args: unknown[]) => unknown>;
type Answered = Exclude<Request, { type: 'cancel' | 'shutdown' }>;

export class Server {
  readonly referents: Referents;
  readonly #types: Types;
  readonly #shared = new Map<string, unknown>();
  readonly #onShutdown: () => void;

  constructor(types: Types, holders: Holders, onShutdown: () => void) {
    this.#types = types;
    this.referents = new Referents(holders);
    this.#onShutdown = onShutdown;
  }

  /** Serves that client until it is gone. */
  serve(channel: Channel<Reply, Request>, client: Client): void {
    const calls = new Map<number, Cancelling>();
    channel.onMessage((request, arrived) => {
      switch (request.type) {
        case 'create':
        case 'call':
        case 'look':
        case 'count':
          void this.#answer(channel, client, calls, request, arrived);
          break;
        case 'cancel':
          calls.get(request.call)?.abort();
          break;
        case 'shutdown':
          this.#onShutdown();
          break;
        default:
          request satisfies never;
      }
    });
    channel.onEnd(() => {
      client.tellGone();
      for (const call of calls.values()) call.abort();
      channel.close();
    });
    channel.listen();
  }

  async #answer(
    channel: Channel<Reply, Request>,
    client: Client,
    calls: Map<number, Cancelling>,
    request: Answered,
    arrived: Arrived,
  ): Promise<void> {
    const { call } = request;
    const cancelling = new Cancelling();
    calls.set(call, cancelling);
    const task = request.type === 'call' ? request.task : 0;
    const caller: Caller = {
      client,
      task,
      get signal() {
        return cancelling.signal;
      },
    };
    try {
      if ('broken' in arrived) throw arrived.broken;
      const work = callAs(caller, () => this.#do(request, arrived.value));
      // Most waits end by themselves when they are cancelled; what does not know of it is left alone.
      const value = isPromise(work) ? await orCancelled(work, cancelling.signal) : work;
      if (!client.gone.aborted) channel.send({ type: 'returned', call }, this.#outgoing(request, value));
    } catch (error) {
      if (!client.gone.aborted) sendError(channel, call, error);
    } finally {
      calls.delete(call);
    }
  }

  #do(request: Answered, value: unknown): unknown {
    switch (request.type) {
      case 'create': {
        const { create, shared } = this.#type(request.typeid);
        if (create === undefined) {
          throw new NotExposedError(`way to make '${request.typeid}'`, 'it comes from methods alone');
        }
        const args = argumentsIn(value);
        return shared ? this.#sharedOnce(request.typeid, () => make(create, args)) : make(create, args);
      }
      case 'call': {
        const referent = this.#referent(request.object);
        const { method } = request;
        if (!referent.exposed.includes(method)) {
          const known = referent.exposed.join(', ') || 'nothing';
          throw new NotExposedError(`method '${method}' for ${referent.typeid}`, `it exposes ${known}`);
        }
        const object = referent.object as Methods;
        if (typeof object[method] !== 'function') {
          throw new NotExposedError(
            `method '${method}' for ${referent.typeid}`,
            'the object has none of that name',
          );
        }
        return object[method](...argumentsIn(value));
      }
      case 'look': {
        const { object = {}, typeid } = this.#referent(request.object);
        if (request.as === 'picture') return inspect(object, { depth: 3, breakLength: 100 });
        if (isCopyable(object)) return object[copy]();
        throw new InvalidArgumentError('the object', 'one that can be copied', typeid);
      }
      case 'count':
        this.referents.sweep();
        return this.referents.count;
      default:
        return request satisfies never;
    }
  }

  /** Callers that ask while it is being made get the same one; if that fails, the next one may try again. */
  #sharedOnce(typeid: string, makeOne: () => unknown): unknown {
    const made = this.#shared.has(typeid) ? this.#shared.get(typeid) : makeOne();
    this.#shared.set(typeid, made);
    if (isPromise(made)) made.then(undefined, () => this.#shared.delete(typeid));
    return made;
  }

  /** A result that stays here goes out as a proxy. */
  #outgoing(request: Answered, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (request.type === 'create') {
      const queue = viewOfQueue(value);
      if (queue !== undefined) return this.referents.register(queue, 'Queue', this.#type('Queue'));
      const type = this.#type(request.typeid);
      const referent = this.referents.register(value, type.standard ?? request.typeid, type);
      if (type.shared) referent.isPermanent = true;
      return referent;
    }
    if (request.type !== 'call') return value;
    const typeid = this.referents.get(request.object)?.type.methodToTypeid?.[request.method];
    if (typeid !== undefined) return this.referents.register(value, typeid, this.#type(typeid));
    return this.referents.of(value) ?? value;
  }

  #type(typeid: string): ManagedType {
    const type = Object.hasOwn(this.#types, typeid) ? this.#types[typeid] : undefined;
    if (type === undefined) {
      throw new NotExposedError(
        `type '${typeid}'`,
        `it has ${Object.keys(this.#types).join(', ') || 'none'}`,
      );
    }
    return type;
  }

  #referent(id: number): Referent & { object: object } {
    const referent = this.referents.get(id);
    if (referent?.object === undefined) {
      throw new InvalidArgumentError('the object', 'in the manager still', 'gone, since no proxy was left');
    }
    return referent as Referent & { object: object };
  }
}

/** Most calls are over before anybody could cancel them, and a signal costs as much as a short call. */
class Cancelling {
  #controller: AbortController | undefined;
  #isAborted = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isAborted) this.#controller.abort();
    return this.#controller.signal;
  }

  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort();
  }
}

function argumentsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidArgumentError('the arguments', 'a list', value);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function orCancelled(work: PromiseLike<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // It is not done at once: a wait that was just successful has the right to say so.
    const give = () => setImmediate(() => reject(new WaitAbortedError('The call', signal.reason)));
    signal.addEventListener('abort', give);
    work.then(resolve, reject).then(() => signal.removeEventListener('abort', give));
  });
}

function sendError(channel: Channel<Reply, Request>, call: number, error: unknown): void {
  try {
    channel.send({ type: 'threw', call }, error);
  } catch {
    // It carries something that cannot travel.
    const plain = new Error(types.isNativeError(error) ? error.message : String(error));
    if (types.isNativeError(error)) {
      Object.defineProperty(plain, 'name', { value: error.name, configurable: true, writable: true });
      if (error.stack !== undefined) plain.stack = error.stack;
      if (error instanceof ParallelError) Object.assign(plain, { code: error.code });
    }
    channel.send({ type: 'threw', call }, plain);
  }
}
