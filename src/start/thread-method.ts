// Start method 'thread': a worker thread with a slot of its own. Works wherever Node does.

import { constants } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { hostFd } from '../host/output';
import { isEndMarked } from '../memory/life';
import { memoryTicket, programMemory } from '../memory/memory';
import {
  claimSlot,
  isAlive,
  lifeWordIndex,
  markDied,
  markEnded,
  releaseSlot,
  setExitcode,
  slotInfo,
} from '../memory/slots';
import { hasNoFolder } from '../system/current-folder';
import { dropTask, giveTask } from './child-task';
import type { ThreadTicket } from './child-ticket';
import { threadExecArguments } from './exec-arguments';
import type { Child, Start, StartMethod } from './start-method';
import { beginLoading, endLoading, isLoading, waitUntilAllAreLoaded } from './thread-loading';

const ENTRY = join(__dirname, '..', 'child', 'thread-entry.js');

const NO_FOLDER =
  'The folder in which this program works was removed, and there Node.js starts no thread: change to another one before, with process.chdir().';

export const threadMethod: StartMethod = {
  name: 'thread',
  start: (start, ended) => new ThreadChild(start, ended),
};

class ThreadChild implements Child {
  readonly slot: number;
  readonly pid = process.pid;
  readonly #worker: Worker;
  #isGone = false;
  #exitcode: number | undefined;
  /** What ended it, if we did: Node tells the same code for every terminated thread. */
  #killedBy: number | undefined;

  constructor({ task, shared }: Start, ended: (exitcode: number) => void) {
    this.slot = claimSlot({ name: task.identity.name, kind: 'thread' });
    const fd = hostFd();
    const ticket: ThreadTicket = {
      slot: this.slot,
      memory: memoryTicket(),
      ...(fd !== undefined && { hostFd: fd }),
    };
    beginLoading(this.slot);
    try {
      giveTask(this.slot, task, shared);
      this.#worker = new Worker(ENTRY, {
        name: task.identity.name,
        workerData: ticket,
        execArgv: threadExecArguments(process.execArgv),
        stdin: false,
      });
    } catch (error) {
      endLoading(this.slot);
      this.#settle(1);
      releaseSlot(this.slot);
      throw error;
    }
    // The thread reports its errors itself; only what ends it from outside (its heap is full) comes here.
    this.#worker.on('error', (error) => {
      const reason = hasNoFolder(error) ? NO_FOLDER : error.message;
      process.stderr.write(`Process ${task.identity.name}:\n${reason}\n`);
    });
    this.#worker.once('exit', (code) => {
      endLoading(this.slot);
      this.#isGone = true;
      this.#settle(this.#killedBy ?? code);
      releaseSlot(this.slot);
      ended(this.#exitcode ?? code);
    });
  }

  exitcode(): number | undefined {
    if (this.#exitcode !== undefined || isAlive(this.slot)) return this.#exitcode;
    return this.#settle(this.#killedBy ?? slotInfo(this.slot).exitcode ?? 1);
  }

  isGone(): boolean {
    return this.#isGone || isEndMarked();
  }

  waitSync(timeoutMs: number): void {
    const memory = programMemory();
    const word = lifeWordIndex(this.slot);
    const seen = Atomics.load(memory.i32, word);
    if (isAlive(this.slot)) memory.waitSync(word, seen, timeoutMs);
  }

  /** No signal reaches a thread, so none can be caught in it. */
  interrupt(): void {
    this.#stop(-constants.signals.SIGINT);
  }

  terminate(): void {
    this.#stop(-constants.signals.SIGTERM);
  }

  kill(): void {
    this.#stop(-constants.signals.SIGKILL);
  }

  keepLoop(going: boolean): void {
    if (going) this.#worker.ref();
    else this.#worker.unref();
  }

  #stop(exitcode: number): void {
    if (this.exitcode() !== undefined) return;
    this.#killedBy ??= exitcode;
    const hasNotBegun = dropTask(this.slot);
    // A thread that is still loading ends by itself, for it finds no task.
    if (!isLoading(this.slot)) {
      waitUntilAllAreLoaded();
      void this.#worker.terminate();
    }
    // A thread that has not begun, or whose end the kernel does not mark, is not seen to end before the event
    // loop turns.
    if (hasNotBegun || !isEndMarked()) this.#settle(this.#killedBy);
  }

  /** The slot is released when the thread is gone for certain: until then it might still enter it. */
  #settle(exitcode: number): number {
    if (this.#exitcode === undefined) {
      this.#exitcode = exitcode;
      dropTask(this.slot);
      // A thread that was told to end may be in the middle of a change of what it has.
      if (isEndMarked()) {
        markDied(this.slot, exitcode);
      } else {
        setExitcode(this.slot, exitcode);
        markEnded(this.slot);
      }
    }
    return this.#exitcode;
  }
}
