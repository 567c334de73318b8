// One worker as its pool sees it: the process, what it has in hand, and the two queues to talk through. They
// are its own, so that whatever happens to it happens to no other.

import { asPartOf } from '../channel/message';
import { Queue } from '../channel/queue';
import { RESULTS, WORK } from '../deadlock/pool-words';
import type { StartMethodName } from '../identity/identity';
import { unseenAs } from '../objects/shared-object';
import { whenChildEnds } from '../process/children';
import { Process } from '../process/process';
import { performance } from '../system/timers';
import { waitable } from '../waiting/waitable';
import { type Chunk, part } from './call';
import { begun, MOST_IN_HAND, makeClaims, offer, takeBack } from './claims';
import { type Answer, type Order, pack, type Reply } from './conversation';
import { runWorker, type WorkerStart } from './worker-main';

interface WorkerEvents {
  /** It has started, and begins what it was given. */
  ready(): void;
  answered(worker: Worker, given: Given, reply: Reply): void;
  failedToStart(error: unknown): void;
  /** Told at its end, however it came; what it answered before has been told. */
  ended(worker: Worker): void;
}

/** A chunk in the hand of a worker. */
export interface Given {
  readonly chunk: Chunk;
  readonly turn: number;
  /** The time when it was written down. */
  readonly givenAt: number;
  /** What it took to write down one item. */
  readonly sendMs: number;
  /** From this place on its items are no longer this worker's. */
  end: number;
}

export class Worker {
  readonly process: Process<[WorkerStart]>;
  /** What it has in hand, in the order in which it answers. */
  readonly inHand: Given[] = [];
  /** How many items it was given in all its life. */
  given = 0;
  isReady = false;
  /** It gets no more work. */
  isLeaving = false;
  readonly #orders = new Queue<Order>(0, unseenAs(WORK));
  readonly #answers = new Queue<Answer>(0, unseenAs(RESULTS));
  readonly #claims = makeClaims();
  #turn = 0;
  readonly #events: WorkerEvents;
  /** The programs that it was sent. */
  readonly #knows = new Set<number>();
  /** The functions whose copies it has. */
  readonly #ran = new Set<number>();
  readonly #listening = this.#answers.listen({
    item: (answer) => this.#hear(answer),
    broken: (error) => this.#hear({ type: 'refused', error }),
  });
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
      args: [{ orders: this.#orders, answers: this.#answers, claims: this.#claims, beginning }],
      name,
      daemon: true,
      ...(method !== undefined && { method }),
    });
    this.process.start();
    whenChildEnds(this.process as unknown as Process, () => this.#ended());
  }

  /** The tag of its thread. */
  get tag(): number {
    const { subject } = this.process[waitable]();
    return subject?.type === 'end' ? subject.child : 0;
  }

  /** Throws when the items cannot travel; then nothing was given. */
  give(chunk: Chunk): void {
    const { call, items } = chunk;
    const { target, spread, tag, budgetMs, stopsAtError } = call;
    const { program } = target;
    if (!this.#knows.has(program.id)) {
      const { id, bytes, isKept } = program;
      this.#orders.putNowait({ type: 'learn', program: id, bytes, isKept });
      this.#knows.add(program.id);
    }
    const turn = (this.#turn + 1) % MOST_IN_HAND;
    const began = performance.now();
    offer(this.#claims, turn, items.length);
    this.#ran.add(target.id);
    const copy = { call: target.id, program: program.id };
    const run = { type: 'run', ...copy, spread, tag, turn, budgetMs, stopsAtError } as const;
    const given = items instanceof Float64Array ? items : pack(items);
    asPartOf(call.work, () => this.#orders.putNowait({ ...run, items: given }));
    const givenAt = performance.now();
    const sendMs = (givenAt - began) / items.length;
    this.inHand.push({ chunk, turn, givenAt, sendMs, end: items.length });
    this.#turn = turn;
    this.given += items.length;
    this.#listening.begin();
  }

  /** Whether it has started; if not, ready() is called when it has. */
  hasStarted(): boolean {
    if (!this.isReady) this.#listening.begin();
    return this.isReady;
  }

  /** Returns how many items of a chunk it has begun. */
  begun({ turn }: Pick<Given, 'turn'>): number {
    return begun(this.#claims, turn);
  }

  /** Takes back all but `keep` of the items that it has not begun, which may be none. */
  takeBack(given: Given, keep = 0): Chunk {
    const { end } = given;
    given.end = takeBack(this.#claims, given.turn, keep);
    this.given -= end - given.end;
    return part(given.chunk, given.end, end);
  }

  /** Lets it forget what it has of a call. */
  forget(call: number): void {
    if (this.#ran.delete(call)) this.#orders.putNowait({ type: 'forget', call });
  }

  unlearn(program: number): void {
    if (this.#knows.delete(program)) this.#orders.putNowait({ type: 'unlearn', program });
  }

  /** Ends the worker after what it has in hand. */
  leave(): void {
    if (this.isLeaving) return;
    this.isLeaving = true;
    this.#orders.putNowait({ type: 'end' });
  }

  /** Ends the worker now. Nothing is heard of it any more. */
  kill(): void {
    this.isLeaving = true;
    this.#isGone = true;
    this.#listening.stop();
    this.process.kill();
  }

  #hear(answer: Answer): void {
    if (this.#isGone) return;
    if (answer.type === 'ready') {
      this.isReady = true;
      this.#events.ready();
      this.#stopIfIdle();
    } else if (answer.type === 'failedToStart') {
      this.#events.failedToStart(answer.error);
    } else {
      const given = this.inHand.shift();
      if (given !== undefined) this.#events.answered(this, given, answer);
      this.#stopIfIdle();
    }
  }

  /** Without work the event loop need not go on. */
  #stopIfIdle(): void {
    if (this.inHand.length === 0) this.#listening.stop();
  }

  #ended(): void {
    if (!this.#isGone) {
      // What it said last.
      this.#listening.look();
    }
    this.#listening.stop();
    this.#isGone = true;
    this.isLeaving = true;
    this.#events.ended(this);
  }

  /** After its end: whether it had taken the order that comes first in its hand. */
  hadTaken(): boolean {
    let unread = 0;
    while (!this.#orders.empty()) {
      try {
        if (this.#orders.getNowait().type === 'run') unread++;
      } catch {
        unread++; // Of all orders, only one with items may be impossible to read.
      }
    }
    return this.isReady && unread < this.inHand.length;
  }
}
