// One place of a host where a chunk can run: takes the next one, has a child run it, keeps its lease
// meanwhile, and tells the pool what came of it. Only what the pool has confirmed is done for the broker.

import { RoomError } from '../../errors';
import { clearInterval, performance, setInterval, setTimeout } from '../../system/timers';
import { encodeForCaller } from '../codec';
import { receiveLarge, sendLarge } from '../connection/blobs';
import type { Broker } from '../connection/broker';
import type { Pulled } from '../connection/puller';
import { isNobodyThere } from '../connection/trouble';
import { LEASE_MS } from '../lease';
import {
  type AnswerHead,
  type BeganHead,
  type ChunkHead,
  HEAD,
  headOf,
  withHead,
} from '../pool/conversation';
import { canTalk, myVersions } from '../versions';
import type { Hand, Outcome } from './hand';
import type { Hands } from './hands';
import { type Output, tagFor } from './output';
import type { Pools } from './pools';

const { now } = Date;

/** So long a pool may be away, connecting anew, before what runs for it is ended. */
const ORPHAN_MS = 10_000;
/** A chunk whose pool has been away for so long is nobody's: if it is there after all, it gives it again. */
const FORGET_MS = 15_000;
const PAUSE_MS = 200;
const CONFIRM_MS = 2000;
/** So often an answer is sent before a broker that does not take it is believed. */
const MOST_ATTEMPTS = 50;
/** So long a chunk that this host cannot read waits for one that can. */
const UNFIT_MS = 500;
/** So long a chunk that could not be run waits for the next try, here or elsewhere. */
const AWAY_MS = 2000;

export interface Host {
  readonly broker: Broker;
  readonly pools: Pools;
  readonly hands: Hands;
  readonly output: Output;
  readonly name: string;
  readonly id: string;
  log(line: string): void;
}

/** A chunk that this host has. */
export class Held {
  readonly head: ChunkHead;
  readonly #host: Host;
  readonly #message: Pulled;
  readonly #renewing: NodeJS.Timeout;
  #hand: Hand | undefined;
  #awaySince: number | undefined;
  #isOver = false;

  constructor(host: Host, message: Pulled) {
    this.#host = host;
    this.#message = message;
    this.head = headOf(message.headers?.get(HEAD));
    this.#renewing = setInterval(() => void this.#renew(), LEASE_MS / 4);
  }

  /** Resolves when another chunk may be run: to how the pool is told what came of this one. */
  async run(): Promise<(() => Promise<void>) | undefined> {
    const { pools, hands } = this.#host;
    const { pool, work, count, maxTasks = Number.POSITIVE_INFINITY, versions } = this.head;
    if (pools.isStopped(pool, work)) return this.#drop('nobody waits for it');
    if (!canTalk(myVersions(), versions)) return this.#giveBack(UNFIT_MS);
    this.#tellBegan(false);
    try {
      const hand = hands.take(pool, count, maxTasks);
      this.#hand = hand;
      hand.work = work;
      const outcome = await this.#outcome(hand);
      if (outcome === undefined) return this.#giveBack(AWAY_MS);
      if (outcome.type === 'died' && pools.isStopped(pool, work)) return this.#drop('it was stopped');
      if (this.#isOver) return undefined;
      this.#host.output.drain();
      const { name, pid, isReady } = hand;
      return () => this.#answer(outcome, { name, pid, isReady });
    } catch (error) {
      return this.#notRun(error);
    } finally {
      if (this.#hand !== undefined) hands.giveBack(this.#hand);
    }
  }

  /** The host leaves: it goes to another. */
  handBack(): void {
    if (this.#isOver) return;
    this.#tellBegan(true);
    this.#giveBack(0);
    this.#hand?.kill();
  }

  /** Undefined: the pool does not have the function any more. */
  async #outcome(hand: Hand): Promise<Outcome | undefined> {
    const { head } = this;
    const { pool, beginning, program, copy: call, spread, stopsAtError, count } = head;
    const tag = tagFor(pool, head.tag);
    if (!hand.isReady) {
      const learnt = await this.#learn(hand, beginning);
      if (learnt === undefined) return undefined;
      const ended = await hand.begin(learnt, tag);
      if (ended !== undefined) return ended;
    }
    if (!hand.knows(program)) {
      const learnt = await this.#learn(hand, program);
      if (learnt === undefined) return undefined;
      hand.learn(program, learnt);
    }
    if (head.bundle !== undefined) await this.#place(hand, head.bundle);
    const { blob } = head;
    const large = blob === undefined ? this.#message.data : { blob };
    const items = await receiveLarge(this.#host.broker, large, false);
    const budgetMs = head.budgetMs ?? Number.POSITIVE_INFINITY;
    if (this.#host.pools.isStopped(pool, head.work)) return { type: 'died', begun: 0, exitcode: null };
    return hand.run({ type: 'run', call, program, spread, stopsAtError, tag, items, budgetMs }, count);
  }

  async #learn(hand: Hand, program: number): Promise<Uint8Array | undefined> {
    const learnt = await this.#host.pools.program(this.head.pool, program);
    if (learnt?.bundle !== undefined) await this.#place(hand, learnt.bundle);
    return learnt?.bytes;
  }

  async #place(hand: Hand, hash: string): Promise<void> {
    if (!hand.hasPlace(hash)) hand.place(hash, await this.#host.pools.bundle(this.head.pool, hash));
  }

  /** By a lease that is not renewed the broker knows that the host is lost. */
  async #renew(): Promise<void> {
    if (this.#isOver) return;
    this.#message.working();
    // Nobody would take the result of a pool that died, and its loops may be endless.
    if (await this.#host.pools.isThere(this.head.pool)) this.#awaySince = undefined;
    else {
      this.#awaySince ??= performance.now();
      if (performance.now() - this.#awaySince > ORPHAN_MS) this.#hand?.kill();
    }
  }

  #tellBegan(isHandedBack: boolean): void {
    const { broker, name, id } = this.#host;
    const { pool, chunk } = this.head;
    const began: BeganHead = { chunk, host: name, id, ...(isHandedBack && { isHandedBack }) };
    broker.nc.publish(broker.names.began(pool), undefined, { headers: withHead(began) });
  }

  /** Until the pool has it, or is gone. Only then is the broker told. */
  async #answer(outcome: Outcome, worker: { name: string; pid: number; isReady: boolean }): Promise<void> {
    const { broker, pools, name: host, log } = this.#host;
    const { pool, chunk } = this.head;
    const about = { chunk, host, pid: worker.pid, name: worker.name };
    const began = performance.now();
    let refused: unknown;
    let head: AnswerHead | undefined;
    let body: Uint8Array | undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        if (head === undefined) {
          const told = attempt > MOST_ATTEMPTS ? this.#unsent(refused) : outcome;
          [head, body] = await this.#packed(told, about, worker.isReady);
        }
        const options = { timeout: CONFIRM_MS, headers: withHead(head) };
        await broker.nc.request(broker.names.answer(pool), body, options);
        pools.heardOf(pool);
        this.#end();
        this.#message.ack();
        return;
      } catch (error) {
        refused = error;
        if (this.#isOver) return;
        if (pools.isStopped(pool, this.head.work)) return this.#drop('it was stopped');
        if (isNobodyThere(error) && performance.now() - began > ORPHAN_MS)
          return this.#drop('its pool is gone');
        if (!isNobodyThere(error))
          log(`an answer is sent again: ${error instanceof Error ? error.message : error}`);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  async #packed(
    outcome: Outcome,
    about: Pick<AnswerHead, 'chunk' | 'host' | 'pid' | 'name'>,
    isReady: boolean,
  ): Promise<[AnswerHead, Uint8Array | undefined]> {
    if (outcome.type === 'died') {
      const { begun, exitcode } = outcome;
      return [{ ...about, type: 'died', begun, exitcode, isReady }, undefined];
    }
    const { head, body } = outcome;
    const large = await sendLarge(this.#host.broker, body);
    if (large instanceof Uint8Array) return [{ ...about, ...head }, large];
    return [{ ...about, ...head, blob: large.blob }, undefined];
  }

  /** The broker has no room for it: that is an answer, too. */
  #unsent(reason: unknown): Outcome {
    const why = reason instanceof Error ? reason.message : String(reason);
    const error = new RoomError(`What the function returned could not be sent: ${why}.`);
    const outcomes = Array.from({ length: this.head.count }, () => ({ error }));
    const head = { type: 'settled', tookMs: 0 } as const;
    return { type: 'answered', head, body: encodeForCaller(outcomes, 'error') };
  }

  #notRun(error: unknown): undefined {
    const isGone = isNobodyThere(error);
    if (!isGone)
      this.#host.log(`a chunk could not be run: ${error instanceof Error ? error.message : error}`);
    const isForgotten = isGone && now() - this.#message.publishedAt > FORGET_MS;
    return isForgotten ? this.#drop('its pool is gone') : this.#giveBack(AWAY_MS);
  }

  #drop(reason: string): undefined {
    if (this.#end()) this.#message.term(reason);
    return undefined;
  }

  #giveBack(afterMs: number): undefined {
    if (this.#end()) this.#message.nak(afterMs);
    return undefined;
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearInterval(this.#renewing);
    return true;
  }
}
