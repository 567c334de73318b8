// A place where a fixed number of parties wait for each other.

import { BrokenBarrierError, InvalidArgumentError } from '../errors';
import { checkOptionsOf } from '../given';
import { LINE } from '../memory/layout';
import { programMemory, SLICE_MS } from '../memory/memory';
import { construct } from '../objects/construct';
import { type Handle, registerHandle, toHandle } from '../objects/handle';
import { objectKinds, whenObjectEnds } from '../objects/references';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import type { Subject } from '../objects/subject';
import { whileBlocking } from '../system/cut-off';
import { showAs } from '../system/show-as';
import { performance } from '../system/timers';
import { isTracing } from '../trace/area';
import { writes } from '../trace/points';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { signalsOf, timedOut, timeoutOf, type Waiting, waitUntil, waitUntilSync } from '../waiting/wake';
import {
  type Arrival,
  BARRIER_STATE_BYTES,
  BarrierState,
  type Ended,
  MOST_PARTIES,
  reasonOf,
} from './barrier-state';
import { endFunction, openFunction, shareFunction } from './shared-function';
import { type WaitOptions, waitingFor } from './wait-options';

/** What a barrier does beside waiting. */
export interface BarrierOptions {
  /**
   * Called by one of the parties when all have come, before any goes on. An error that it throws breaks the
   * barrier.
   */
  action?: () => unknown;
  /** Milliseconds: for each wait() that has no timeout of its own. */
  timeout?: number;
}

// Offsets within the object; its first word says where the action lies, 0 if nowhere.
const STATE = LINE;
const WAITERS = STATE + BARRIER_STATE_BYTES;
const SHAPE = {
  sizeBytes: WAITERS + WAIT_OBJECT_BYTES,
  objectKind: objectKinds.barrier,
  className: 'Barrier',
} as const;

/**
 * Lets `parties` processes wait for each other: all go on when the last one has come. Python's
 * `multiprocessing.Barrier`. It breaks, and all that wait get a BrokenBarrierError that says why, when one of
 * them dies, waits longer than its timeout or gives up, when the action throws, and at abort().
 *
 * @example
 * const start = new Barrier(2, { action: () => console.log('all are here') });
 * const child = new Process({ target: async () => void (await start.wait()) });
 * child.start();
 * await start.wait(); // → all are here
 * await child.join();
 * start.abort();
 * await start.wait(); // throws BrokenBarrierError: The barrier is broken…
 */
export class Barrier extends SharedObject {
  readonly #state: BarrierState;
  readonly #waiters: WaitObject;
  #action: (() => unknown) | undefined;
  #isSharing = false;

  /** Makes a barrier for so many `parties`. */
  constructor(parties: number, options?: BarrierOptions & NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(parties: number, options: BarrierOptions & NameOption = {}, existing?: Existing) {
    checkOptionsOf('barrier', options);
    const { action, timeout, name } = options;
    if (!Number.isInteger(parties) || parties < 1 || parties > MOST_PARTIES) {
      throw new InvalidArgumentError('parties', `a whole number from 1 to ${MOST_PARTIES}`, parties);
    }
    if (action !== undefined && typeof action !== 'function') {
      throw new InvalidArgumentError('action', 'a function', action);
    }
    const timeoutMs = timeoutOf(timeout);
    super('barrier', SHAPE, existing ?? { name });
    this.#state = new BarrierState(this.memory, this.offset + STATE);
    this.#waiters = new WaitObject(this.memory, this.offset + WAITERS, this.traced);
    this.#action = action;
    if (existing === undefined) this.#state.initialize(parties, timeoutMs);
  }

  /** How many must come before all go on. */
  get parties(): number {
    return this.#state.parties;
  }

  /** How many wait now. */
  get nWaiting(): number {
    return this.#state.waiting;
  }

  /** Whether the barrier is broken: until reset(), each wait() throws. */
  get broken(): boolean {
    return this.#state.broken !== undefined;
  }

  /**
   * Waits until all parties have come, and resolves to a number from 0 to parties - 1 that is different for
   * each. Throws BrokenBarrierError; the error of the action to who ran it; WaitAbortedError when `signal` is
   * aborted, which breaks the barrier.
   */
  async wait(options?: WaitOptions): Promise<number> {
    const waiting = waitingFor('Barrier.wait()', this.#withTimeout(options), this.#subject);
    const untimed = { ...waiting, timeoutMs: undefined };
    const arrival =
      this.#comeAtOnce(untimed) ?? (await waitUntil(() => this.#come(), this.#waiters, untimed));
    if (arrival === timedOut) throw new BrokenBarrierError('nobody could come any more');
    if (this.#isLast(arrival)) {
      try {
        await this.#openAction()?.();
      } catch (error) {
        this.#end(arrival, 'threw');
        throw error;
      }
      return this.#leave(arrival, this.#end(arrival, 'passed'));
    }
    try {
      const ended = await waitUntil(this.#attempt(arrival), this.#waiters, waiting);
      return this.#leave(arrival, ended === timedOut ? this.#end(arrival, 'timeout') : ended);
    } catch (error) {
      this.#end(arrival, 'gave up');
      throw error;
    }
  }

  /** As wait(), but blocks this thread while it waits. The action must not be asynchronous then. */
  waitSync(options?: WaitOptions): number {
    const waiting = waitingFor('Barrier.waitSync()', this.#withTimeout(options), this.#subject);
    const untimed = { ...waiting, timeoutMs: undefined };
    const arrival = this.#comeAtOnce(untimed) ?? waitUntilSync(() => this.#come(), this.#waiters, untimed);
    if (arrival === timedOut) throw new BrokenBarrierError('nobody could come any more');
    const wait = () => {
      if (this.#isLast(arrival)) {
        try {
          checkDone(this.#openAction()?.());
        } catch (error) {
          this.#end(arrival, 'threw');
          throw error;
        }
        return this.#leave(arrival, this.#end(arrival, 'passed'));
      }
      try {
        const ended = waitUntilSync(this.#attempt(arrival), this.#waiters, waiting);
        return this.#leave(arrival, ended === timedOut ? this.#end(arrival, 'timeout') : ended);
      } catch (error) {
        this.#end(arrival, 'gave up');
        throw error;
      }
    };
    return whileBlocking(wait, () => this.#end(arrival, 'gave up'));
  }

  /** Makes the barrier whole and empty again; parties that wait get a BrokenBarrierError. */
  reset(): void {
    this.#state.endNow('reset');
    this.#waiters.notifyAll();
  }

  /** Breaks the barrier until reset(), as a party does that cannot go on. */
  abort(): void {
    this.#state.endNow('aborted');
    this.#waiters.notifyAll();
  }

  /**
   * The action is captured when the barrier first travels: what it closes over is then as it would be for a
   * Process.
   *
   * @internal
   */
  override [toHandle](): Handle {
    const at = this.offset / 4;
    if (#isSharing in this && this.#action !== undefined && !this.#isSharing && this.memory.i32[at] === 0) {
      // The action may refer to the barrier itself.
      this.#isSharing = true;
      try {
        this.memory.i32[at] = shareFunction(this.#action, this.offset);
      } finally {
        this.#isSharing = false;
      }
    }
    return super[toHandle]();
  }

  // It does not stand in the line of this process's waits: those in front wait for us to come.
  #comeAtOnce(waiting: Waiting): Arrival | undefined {
    return signalsOf(waiting).some((signal) => signal.aborted) ? undefined : this.#come();
  }

  #come(): Arrival | undefined {
    const arrival = this.#state.come();
    const { broken } = this.#state;
    if (arrival === undefined && broken !== undefined) {
      this.#waiters.notifyAll(); // it may be this process that noticed the death
      throw new BrokenBarrierError(reasonOf(broken));
    }
    return arrival;
  }

  #isLast(arrival: Arrival): boolean {
    return arrival.place === this.parties - 1;
  }

  #attempt({ generation }: Arrival): () => Ended | undefined {
    let lookForDeadAt = 0;
    return () => {
      if (performance.now() >= lookForDeadAt) {
        lookForDeadAt = performance.now() + SLICE_MS / 2;
        if (this.#state.breakIfDead()) this.#waiters.notifyAll();
      }
      return this.#state.endOf(generation);
    };
  }

  /** How the generation ended: as told here, unless another party was first. */
  #end({ generation }: Arrival, ending: Ended['ending']): Ended {
    if (isTracing()) writes(this.traced, ending);
    this.#state.end(generation, ending);
    this.#waiters.notifyAll();
    return this.#state.endOf(generation) ?? { ending, by: 0 };
  }

  #leave({ place }: Arrival, ended: Ended): number {
    if (ended.ending !== 'passed') throw new BrokenBarrierError(reasonOf(ended));
    return place;
  }

  #openAction(): (() => unknown) | undefined {
    const block = this.memory.i32[this.offset / 4] ?? 0;
    if (this.#action === undefined && block !== 0) this.#action = openFunction(block);
    return this.#action;
  }

  get #subject(): Subject {
    return { type: 'object', kind: 'Barrier', offset: this.offset, parties: this.parties };
  }

  #withTimeout(options: WaitOptions | undefined): WaitOptions | undefined {
    checkOptionsOf('wait', options);
    const timeout = options?.timeout ?? this.#state.timeoutMs;
    return timeout === undefined ? options : { ...options, timeout };
  }
}

/** What a barrier was made of that lies there and has travelled. */
export function optionsOf(offset: number): Pick<BarrierOptions, 'action' | 'timeout'> {
  const memory = programMemory();
  const block = memory.i32[offset / 4] ?? 0;
  const { timeoutMs } = new BarrierState(memory, offset + STATE);
  return {
    ...(block !== 0 && { action: openFunction(block) }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  };
}

/**
 * How many wait at a barrier that lies there, and why it is broken: undefined if it is whole. `isNoticed` is
 * false where the next one who comes will see that one of them has died.
 */
export function standingOf(offset: number): {
  waiting: number;
  reason: string | undefined;
  isNoticed: boolean;
} {
  const state = new BarrierState(programMemory(), offset + STATE);
  const { waiting, broken, dead } = state;
  const unnoticed = dead === undefined ? undefined : reasonOf({ ending: 'died', by: dead });
  return { waiting, reason: broken ? reasonOf(broken) : unnoticed, isNoticed: broken !== undefined };
}

function checkDone(returned: unknown): void {
  if (returned instanceof Promise) {
    throw new InvalidArgumentError(
      'action',
      'a function that does not return a promise for waitSync()',
      returned,
    );
  }
}

showAs(
  Barrier.prototype,
  ({ parties, nWaiting, broken }: Barrier) =>
    `<Barrier ${nWaiting} of ${parties} wait${broken ? ', broken' : ''}>`,
);

registerHandle('barrier', (handle) => construct(Barrier, 1, {}, new Existing(handle)));

whenObjectEnds(objectKinds.barrier, (offset) => {
  const block = programMemory().i32[offset / 4] ?? 0;
  if (block !== 0) endFunction(block, offset);
});
