// The pools that a host works for: whether each is still there, and what it has asked to stop.

import { createRequire } from 'node:module';
import { MissingModuleError } from '../../errors';
import { performance, setTimeout } from '../../system/timers';
import { receiveLarge } from '../connection/blobs';
import type { Broker } from '../connection/broker';
import { isNobodyThere } from '../connection/trouble';
import { unpack } from '../modules/unpack';
import { HEAD, headOf, type ProgramAsk, type ProgramHead, withHead } from '../pool/conversation';
import { Recent } from './recent';

/** After so long without a word a pool is asked whether it is still there. */
const SILENCE_MS = 2000;
const ASK_MS = 2000;
const FETCH_MS = 20_000;
const PAUSE_MS = 200;
const MOST_ATTEMPTS = 10;
/**
 * A host may live for months. What it has forgotten it asks for again; the answer to a call that has ended is
 * dropped by the pool.
 */
const MOST_KNOWN = 4096;
const KEPT_PROGRAMS = { most: 256, mostBytes: 2 ** 27 };

export interface Learnt {
  readonly bytes: Uint8Array;
  readonly bundle: string | undefined;
}

/** Where a bundle lies on this computer, or why it cannot. */
type Unpacked = { folder: string } | { missing: string };

export class Pools {
  readonly #broker: Broker;
  readonly #home: string;
  readonly #heardAt = new Recent<string, number>({ most: MOST_KNOWN });
  readonly #stopped = new Recent<string, true>({ most: MOST_KNOWN });
  readonly #programs = new Recent<string, Promise<Learnt | undefined>>(KEPT_PROGRAMS);
  readonly #bundles = new Recent<string, Promise<Unpacked>>({ most: MOST_KNOWN });

  constructor(broker: Broker, home: string) {
    this.#broker = broker;
    this.#home = home;
  }

  heardOf(pool: string): void {
    this.#heardAt.set(pool, performance.now());
  }

  stop(pool: string, work: number | undefined): void {
    if (work !== undefined) {
      this.#stopped.set(`${pool}.${work}`, true);
      return;
    }
    for (const known of [this.#programs, this.#stopped]) {
      for (const key of [...known.keys()]) if (key.startsWith(`${pool}.`)) known.delete(key);
    }
    this.#stopped.set(pool, true);
    this.#heardAt.delete(pool);
  }

  isStopped(pool: string, work: number): boolean {
    return this.#stopped.has(pool) || this.#stopped.has(`${pool}.${work}`);
  }

  /** Silence of the broker is no answer. */
  async isThere(pool: string): Promise<boolean> {
    if (performance.now() - (this.#heardAt.get(pool) ?? Number.NEGATIVE_INFINITY) < SILENCE_MS) return true;
    try {
      await this.#ask(pool, {}, ASK_MS);
      return true;
    } catch (error) {
      return !isNobodyThere(error);
    }
  }

  /** Asked for once. Undefined: the pool does not have it any more, for the call has ended. */
  program(pool: string, program: number): Promise<Learnt | undefined> {
    const key = `${pool}.${program}`;
    const learnt = once(this.#programs, key, async () => {
      const { head, body } = await this.#fetch(pool, { program });
      return head.isGone ? undefined : { bytes: body, bundle: head.bundle };
    });
    learnt.then(
      (found) => this.#programs.has(key) && this.#programs.set(key, learnt, found?.bytes.length),
      () => {},
    );
    return learnt;
  }

  /** Fetched once, whichever pool has it. */
  bundle(pool: string, hash: string): Promise<Unpacked> {
    return once(this.#bundles, hash, async () => {
      const { head, body } = await this.#fetch(pool, { bundle: hash });
      if (head.isGone) return { missing: 'The program that sent the function has ended.' };
      try {
        return { folder: unpack(hash, body, createRequire(this.#home)) };
      } catch (error) {
        if (!(error instanceof MissingModuleError)) throw error;
        // Somebody may install it meanwhile.
        setTimeout(() => this.#bundles.delete(hash), PAUSE_MS).unref();
        return { missing: error.message };
      }
    });
  }

  async #fetch(pool: string, ask: ProgramAsk): Promise<{ head: ProgramHead; body: Uint8Array }> {
    for (let attempt = 0; ; attempt++) {
      try {
        const { head, data } = await this.#ask(pool, ask, FETCH_MS);
        if (head.blob === undefined) return { head, body: data };
        return { head, body: await receiveLarge(this.#broker, { blob: head.blob }, false) };
      } catch (error) {
        if (attempt > MOST_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  async #ask(
    pool: string,
    ask: ProgramAsk,
    timeout: number,
  ): Promise<{ head: ProgramHead; data: Uint8Array }> {
    const { nc, names } = this.#broker;
    const said = await nc.request(names.program(pool), undefined, { timeout, headers: withHead(ask) });
    this.heardOf(pool);
    return { head: headOf(said.headers?.get(HEAD)), data: said.data };
  }
}

function once<T>(known: Recent<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  let found = known.get(key);
  if (found === undefined) {
    found = ask();
    found.catch(() => known.delete(key));
    known.set(key, found);
  }
  return found;
}
