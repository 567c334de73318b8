// The thread of a line: it has a connection to the broker of its own, so that a lease is renewed while the
// program computes, and who blocks is answered while it sleeps.
import { randomBytes } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { placeOf } from '../address';
import { type Broker, openBroker } from '../connection/broker';
import { namesOf } from '../connection/names';
import { told } from '../connection/refusals';
import type { FromLine, LineStart, ToLine } from './conversation';
import { failureOf } from './failures';
import type { Desk, OpenService, Operations, Question } from './service';
import { services } from './services';

// The client makes two errors for each question, in case that nobody answers: what they cost is their stacks.
Error.stackTraceLimit = 3;

const { url, port, syncPort, answered } = workerData as LineStart;
const place = placeOf(url);
const all: Record<string, OpenService> = services;
const open = new Map<string, Operations>();
const questions = new Map<number, OpenQuestion>();
const afterReconnect = new Set<() => void>();
let opening: Promise<Broker> | undefined;

function broker(): Promise<Broker> {
  if (opening === undefined) {
    const begun = openBroker(place, `parlab ${process.pid}`);
    opening = begun;
    begun.then(watch, () => forget(begun));
  }
  return opening;
}

function forget(begun: Promise<Broker>): void {
  if (opening === begun) opening = undefined;
}

/**
 * A connection that its broker ended for ever, as when the key was changed, is made anew by who needs it
 * next.
 */
async function watch({ nc }: Broker): Promise<void> {
  const begun = opening;
  for await (const { type } of nc.status()) {
    if (type === 'reconnect') for (const then of afterReconnect) then();
  }
  if (begun !== undefined) forget(begun);
}

function deskOf(service: string): Desk {
  return {
    place,
    names: namesOf(place.room),
    processId,
    broker,
    tell: (key, event, transfer = []) => {
      port.postMessage({ type: 'told', service, key, event } satisfies FromLine, transfer);
    },
    whenReconnected: (then) => void afterReconnect.add(then),
  };
}
const processId = randomBytes(9).toString('base64url').replaceAll(/[-_]/g, 'x');

function operationsOf(service: string): Operations {
  let found = open.get(service);
  if (found === undefined) {
    const openService = all[service];
    if (openService === undefined) throw new TypeError(`A line has no service '${service}'.`);
    found = openService(deskOf(service));
    open.set(service, found);
  }
  return found;
}

async function answer(message: ToLine & { type: 'ask' }): Promise<void> {
  const { id, isSync, service, operation, args } = message;
  const question = new OpenQuestion();
  questions.set(id, question);
  let reply: FromLine;
  try {
    const operations = operationsOf(service);
    const value = await operations[operation]?.(args as never, question);
    reply = { type: 'returned', id, value };
    if (question.isAbandoned) void question.undo(value);
    else if (isSync) unheard = { id, undo: () => void question.undo(value) };
  } catch (error) {
    reply = { type: 'threw', id, failure: failureOf(told(error, place)) };
  }
  questions.delete(id);
  if (question.isAbandoned) return;
  (isSync ? syncPort : port).postMessage(reply);
  if (!isSync) return;
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
}

class OpenQuestion implements Question {
  readonly #stopping = new AbortController();
  readonly stop = this.#stopping.signal;
  isAbandoned = false;
  #undo: (answer: unknown) => unknown = () => {};

  ifUnheard(undo: (answer: unknown) => unknown): void {
    this.#undo = undo;
  }

  /** Nobody is there any more to hear what went wrong; uncaught, it would end the thread. */
  async undo(answer: unknown): Promise<void> {
    try {
      await this.#undo(answer);
    } catch {}
  }

  abort(): void {
    this.#stopping.abort();
  }
}

/**
 * The latest answer to one who blocks, until it is known that it was heard: whoever blocks asks one thing at
 * a time.
 */
let unheard: { id: number; undo(): void } | undefined;

function abandon(id: number): void {
  const question = questions.get(id);
  if (question !== undefined) {
    question.isAbandoned = true;
    question.abort();
  } else if (unheard?.id === id) {
    unheard.undo();
  }
}

async function close(): Promise<void> {
  for (const question of questions.values()) question.abort();
  const opened = await opening?.catch(() => undefined);
  await opened?.close();
  port.postMessage({ type: 'closed' } satisfies FromLine);
  port.close();
  syncPort.close();
}

port.on('message', (message: ToLine) => {
  switch (message.type) {
    case 'ask':
      void answer(message);
      return;
    case 'say':
      void Promise.resolve(
        operationsOf(message.service)[message.operation]?.(message.args as never, new OpenQuestion()),
      ).catch(() => {});
      return;
    case 'stop':
      questions.get(message.id)?.abort();
      return;
    case 'abandon':
      abandon(message.id);
      return;
    case 'close':
      void close();
      return;
    default:
      message satisfies never;
  }
});

// Whoever blocks would not see it otherwise.
process.once('exit', () => {
  Atomics.store(answered, 1, 1);
  Atomics.notify(answered, 0);
});
