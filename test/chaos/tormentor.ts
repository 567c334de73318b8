// Who makes the actors suffer: real processes by signals, from a thread of its own; threads by terminate() and kill().
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { Worker } from 'node:worker_threads';
import type { Process } from '../../src/index';
import type { Random } from './random';
import type { TormentorData, ToTormentor } from './torment-thread';

export class Tormentor {
  readonly #random: Random;
  readonly #thread: Worker;
  readonly #beating: NodeJS.Timeout;
  readonly #threads = new Set<Process>();
  #isAtWork = false;
  #next: NodeJS.Timeout | undefined;

  constructor(random: Random) {
    this.#random = random;
    const beat = new Int32Array(new SharedArrayBuffer(4));
    const workerData: TormentorData = { seed: random.seed(), beat };
    this.#thread = new Worker(join(__dirname, 'torment-thread.js'), { workerData });
    this.#beating = setInterval(() => Atomics.add(beat, 0, 1), 100);
  }

  watch(process: Process, isThread: boolean): void {
    if (isThread) this.#threads.add(process);
    else this.#tell({ type: 'watch', pid: process.pid ?? 0, name: process.name });
  }

  forget(process: Process, isThread: boolean): void {
    if (isThread) this.#threads.delete(process);
    else this.#tell({ type: 'forget', pid: process.pid ?? 0 });
  }

  begin(): void {
    this.#isAtWork = true;
    this.#tell({ type: 'begin' });
    this.#terminateSoon();
  }

  /** Resolves when nobody is stopped any more and nothing more will be sent. */
  async rest(): Promise<void> {
    this.#isAtWork = false;
    clearTimeout(this.#next);
    const rests = new Promise((resolve) => this.#thread.once('message', resolve));
    this.#tell({ type: 'rest' });
    await rests;
  }

  async end(): Promise<void> {
    clearInterval(this.#beating);
    await this.#thread.terminate();
  }

  #terminateSoon(): void {
    this.#next = setTimeout(() => {
      if (!this.#isAtWork) return;
      const victim = [...this.#threads][this.#random.below(this.#threads.size)];
      if (this.#random.chance(0.5)) victim?.terminate();
      else victim?.kill();
      this.#terminateSoon();
    }, 50 + this.#random.below(500));
  }

  #tell(message: ToTormentor): void {
    this.#thread.postMessage(message);
  }
}
