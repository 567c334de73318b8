// This process's side of its line to a room: questions that are awaited, and the same that block. The
// connection lies in a thread that nothing of the program can block.
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { RoomError, WaitAbortedError } from '../../errors';
import { forgetAbort, onAbort } from '../../system/abort';
import { isReal } from '../../system/control';
import { whileBlocking } from '../../system/cut-off';
import { signalsOf } from '../../waiting/wake';
import { type Place, placeOf } from '../address';
import type { FromLine, LineStart, ToLine } from './conversation';
import { errorOf } from './failures';
import { GAVE_UP } from './service';
import type { services } from './services';

export type ServiceName = keyof typeof services | (string & {});

export interface Asking {
  /** For the sentence of an error: 'Lock.acquire()'. */
  readonly what?: string;
  readonly signal?: AbortSignal | undefined;
  /** Of the library itself: it goes on when the cell around it is interrupted. */
  readonly inBackground?: boolean;
  readonly transfer?: ArrayBuffer[];
}

interface Open {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Between two looks at what may end a blocking wait. */
const SLICE_MS = 50;

export class Line {
  readonly place: Place;
  readonly #thread: Worker;
  readonly #port: MessagePort;
  readonly #syncPort: MessagePort;
  /** How often a blocking question was answered, and whether the thread has ended. */
  readonly #answered = new Int32Array(new SharedArrayBuffer(8));
  readonly #open = new Map<number, Open>();
  readonly #listeners = new Map<string, (event: unknown) => void>();
  #holds = 0;
  #lastId = 0;
  #ended: RoomError | undefined;
  #whenClosed: () => void = () => {};

  constructor(place: Place) {
    this.place = place;
    const calls = new MessageChannel();
    const blocking = new MessageChannel();
    this.#port = calls.port1;
    this.#syncPort = blocking.port1;
    const workerData: LineStart = {
      url: place.url,
      port: calls.port2,
      syncPort: blocking.port2,
      answered: this.#answered,
    };
    this.#thread = new Worker(join(__dirname, 'line-thread.js'), {
      workerData,
      transferList: [calls.port2, blocking.port2],
      execArgv: [],
      name: 'parlab line',
    });
    this.#thread.unref();
    this.#thread.on('error', (error) => this.#end(error));
    this.#thread.on('exit', () => this.#end(undefined));
    this.#port.on('message', (message: FromLine) => this.#hear(message));
    this.#port.unref();
    this.#syncPort.unref();
  }

  /** Resolves to the answer. Whoever gives up by `signal` gets it all the same if it was there before. */
  ask<T>(service: ServiceName, operation: string, args: unknown, asking: Asking = {}): Promise<T> {
    const { what = operation, transfer = [] } = asking;
    isReal(what);
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const signals = signalsOf(asking);
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted !== undefined) return Promise.reject(new WaitAbortedError(what, aborted.reason));
    const id = ++this.#lastId;
    const release = this.hold();
    return new Promise<unknown>((resolve, reject) => {
      let by: AbortSignal | undefined;
      const giveUp = (signal: AbortSignal) => {
        by ??= signal;
        this.#post({ type: 'stop', id });
      };
      const done = () => {
        release();
        for (const signal of signals) forgetAbort(signal, giveUp);
      };
      for (const signal of signals) onAbort(signal, giveUp);
      this.#open.set(id, {
        resolve: (value) => {
          done();
          if (value === GAVE_UP) reject(new WaitAbortedError(what, by?.reason));
          else resolve(value);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      this.#post({ type: 'ask', id, isSync: false, service, operation, args }, transfer);
    }) as Promise<T>;
  }

  /** As ask(), but blocks this thread while it waits. */
  askSync<T>(service: ServiceName, operation: string, args: unknown, asking: Asking = {}): T {
    const { what = operation, transfer = [] } = asking;
    isReal(what);
    if (this.#ended !== undefined) throw this.#ended;
    const signals = signalsOf(asking);
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted !== undefined) throw new WaitAbortedError(what, aborted.reason);
    const id = ++this.#lastId;
    let by: AbortSignal | undefined;
    const look = () => {
      if (by !== undefined) return;
      by = signals.find((signal) => signal.aborted);
      if (by !== undefined) this.#post({ type: 'stop', id });
    };
    this.#post({ type: 'ask', id, isSync: true, service, operation, args }, transfer);
    // Who is cut off, as an endless cell that is interrupted, must not get a lock behind its back.
    const answer = whileBlocking(
      () => this.#block(id, look),
      () => this.#post({ type: 'abandon', id }),
    );
    if (answer.type === 'threw') throw errorOf(answer.failure);
    if (answer.type !== 'returned') throw new TypeError('The line said something else than an answer.');
    if (answer.value === GAVE_UP) throw new WaitAbortedError(what, by?.reason);
    return answer.value as T;
  }

  /** Without an answer. It comes after everything that was asked before. */
  say(service: ServiceName, operation: string, args: unknown, transfer: ArrayBuffer[] = []): void {
    if (this.#ended === undefined) this.#post({ type: 'say', service, operation, args }, transfer);
  }

  /** Until what it returns is called, `listener` hears what the service says to `key`. */
  listen(service: ServiceName, key: string, listener: (event: unknown) => void): () => void {
    this.#listeners.set(`${service} ${key}`, listener);
    return () => void this.#listeners.delete(`${service} ${key}`);
  }

  /** Keeps the event loop going until what it returns is called. */
  hold(): () => void {
    if (this.#holds++ === 0) this.#port.ref();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (--this.#holds === 0) this.#port.unref();
    };
  }

  /** What is on its way is sent first. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const release = this.hold();
    await new Promise<void>((resolve) => {
      this.#whenClosed = resolve;
      this.#post({ type: 'close' });
    });
    release();
    await this.#thread.terminate();
  }

  #post(message: ToLine, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #block(id: number, look: () => void): FromLine {
    for (;;) {
      const seen = Atomics.load(this.#answered, 0);
      for (;;) {
        const received = receiveMessageOnPort(this.#syncPort) as { message: FromLine } | undefined;
        if (received === undefined) break;
        const { message } = received;
        // One that was cut off has left its answer behind.
        if ('id' in message && message.id === id) return message;
      }
      if (Atomics.load(this.#answered, 1) !== 0) throw this.#hasEnded(undefined);
      look();
      Atomics.wait(this.#answered, 0, seen, SLICE_MS);
    }
  }

  #hear(message: FromLine): void {
    switch (message.type) {
      case 'returned':
        this.#take(message.id)?.resolve(message.value);
        return;
      case 'threw':
        this.#take(message.id)?.reject(errorOf(message.failure));
        return;
      case 'told':
        this.#listeners.get(`${message.service} ${message.key}`)?.(message.event);
        return;
      case 'closed':
        this.#whenClosed();
        return;
      default:
        message satisfies never;
    }
  }

  #take(id: number): Open | undefined {
    const open = this.#open.get(id);
    this.#open.delete(id);
    return open;
  }

  #end(error: Error | undefined): void {
    const ended = this.#hasEnded(error);
    for (const id of [...this.#open.keys()]) this.#take(id)?.reject(ended);
    if (lines.get(this.place.url) === this) lines.delete(this.place.url);
    this.#whenClosed();
  }

  #hasEnded(error: Error | undefined): RoomError {
    this.#ended ??= new RoomError(`The line to ${this.place.url} has ended.`, { cause: error });
    return this.#ended;
  }
}

const lines = new Map<string, Line>();

/** The one that this process has to a room; its thread starts when it is first asked for. */
export function lineTo(place: Place | string): Line {
  const { url } = typeof place === 'string' ? placeOf(place) : place;
  let line = lines.get(url);
  if (line === undefined) {
    line = new Line(placeOf(url));
    lines.set(url, line);
  }
  return line;
}

export async function closeLines(): Promise<void> {
  await Promise.all([...lines.values()].map((line) => line.close()));
}
