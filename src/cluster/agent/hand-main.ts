// What a child process of a host runs: chunks of one pool, one after the other. Values are opened and closed
// here, and never in the host's own process.

import { createRequire } from 'node:module';
import type { Queue } from '../../channel/queue';
import { ParallelError } from '../../errors';
import { hostFd, setOutput } from '../../host/output';
import { assumeIdentity, myIdentity } from '../../identity/identity';
import type { Claims } from '../../pool/claims';
import type { Reply, RunOrder, Values } from '../../pool/conversation';
import { runChunk, type Target } from '../../pool/run-chunk';
import { travelling } from '../../pool/travelling-answer';
import { WorkerFunctions } from '../../pool/worker-functions';
import { nextOrder } from '../../pool/worker-main';
import { performance, setTimeout } from '../../system/timers';
import { decodeOnHost, decodeProgram, encodeForCaller, type HostModules } from '../codec';
import { enterRoom } from '../line/entered';

export type HandOrder =
  | { type: 'begin'; bytes: Uint8Array; tag: string }
  | { type: 'learn'; program: number; bytes: Uint8Array }
  /** The host tells both again if they are needed after all. */
  | { type: 'unlearn'; program: number }
  | { type: 'forget'; copy: number }
  /** Where a bundle lies, or why it cannot be had here. */
  | { type: 'place'; hash: string; folder: string; missing: string }
  | HandRun;

/** The claims have one word for what is in hand. */
export type HandRun = Omit<RunOrder, 'items' | 'turn'> & { items: Uint8Array };

/** Body, by itself if it is large: the next thing in the queue. */
export type HandAnswer =
  | { type: 'ready' }
  | { type: 'answered'; head: HandHead; body: Uint8Array | undefined }
  | Uint8Array;

export type HandHead =
  | { type: 'failedToStart' }
  | { type: 'refused'; isMissing: boolean }
  | { type: 'returned' | 'settled'; tookMs: number };

export interface HandStart {
  orders: Queue<HandOrder>;
  answers: Queue<HandAnswer>;
  claims: Claims;
  /** From where packages are looked up. */
  home: string;
  /** The room, as this computer reaches it. */
  url: string;
}

const LARGE_BYTES = 2 ** 16;
/** What the user left behind may keep an ended one so long. */
const LINGER_MS = 1000;

export async function runHand(start: HandStart): Promise<void> {
  // A daemon for the host, but its own children end with it, so it may have some.
  assumeIdentity({ ...myIdentity(), daemon: false });
  enterRoom(start.url);
  const hand = new HandMain(start);
  for (;;) if (!(await hand.obey(await nextOrder(start.orders)))) return;
}

class HandMain {
  readonly #answers: Queue<HandAnswer>;
  readonly #claims: Claims;
  readonly #modules: HostModules;
  readonly #functions: WorkerFunctions;
  readonly #folders = new Map<string, { folder: string; missing: string }>();
  #tag = '';

  constructor({ answers, claims, home }: HandStart) {
    this.#answers = answers;
    this.#claims = claims;
    this.#modules = { require: createRequire(home), folder: (hash) => this.#folder(hash) };
    const read = (bytes: Uint8Array) => decodeProgram(bytes, this.#modules);
    this.#functions = new WorkerFunctions({ require: this.#modules.require, read });
    const fd = hostFd();
    if (fd !== undefined) setOutput({ fd, tag: () => this.#tag });
  }

  /** Whether there is more to do. */
  async obey(order: HandOrder): Promise<boolean> {
    switch (order.type) {
      case 'begin':
        return this.#begin(order);
      case 'learn':
        this.#functions.learn(order.program, { bytes: order.bytes, isKept: false });
        return true;
      case 'unlearn':
        this.#functions.unlearn(order.program);
        return true;
      case 'forget':
        this.#functions.forget(order.copy);
        return true;
      case 'place':
        this.#folders.set(order.hash, order);
        return true;
      case 'run':
        await this.#run(order);
        return true;
      default:
        return order satisfies never;
    }
  }

  async #begin({ bytes, tag }: HandOrder & { type: 'begin' }): Promise<boolean> {
    this.#tag = tag;
    try {
      const beginning = (await this.#functions.make(bytes)) as { initializer: Target; initargs: unknown[] };
      await beginning.initializer(...beginning.initargs);
    } catch (error) {
      this.#answer({ type: 'failedToStart' }, refusal(error));
      setTimeout(() => process.exit(0), LINGER_MS).unref();
      return false;
    }
    this.#answers.putSync({ type: 'ready' });
    return true;
  }

  async #run(order: HandRun): Promise<void> {
    this.#tag = order.tag;
    let reply: Reply;
    let learnt: Awaited<ReturnType<WorkerFunctions['get']>> | undefined;
    try {
      learnt = await this.#functions.get(order);
      const items = decodeOnHost(order.items, this.#modules) as Values;
      reply = await runChunk(learnt.target, { ...order, items, turn: 0 }, this.#claims, learnt.sendMs);
    } catch (error) {
      reply = { type: 'refused', error };
    }
    const began = performance.now();
    const count = this.#reply(reply);
    // What it takes beyond this process is much the same again for each of the two on the way.
    if (learnt !== undefined && count > 0) learnt.sendMs = (SENDERS * (performance.now() - began)) / count;
  }

  /** How many results it has. */
  #reply(reply: Reply): number {
    switch (reply.type) {
      case 'returned':
      case 'settled': {
        const { type, tookMs } = reply;
        const content = type === 'returned' ? reply.values : reply.outcomes;
        let body: Uint8Array;
        try {
          body = encodeForCaller(content, 'result');
        } catch {
          return this.#reply(travelling(reply) as Reply);
        }
        this.#answer({ type, tookMs }, body);
        return content.length;
      }
      case 'refused': {
        const isMissing = reply.error instanceof ParallelError && reply.error.code === 'missing-module';
        this.#answer({ type: 'refused', isMissing }, refusal(reply.error));
        return 0;
      }
      default:
        return reply satisfies never;
    }
  }

  #answer(head: HandHead, body: Uint8Array): void {
    const isLarge = body.length > LARGE_BYTES;
    this.#answers.putSync({ type: 'answered', head, body: isLarge ? undefined : body });
    // By itself it is copied once less.
    if (isLarge) this.#answers.putSync(body);
  }

  #folder(hash: string): string {
    const { folder, missing } = this.#folders.get(hash) ?? {
      folder: '',
      missing: 'The modules did not come.',
    };
    if (missing !== '') throw new ParallelError('missing-module', missing);
    return folder;
  }
}

const SENDERS = 3;

/** Told plainly: its class may be one that only this host has. */
function refusal(error: unknown): Uint8Array {
  const told = travelling({ type: 'refused', error });
  return encodeForCaller('error' in told ? told.error : error, 'error');
}
