// What a worker of a pool runs: it takes orders, one after the other, until it is told to end.
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers';
import { decodeCaptured } from '../capture/encode';
import { restore } from '../capture/restore';
import { dropMessage, encodeMessage } from '../channel/message';
import type { Queue } from '../channel/queue';
import { NotSerializableError, QueueEmptyError } from '../errors';
import { hostFd, setOutput } from '../host/output';
import { assumeIdentity, myIdentity } from '../process/identity';
import type { Answer, Order, Outcome } from './conversation';

type Target = (...args: unknown[]) => unknown;

/** What the user left behind (a timer, a socket) may keep an ended worker so long and no longer. */
const LINGER_MS = 1000;
const SOON_MS = 1;

export interface WorkerStart {
  orders: Queue<Order>;
  answers: Queue<Answer>;
  /** `{ initializer, initargs }`, captured. */
  beginning: Uint8Array;
}

export async function runWorker({ orders, answers, beginning }: WorkerStart): Promise<void> {
  // A daemon for its parent, which does not wait for it; but its own children end with it, so it may have some.
  assumeIdentity({ ...myIdentity(), daemon: false });
  const functions = new Functions();
  const output = new TaggedOutput();
  try {
    const { initializer, initargs } = functions.make(beginning) as {
      initializer: Target;
      initargs: unknown[];
    };
    await initializer(...initargs);
  } catch (error) {
    answer(answers, { type: 'failedToStart', error });
    return endSoon();
  }
  answer(answers, { type: 'ready' });
  for (;;) {
    let order: Order;
    try {
      order = await nextOrder(orders);
    } catch (error) {
      answer(answers, { type: 'refused', error });
      continue;
    }
    switch (order.type) {
      case 'learn':
        functions.learn(order.call, order.program);
        break;
      case 'forget':
        functions.forget(order.call);
        break;
      case 'end':
        return endSoon();
      case 'run':
        output.tag = order.tag;
        answer(answers, await run(functions, order));
        break;
      default:
        order satisfies never;
    }
  }
}

/** The next one mostly comes at once, and a short sleep is over sooner than the event loop turns. */
function nextOrder(orders: Queue<Order>): Order | Promise<Order> {
  try {
    return orders.getSync({ timeout: SOON_MS });
  } catch (error) {
    if (error instanceof QueueEmptyError) return orders.get();
    throw error;
  }
}

async function run(functions: Functions, { call, spread, items }: Order & { type: 'run' }): Promise<Answer> {
  const began = performance.now();
  let target: Target;
  try {
    target = functions.get(call);
  } catch (error) {
    return { type: 'refused', error };
  }
  const values: unknown[] = [];
  let outcomes: Outcome[] | undefined;
  for (const item of items) {
    try {
      let value = spread ? target(...(item as unknown[])) : target(item);
      // Awaiting every value would cost more than a small task does.
      if (typeof value === 'object' && value !== null && 'then' in value) value = await value;
      if (outcomes === undefined) values.push(value);
      else outcomes.push({ value });
    } catch (error) {
      outcomes ??= values.map((value) => ({ value }));
      outcomes.push({ error });
    }
  }
  const tookMs = performance.now() - began;
  return outcomes === undefined
    ? { type: 'returned', tookMs, values }
    : { type: 'settled', tookMs, outcomes };
}

/** Only what cannot travel is replaced: by the reason. */
function answer(answers: Queue<Answer>, given: Answer): void {
  try {
    answers.putSync(given);
  } catch {
    answers.putSync(travelling(given));
  }
}

function travelling(given: Answer): Answer {
  switch (given.type) {
    case 'ready':
      return given;
    case 'failedToStart':
    case 'refused':
      return { type: given.type, error: plainError(given.error) };
    case 'returned':
      return {
        type: 'settled',
        tookMs: given.tookMs,
        outcomes: given.values.map((value) => travellingOutcome({ value })),
      };
    case 'settled':
      return { ...given, outcomes: given.outcomes.map(travellingOutcome) };
    default:
      return given satisfies never;
  }
}

function travellingOutcome(outcome: Outcome): Outcome {
  try {
    const travels = 'value' in outcome ? { result: outcome.value } : outcome;
    dropMessage(encodeMessage(travels));
    return outcome;
  } catch (reason) {
    if ('error' in outcome) return { error: plainError(outcome.error) };
    if (!(reason instanceof NotSerializableError)) return { error: plainError(reason) };
    return {
      error: new NotSerializableError(
        reason.path.replace(/^item\./, ''),
        reason.variable,
        `${reason.message.slice(reason.path.length).replace(' cannot travel to another process: ', '').replace(/\.$/, '')}`,
      ),
    };
  }
}

/** Name, message and stack, of whatever was thrown. */
function plainError(thrown: unknown): Error {
  if (!(thrown instanceof Error))
    return new Error(`Something that cannot travel was thrown: ${String(thrown)}`);
  const plain = new Error(thrown.message);
  plain.name = thrown.name;
  if (thrown.stack !== undefined) plain.stack = thrown.stack;
  return plain;
}

function endSoon(): void {
  setTimeout(() => process.exit(0), LINGER_MS).unref();
}

class Functions {
  readonly #require = createRequire(myIdentity().moduleHome ?? process.cwd());
  readonly #programs = new Map<number, Uint8Array>();
  readonly #made = new Map<number, Target>();

  make(program: Uint8Array): unknown {
    return restore(decodeCaptured(program), this.#require);
  }

  learn(call: number, program: Uint8Array): void {
    this.#programs.set(call, program);
  }

  /** Made when it is first run, so that a failure is the answer to a run. */
  get(call: number): Target {
    let target = this.#made.get(call);
    if (target === undefined) {
      target = this.make(this.#programs.get(call) ?? new Uint8Array()) as Target;
      this.#made.set(call, target);
      this.#programs.delete(call);
    }
    return target;
  }

  forget(call: number): void {
    this.#programs.delete(call);
    this.#made.delete(call);
  }
}

/** What a task prints goes to the work that asked for it, not to the one that made the pool. */
class TaggedOutput {
  tag = '';
  constructor() {
    const fd = hostFd();
    if (fd !== undefined) setOutput({ fd, tag: () => this.tag });
  }
}
