// The record with which a process takes a lock and keeps it: written by compare-and-swap, and known again by
// its nonce where the broker's answer was lost.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from '../../../system/timers';
import type { States } from '../../connection/states';
import { isAway, pause } from '../../connection/trouble';
import type { LockRecord } from './conversation';

const AGAIN_MS = 200;

/** `askedAt`: from when on its time to live is counted, at the earliest. */
export interface Written {
  readonly sequence: number;
  readonly askedAt: number;
}

export class OwnRecord {
  readonly #states: States;
  readonly #subject: string;
  readonly #nonce = randomUUID();
  readonly #bytes: Uint8Array;
  readonly leaseMs: number;

  constructor(states: States, subject: string, holder: string, leaseMs: number) {
    this.#states = states;
    this.#subject = subject;
    this.leaseMs = leaseMs;
    const who = { host: hostname(), pid: process.pid };
    this.#bytes = new TextEncoder().encode(
      JSON.stringify({ holder, nonce: this.#nonce, who } satisfies LockRecord),
    );
  }

  /**
   * Until the broker has said whether it was written over number `expected`. Undefined: somebody else wrote
   * since.
   */
  take(expected: number): Promise<Written | undefined> {
    return this.#untilSaid(
      () => this.#states.swap(this.#subject, this.#bytes, expected, this.leaseMs),
      (askedAt) => this.#found(askedAt),
    );
  }

  /** As take(): the record says that nobody has the lock. */
  free(expected: number): Promise<Written | undefined> {
    return this.#untilSaid(
      () => this.#states.free(this.#subject, expected),
      async (askedAt) => {
        const { sequence, bytes } = await this.#states.read(this.#subject);
        return bytes === undefined && sequence > expected ? { sequence, askedAt } : undefined;
      },
    );
  }

  /** Its time to live begins anew. Throws what the broker says if it is away. */
  async renew(expected: number): Promise<Written | undefined> {
    const askedAt = performance.now();
    const sequence = await this.#states.swap(this.#subject, this.#bytes, expected, this.leaseMs);
    return sequence === undefined ? this.#found(askedAt) : { sequence, askedAt };
  }

  async #untilSaid(
    write: () => Promise<number | undefined>,
    found: (askedAt: number) => Promise<Written | undefined>,
  ): Promise<Written | undefined> {
    let mayBeWritten = false;
    for (;;) {
      const askedAt = performance.now();
      try {
        const sequence = await write();
        if (sequence !== undefined) return { sequence, askedAt };
        return mayBeWritten ? await found(askedAt) : undefined;
      } catch (error) {
        if (!isAway(error)) throw error;
        mayBeWritten = true;
        await pause(AGAIN_MS);
      }
    }
  }

  /** An earlier writing of ours, whose answer was lost. */
  async #found(askedAt: number): Promise<Written | undefined> {
    const { sequence, bytes } = await this.#states.read(this.#subject);
    if (bytes === undefined || recordOf(bytes).nonce !== this.#nonce) return undefined;
    return { sequence, askedAt: askedAt - this.leaseMs / 2 };
  }
}

export function recordOf(bytes: Uint8Array): LockRecord {
  return JSON.parse(new TextDecoder().decode(bytes)) as LockRecord;
}
