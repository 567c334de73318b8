// A channel between processes of one program: a queue each way. The value of a message goes before it, as an
// item of its own, so that one that cannot be made again here spoils nothing but its own call.

import type { Listening } from '../channel/listening';
import type { Queue } from '../channel/queue';
import { QueueEmptyError } from '../errors';
import { isTagAlive } from '../memory/slots';
import { clearInterval, setInterval } from '../system/timers';
import type { Arrived, Channel } from './channel';

const LOOK_MS = 50;

export class MemoryChannel<Out, In> implements Channel<Out, In> {
  readonly #out: Queue<unknown>;
  readonly #in: Queue<unknown>;
  readonly #peer: number;
  #hear: (message: In, arrived: Arrived) => void = () => {};
  #arrived: Arrived | undefined;
  readonly #listening: Listening<unknown>;
  #timer: NodeJS.Timeout | undefined;
  #onEnd: (() => void) | undefined;
  #hasEnded = false;

  /** `peer`: the tag of the thread on the other side. */
  constructor(outgoing: Queue<unknown>, incoming: Queue<unknown>, peer: number) {
    this.#out = outgoing;
    this.#in = incoming;
    this.#peer = peer;
    this.#listening = incoming.listen({
      item: (value) => this.#take({ value }),
      broken: (broken) => this.#take({ broken }),
    });
  }

  send(message: Out, value?: unknown): void {
    this.#out.putNowait(value);
    this.#out.putNowait(message);
  }

  onMessage(hear: (message: In, arrived: Arrived) => void): void {
    this.#hear = hear;
  }

  listen(): void {
    this.#timer ??= setInterval(() => this.ended(), LOOK_MS);
    this.#listening.begin();
  }

  rest(): void {
    this.#listening.stop();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  waitSync(timeoutMs: number): void {
    try {
      this.#take({ value: this.#in.getSync({ timeout: Math.min(timeoutMs, LOOK_MS) }) });
    } catch (broken) {
      if (!(broken instanceof QueueEmptyError)) this.#take({ broken });
    }
    this.ended();
  }

  ended(): boolean {
    if (this.#hasEnded) return true;
    if (isTagAlive(this.#peer)) return false;
    // What it said last is heard first.
    while (!this.#in.empty()) this.#takeNow();
    this.#hasEnded = true;
    this.rest();
    this.#onEnd?.();
    return true;
  }

  onEnd(then: () => void): void {
    this.#onEnd = then;
  }

  close(): void {
    this.#hasEnded = true;
    this.rest();
  }

  #takeNow(): void {
    try {
      this.#take({ value: this.#in.getNowait() });
    } catch (broken) {
      if (!(broken instanceof QueueEmptyError)) this.#take({ broken });
    }
  }

  #take(arrived: Arrived): void {
    const value = this.#arrived;
    if (value === undefined) {
      this.#arrived = arrived;
      return;
    }
    this.#arrived = undefined;
    if ('value' in arrived) this.#hear(arrived.value as In, value);
  }
}
