// What a worker of a pool runs: it takes orders, one after the other, until it is told to end.

import type { Queue } from '../channel/queue';
import { QueueEmptyError } from '../errors';
import { hostFd, setOutput } from '../host/output';
import { assumeIdentity, myIdentity } from '../identity/identity';
import { performance, setTimeout } from '../system/timers';
import type { Claims } from './claims';
import type { Answer, Order, RunOrder } from './conversation';
import { runChunk, type Target } from './run-chunk';
import { travelling } from './travelling-answer';
import { WorkerFunctions } from './worker-functions';

/** What the user left behind (a timer, a socket) may keep an ended worker so long and no longer. */
const LINGER_MS = 1000;
const SOON_MS = 1;

export interface WorkerStart {
  orders: Queue<Order>;
  answers: Queue<Answer>;
  claims: Claims;
  /** `{ initializer, initargs }`, captured. */
  beginning: Uint8Array;
}

export async function runWorker({ orders, answers, claims, beginning }: WorkerStart): Promise<void> {
  // A daemon for its parent, which does not wait for it; but its own children end with it, so it may have
  // some.
  assumeIdentity({ ...myIdentity(), daemon: false });
  const functions = new WorkerFunctions();
  const output = new TaggedOutput();
  try {
    const { initializer, initargs } = (await functions.make(beginning)) as {
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
        functions.learn(order.program, order);
        break;
      case 'unlearn':
        functions.unlearn(order.program);
        break;
      case 'forget':
        functions.forget(order.call);
        break;
      case 'end':
        return endSoon();
      case 'run':
        output.tag = order.tag;
        await run(functions, order, claims, answers);
        break;
      default:
        order satisfies never;
    }
  }
}

/** The next one mostly comes at once, and a short sleep is over sooner than the event loop turns. */
export function nextOrder<O>(orders: Queue<O>): O | Promise<O> {
  try {
    return orders.getSync({ timeout: SOON_MS });
  } catch (error) {
    if (error instanceof QueueEmptyError) return orders.next();
    throw error;
  }
}

async function run(
  functions: WorkerFunctions,
  order: RunOrder,
  claims: Claims,
  answers: Queue<Answer>,
): Promise<void> {
  let learnt: Awaited<ReturnType<WorkerFunctions['get']>>;
  try {
    learnt = await functions.get(order);
  } catch (error) {
    return answer(answers, { type: 'refused', error });
  }
  const reply = await runChunk(learnt.target, order, claims, learnt.sendMs);
  const began = performance.now();
  answer(answers, reply);
  if (reply.type === 'returned')
    learnt.sendMs = (performance.now() - began) / Math.max(1, reply.values.length);
}

function answer(answers: Queue<Answer>, given: Answer): void {
  try {
    answers.putSync(given);
  } catch {
    answers.putSync(travelling(given));
  }
}

function endSoon(): void {
  setTimeout(() => process.exit(0), LINGER_MS).unref();
}

/** What a task prints goes to the work that asked for it, not to the one that made the pool. */
class TaggedOutput {
  tag = '';
  constructor() {
    const fd = hostFd();
    if (fd !== undefined) setOutput({ fd, tag: () => this.tag });
  }
}
