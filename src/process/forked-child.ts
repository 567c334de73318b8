// A child that the zygote forks for this program. Node does not know it: its end is seen and taken note of here.
import { lifeWordSays } from '../memory/life';
import { programMemory } from '../memory/memory';
import { reap } from '../memory/process-calls';
import { lifeWordIndex, markDied, releaseSlot } from '../memory/slots';
import { cancelTask, dropTask } from './child-task';
import { forkResult } from './fork-requests';
import { keepLoopFor, unwatch, watch } from './forked-children';
import type { WarmChild } from './warm-child';

/** What became of the request for a fork. Unknown: its zygote was killed in the middle of it. */
export type Forking = 'open' | 'forked' | 'failed' | 'unknown';

export interface ForkOrder {
  readonly slot: number;
  readonly env: string;
  state(): Forking;
  /** Sleeps until it is no longer open. */
  wait(): void;
}

export class ForkedChild implements WarmChild {
  readonly slot: number;
  readonly env: string;
  readonly #order: ForkOrder;
  readonly #onExit: ((exitcode: number) => void)[] = [];
  #pid = 0;
  #exitcode: number | undefined;

  constructor(order: ForkOrder) {
    this.#order = order;
    this.slot = order.slot;
    this.env = order.env;
    watch(this);
  }

  /** 0 while it is not there. */
  get pid(): number {
    return this.#pid;
  }

  /** Waits until it is there. False if it never will be, or is no more. */
  begin(): boolean {
    if (this.#pid === 0) this.#order.wait();
    return this.exitcode() === undefined;
  }

  onExit(listener: (exitcode: number) => void): void {
    this.#onExit.push(listener);
  }

  exitcode(): number | undefined {
    if (this.#exitcode !== undefined) return this.#exitcode;
    if (this.#pid === 0) this.#lookForPid();
    if (this.#pid === 0) return this.#exitcode;
    const exitcode = reap(this.#pid);
    if (exitcode !== undefined) this.#settle(exitcode, { slotIsFree: true });
    return exitcode;
  }

  waitSync(timeoutMs: number): void {
    const memory = programMemory();
    const word = lifeWordIndex(this.slot);
    const seen = Atomics.load(memory.i32, word);
    // The kernel marks the word a moment before the child can be reaped.
    memory.waitSync(word, seen, lifeWordSays(this.slot) === false ? 0.1 : timeoutMs);
  }

  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    if (this.exitcode() === undefined && this.#pid !== 0) process.kill(this.#pid, signal);
  }

  discard(): void {
    cancelTask(this.slot);
    this.signal('SIGKILL');
  }

  keepLoop(going: boolean): void {
    keepLoopFor(this, going && this.exitcode() === undefined);
  }

  #lookForPid(): void {
    const state = this.#order.state();
    if (state === 'open') return;
    const result = state === 'forked' ? forkResult(this.slot) : 0;
    if (result > 0) this.#pid = result;
    else {
      cancelTask(this.slot);
      this.#settle(1, { slotIsFree: state !== 'unknown' });
    }
  }

  #settle(exitcode: number, { slotIsFree }: { slotIsFree: boolean }): void {
    this.#exitcode = exitcode;
    unwatch(this);
    dropTask(this.slot);
    markDied(this.slot, exitcode);
    // One of which nobody knows whether it lives may still enter its slot, so that is given to nobody else.
    if (slotIsFree) releaseSlot(this.slot);
    for (const listener of this.#onExit) listener(exitcode);
  }
}
