// What a pool says to its part in the thread of the line, and how it hears from there.
import { randomBytes } from 'node:crypto';
import type { Place } from '../address';
import { type Line, lineTo } from '../line/line';
import type { PoolEvent, PoolWords } from './desk-conversation';

export class PoolLine {
  /** By which hosts know the pool. */
  readonly id = randomBytes(9).toString('hex');
  /** It is known who is in the room. Rejects with the sentence why not. */
  readonly opened: Promise<unknown>;
  readonly #line: Line;
  readonly #endListening: () => void;
  #release: (() => void) | undefined;

  constructor(place: Place, hear: (event: PoolEvent) => void) {
    this.#line = lineTo(place);
    this.#endListening = this.#line.listen('pools', this.id, (event) => hear(event as PoolEvent));
    // Before anything else that is said.
    this.opened = this.#line.ask('pools', 'open', { pool: this.id }, { inBackground: true });
  }

  say<K extends keyof PoolWords>(word: K, args: Omit<PoolWords[K], 'pool'>, transfer?: ArrayBuffer[]): void {
    this.#line.say('pools', word, { pool: this.id, ...args }, transfer);
  }

  /** While there is work the event loop goes on. */
  keepsLoop(isAtWork: boolean): void {
    if (isAtWork) this.#release ??= this.#line.hold();
    else {
      this.#release?.();
      this.#release = undefined;
    }
  }

  /** Resolves when nothing of the pool is left. */
  async leave(): Promise<void> {
    try {
      await this.opened;
      await this.#line.ask('pools', 'leave', { pool: this.id }, { inBackground: true });
    } catch {
      // The line has ended; so has all that was there of it.
    }
    this.#endListening();
  }
}
