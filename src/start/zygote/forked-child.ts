// A child that the zygote forks for this program. Node does not know it: its end is seen and taken note of
// here.
import { lifeWordSays } from '../../memory/life';
import { programMemory } from '../../memory/memory';
import { lifeWordIndex, markDied, releaseSlot } from '../../memory/slots';
import { reap } from '../../system/process-calls';
import { cancelTask, dropTask } from '../child-task';
import type { WarmChild } from '../warm-child';
import { forkResult } from './fork-requests';
import { letLoopWaitFor, unwatch, watch } from './forked-children';

interface ForkOrder {
  readonly slot: number;
  readonly env: string;
  /** Whether it may still be forked. */
  isOpen(): boolean;
  /** Sleeps until it may not. */
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
    if (exitcode !== undefined) this.#settle(exitcode);
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

  /** Does not look for the child's end: nothing would hear of it while join() is still about to wait. */
  keepLoop(going: boolean): void {
    letLoopWaitFor(this, going && this.#exitcode === undefined);
  }

  #lookForPid(): void {
    if (this.#order.isOpen()) return;
    const result = forkResult(this.slot);
    if (result > 0) this.#pid = result;
    else this.#settle(1);
  }

  #settle(exitcode: number): void {
    this.#exitcode = exitcode;
    unwatch(this);
    dropTask(this.slot);
    markDied(this.slot, exitcode);
    releaseSlot(this.slot);
    for (const listener of this.#onExit) listener(exitcode);
  }
}
