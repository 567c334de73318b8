// What a crew is to a pool on one computer, for the hosts of a room: gives the chunks of calls to its part in the thread of the
// line, and hears from there what came of each.
import { randomBytes } from 'node:crypto';
import { HostLostError, PoolClosedError, RoomError } from '../../errors';
import { type Call, type Chunk, singly } from '../../pool/call';
import { pack } from '../../pool/conversation';
import type { PoolStats } from '../../pool/options';
import { Programs } from '../../pool/programs';
import type { Hiring, Staff } from '../../pool/staff';
import { Ending, type JoinOptions } from '../../process/ending';
import type { Process } from '../../process/process';
import { setTimeout } from '../../system/timers';
import type { Place } from '../address';
import { encodeForHost } from '../codec';
import { type Line, lineTo } from '../line/line';
import { Answers } from './answers';
import { chunkHead } from './chunk-head';
import type { AnswerHead, HostEntry } from './conversation';
import type { PoolEvent, PoolWords } from './desk-conversation';
import { HostsKnown } from './hosts-known';
import { show } from './printed';
import { ProgramsSent } from './programs-sent';

/** So many chunks lie at the broker for each that runs: whoever is free finds the next one there. */
const AHEAD = 2;
/** Nobody waits without a word. */
const TELL_AFTER_MS = 5000;

interface Out {
  readonly chunk: Chunk;
  host: string | undefined;
}

export class RoomCrew implements Staff {
  readonly subject = 'elsewhere';
  readonly #id = randomBytes(9).toString('hex');
  readonly #line: Line;
  readonly #hiring: Hiring;
  readonly #sent: ProgramsSent;
  readonly #hosts: HostsKnown;
  readonly #calls = new Set<Call>();
  /** By which hosts know them. */
  readonly #works = new Map<Call, number>();
  readonly #waiting = new Set<Call>();
  readonly #out = new Map<number, Out>();
  readonly #stopping = new Set<Call>();
  readonly #recalled = new Set<Call>();
  readonly #used = new Set<number>();
  readonly #endListening: () => void;
  readonly programs = new Programs((program) => this.#sent.forget(program));
  #state: 'open' | 'closed' | 'terminated' = 'open';
  #broken: { error: unknown } | undefined;
  #isOpen = false;
  #release: (() => void) | undefined;
  #lastChunk = 0;
  #lastWork = 0;
  #isAssigning = false;
  #mustAssignAgain = false;
  readonly #opening: Promise<unknown>;
  readonly #end = new Ending('elsewhere');
  #hasLeft = false;
  #hasTold = false;
  readonly #answers: Answers;

  constructor(place: Place, hiring: Hiring) {
    this.#hiring = hiring;
    this.#line = lineTo(place);
    this.#sent = new ProgramsSent((word, args) => this.#say(word, args));
    this.#hosts = new HostsKnown(place);
    this.#answers = new Answers((host, items) => this.#hosts.count(host, items));
    this.#endListening = this.#line.listen('pools', this.#id, (event) => this.#hear(event as PoolEvent));
    // Before anything else that is said.
    this.#opening = this.#line.ask('pools', 'open', { pool: this.#id }, { inBackground: true });
    this.#opening.then(
      () => {
        this.#isOpen = true;
        this.assign();
      },
      (error) => this.#break(error),
    );
    this.#sent.send(hiring.beginning, 'the initializer');
  }

  get state(): 'open' | 'closed' | 'terminated' {
    return this.#state;
  }

  get size(): number {
    return Math.max(1, this.#slots);
  }

  /** They belong to other programs. */
  get processes(): readonly Process[] {
    return [];
  }

  get stats(): PoolStats {
    const running = [...this.#out.values()].filter(({ host }) => host !== undefined);
    const hosts = this.#hosts.stats(
      running.map(({ chunk, host }) => ({ host, call: chunk.call.what, items: chunk.items.length })),
    );
    return {
      processes: this.#slots,
      busy: running.length,
      calls: this.#calls.size,
      ...this.#answers.counts,
      hosts,
    };
  }

  add(call: Call, then: () => void): void {
    call.onEnd = () => {
      then();
      this.#ended(call);
    };
    this.#calls.add(call);
    this.#used.add(call.target.id);
    this.#works.set(call, ++this.#lastWork);
    this.#waiting.add(call);
    this.#release ??= this.#line.hold();
    if (call.hasEnded) call.onEnd();
    else if (this.#broken !== undefined) call.fail(this.#broken.error);
    else this.#begin(call);
  }

  #begin(call: Call): void {
    try {
      this.#sent.send(call.target.program, call.target.name);
    } catch (error) {
      call.fail(error);
      return;
    }
    this.#tellIfNobody();
    this.assign();
  }

  stop(call: Call, error: unknown): void {
    this.#stopping.add(call);
    call.fail(error);
    this.#stopping.delete(call);
    this.assign();
  }

  close(): void {
    if (this.#state === 'open') this.#state = 'closed';
    this.#leaveIfDone();
  }

  finish(): void {
    for (const call of this.#calls) call.keepAll();
    this.assign();
  }

  terminate(error: unknown = new PoolClosedError('get', 'terminate')): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    for (const call of [...this.#calls]) this.stop(call, error);
    void this.#leave();
  }

  async left(options: JoinOptions): Promise<void> {
    if (!this.#hasLeft) await this.#end.wait('Pool.join()', options);
  }

  assign(): void {
    if (this.#state === 'terminated' || this.#broken !== undefined || !this.#isOpen) return;
    // A source may call the pool in here.
    this.#mustAssignAgain = true;
    if (this.#isAssigning) return;
    this.#isAssigning = true;
    try {
      while (this.#mustAssignAgain) {
        this.#mustAssignAgain = false;
        this.#giveOut();
      }
    } finally {
      this.#isAssigning = false;
    }
    this.#leaveIfDone();
  }

  get #slots(): number {
    return Math.min(this.#hosts.slots, this.#hiring.processes ?? Number.POSITIVE_INFINITY);
  }

  #giveOut(): void {
    const slots = this.#slots;
    const most = this.#hiring.processes === undefined ? AHEAD * slots : slots;
    for (let hasGiven = true; hasGiven; ) {
      hasGiven = false;
      for (const call of [...this.#waiting]) {
        if (this.#out.size >= most) return;
        const takers = { processes: slots, idle: Math.max(0, slots - this.#out.size) };
        const chunk = call.next(this.#hiring.maxTasksPerChild ?? Number.POSITIVE_INFINITY, takers);
        if (chunk === undefined) continue;
        // All calls in turn, so that a long one does not hold up a short one.
        this.#waiting.delete(call);
        this.#waiting.add(call);
        hasGiven = true;
        this.#give(chunk);
      }
    }
  }

  #give(chunk: Chunk): void {
    const { call, items } = chunk;
    let encoded: ReturnType<typeof encodeForHost>;
    try {
      encoded = encodeForHost(items instanceof Float64Array ? items : pack(items), 'item', call.work);
    } catch (error) {
      this.#notGiven(chunk, error);
      return;
    }
    this.#sent.pack(encoded.bundle);
    const head = chunkHead(chunk, encoded.bundle?.hash, this.#hiring, {
      pool: this.#id,
      chunk: ++this.#lastChunk,
      work: this.#works.get(call) ?? 0,
    });
    this.#out.set(head.chunk, { chunk, host: undefined });
    this.#say('give', { head, items: encoded.bytes }, [encoded.bytes.buffer]);
  }

  /** Some of them may travel, if not all together. */
  #notGiven(chunk: Chunk, error: unknown): void {
    const { call, items } = chunk;
    this.#mustAssignAgain = true;
    if (items.length > 1) call.giveBack(singly(chunk), true);
    else this.#answers.fail(chunk, error);
  }

  #hear(event: PoolEvent): void {
    switch (event.type) {
      case 'hosts':
        this.#hostsChanged(event.hosts);
        break;
      case 'printed':
        show(event.printed);
        break;
      case 'began': {
        const out = this.#out.get(event.chunk);
        if (out !== undefined) out.host = event.host;
        break;
      }
      case 'answered':
        this.#answered(event.head, event.body);
        break;
      case 'recalled':
        this.#recalledChunk(event.chunk);
        break;
      case 'lost':
        this.#failed(event.chunk, (what) => new HostLostError(what, event.hosts));
        break;
      case 'refused':
        this.#failed(event.chunk, (what) => new RoomError(`${what} could not be sent: ${event.message}.`));
        break;
      default:
        event satisfies never;
    }
  }

  #hostsChanged(hosts: readonly HostEntry[]): void {
    this.#hosts.set(hosts);
    for (const sentence of this.#hosts.unfit()) process.stderr.write(`${sentence}\n`);
    const { noneFits } = this.#hosts;
    if (noneFits !== undefined) for (const call of [...this.#calls]) call.fail(new RoomError(noneFits));
    this.assign();
  }

  #answered(head: AnswerHead, body: Uint8Array): void {
    const { chunk } = this.#take(head.chunk) ?? {};
    if (chunk === undefined) return;
    const broken = this.#answers.take(chunk, head, body);
    if (broken !== undefined) this.#break(broken.error);
    this.#after(chunk.call);
  }

  #recalledChunk(id: number): void {
    const { chunk } = this.#take(id) ?? {};
    if (chunk === undefined) return;
    chunk.call.giveBack([chunk], true);
    this.#after(chunk.call);
  }

  #failed(id: number, error: (what: string) => Error): void {
    const { chunk } = this.#take(id) ?? {};
    if (chunk === undefined) return;
    this.#answers.fail(chunk, error(chunk.call.what));
    this.#after(chunk.call);
  }

  #take(id: number): Out | undefined {
    const out = this.#out.get(id);
    this.#out.delete(id);
    return out;
  }

  #after(call: Call): void {
    if (call.wantsNoMore && !call.hasEnded && !this.#recalled.has(call)) {
      this.#recalled.add(call);
      this.#say('recall', { work: this.#works.get(call) ?? 0 });
    }
    this.#forgetIfDone(call);
    this.assign();
  }

  #ended(call: Call): void {
    const isHard = this.#stopping.has(call);
    const work = this.#works.get(call) ?? 0;
    this.#calls.delete(call);
    this.#waiting.delete(call);
    this.#recalled.delete(call);
    let isOut = isHard;
    for (const [id, { chunk }] of this.#out) {
      if (chunk.call !== call) continue;
      this.#out.delete(id);
      call.giveBack([], true);
      isOut = true;
    }
    if (isOut) this.#say('drop', { work, isHard });
    this.#works.delete(call);
    this.#forgetIfDone(call);
    if (this.#calls.size === 0) {
      this.#release?.();
      this.#release = undefined;
    }
    this.#leaveIfDone();
  }

  #forgetIfDone(call: Call): void {
    if (!call.hasEnded || call.out > 0 || call.target.isConstant) return;
    if (this.#used.delete(call.target.id)) this.programs.drop(call.target.program);
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const call of [...this.#calls]) this.stop(call, this.#broken.error);
  }

  #tellIfNobody(): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    setTimeout(() => {
      if (this.#isOpen && this.#hosts.isEmpty && this.#calls.size > 0) {
        process.stderr.write(`${this.#hosts.nobody}\n`);
      }
    }, TELL_AFTER_MS).unref();
  }

  #leaveIfDone(): void {
    if (this.#state !== 'closed' || this.#calls.size > 0) return;
    this.#state = 'terminated';
    void this.#leave();
  }

  async #leave(): Promise<void> {
    try {
      await this.#opening.catch(() => {});
      await this.#line.ask('pools', 'leave', { pool: this.#id }, { inBackground: true });
    } catch {
      // The line has ended; so has all that was there of it.
    }
    this.#endListening();
    this.#hiring.beginning.release();
    this.#hasLeft = true;
    this.#end.tell();
  }

  #say<K extends keyof PoolWords>(word: K, args: Omit<PoolWords[K], 'pool'>, transfer?: ArrayBuffer[]): void {
    this.#line.say('pools', word, { pool: this.#id, ...args }, transfer);
  }
}
