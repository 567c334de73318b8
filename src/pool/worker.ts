// One worker as its pool sees it: the process, what it has in hand, and the two queues to talk through. They are its own,
// so that whatever happens to it happens to no other.
import { Queue } from '../channel/queue';
import { whenChildEnds } from '../process/children';
import type { StartMethodName } from '../process/choose-method';
import { Process } from '../process/process';
import type { Chunk } from './call';
import type { Answer, Order } from './conversation';
import { runWorker, type WorkerStart } from './worker-main';

export interface WorkerEvents {
  answered(worker: Worker, chunk: Chunk, answer: Exclude<Answer, { type: 'ready' | 'failedToStart' }>): void;
  failedToStart(worker: Worker, error: unknown): void;
  /** However it came; what it answered before has been told. */
  ended(worker: Worker): void;
}

export class Worker {
  readonly process: Process<[WorkerStart]>;
  readonly inHand: Chunk[] = [];
  /** Items in all its life. */
  given = 0;
  isReady = false;
  /** It gets no more work. */
  isLeaving = false;
  readonly #orders = new Queue<Order>();
  readonly #answers = new Queue<Answer>();
  readonly #events: WorkerEvents;
  readonly #knows = new Set<number>();
  #listening: { look(): void; stop(): void } | undefined;
  #isGone = false;

  constructor(
    name: string,
    method: StartMethodName | undefined,
    beginning: Uint8Array,
    events: WorkerEvents,
  ) {
    this.#events = events;
    this.process = new Process({
      target: runWorker,
      args: [{ orders: this.#orders, answers: this.#answers, beginning }],
      name,
      daemon: true,
      ...(method !== undefined && { method }),
    });
    this.process.start();
    whenChildEnds(this.process as unknown as Process, () => this.#ended());
  }

  /** Throws when the items cannot travel; then nothing was given. */
  give(chunk: Chunk): void {
    const { target, spread, tag } = chunk.call;
    if (!this.#knows.has(target.id)) {
      this.#orders.putNowait({ type: 'learn', call: target.id, program: target.program });
      this.#knows.add(target.id);
    }
    this.#orders.putNowait({ type: 'run', call: target.id, spread, tag, items: [...chunk.items] });
    this.inHand.push(chunk);
    this.given += chunk.items.length;
    this.#listening ??= this.#answers.listen(this.#listener);
  }

  forget(call: number): void {
    if (this.#knows.delete(call)) this.#orders.putNowait({ type: 'forget', call });
  }

  /** After what it has in hand. */
  leave(): void {
    if (this.isLeaving) return;
    this.isLeaving = true;
    this.#orders.putNowait({ type: 'end' });
  }

  /** Now. Nothing is heard of it any more. */
  kill(): void {
    this.isLeaving = true;
    this.#isGone = true;
    this.#rest();
    this.process.kill();
  }

  readonly #listener = {
    item: (answer: Answer) => this.#hear(answer),
    broken: (error: unknown) => this.#hear({ type: 'refused', error }),
  };

  #hear(answer: Answer): void {
    if (this.#isGone) return;
    if (answer.type === 'ready') {
      this.isReady = true;
    } else if (answer.type === 'failedToStart') {
      this.#events.failedToStart(this, answer.error);
    } else {
      const chunk = this.inHand.shift();
      if (chunk !== undefined) this.#events.answered(this, chunk, answer);
      if (this.inHand.length === 0) this.#rest();
    }
  }

  #ended(): void {
    if (!this.#isGone) {
      // What it said last.
      this.#listening ??= this.#answers.listen(this.#listener);
      this.#listening.look();
    }
    this.#rest();
    this.#isGone = true;
    this.isLeaving = true;
    this.#events.ended(this);
  }

  /** After its end: whether it had taken the order that comes first in its hand. */
  hasBegun(): boolean {
    let unread = 0;
    while (!this.#orders.empty()) {
      try {
        if (this.#orders.getNowait().type === 'run') unread++;
      } catch {
        unread++; // Only items can be such that they cannot be made again.
      }
    }
    return this.isReady && unread < this.inHand.length;
  }

  /** Without work the event loop need not go on. */
  #rest(): void {
    this.#listening?.stop();
    this.#listening = undefined;
  }
}
