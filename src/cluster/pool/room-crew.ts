// What a crew is to a pool on one computer, for the hosts of a room: gives the chunks of calls to its part in
// the thread of the line, and hears from there what came of each.
import { HostLostError, PoolClosedError, RoomError } from '../../errors';
import { type Call, type Chunk, singly } from '../../pool/call';
import { Calls } from '../../pool/calls';
import { pack } from '../../pool/conversation';
import type { PoolStats } from '../../pool/options';
import { Programs } from '../../pool/programs';
import { Rounds } from '../../pool/rounds';
import type { Hiring, Staff } from '../../pool/staff';
import { Ending, type JoinOptions } from '../../process/ending';
import type { Process } from '../../process/process';
import type { Place } from '../address';
import { encodeForHost } from '../codec';
import { Answers } from './answers';
import { chunkHead } from './chunk-head';
import type { AnswerHead, HostEntry } from './conversation';
import type { PoolEvent } from './desk-conversation';
import { GivenOut } from './given-out';
import { HostsKnown } from './hosts-known';
import { PoolLine } from './pool-line';
import { show } from './printed';
import { ProgramsSent } from './programs-sent';

/** How many chunks lie at the broker for each that runs: a worker that is free finds the next one there. */
const AHEAD = 2;

export class RoomCrew implements Staff {
  readonly subject = 'elsewhere';
  readonly #line: PoolLine;
  readonly #hiring: Hiring;
  readonly #sent: ProgramsSent;
  readonly #hosts: HostsKnown;
  readonly programs = new Programs((program) => this.#sent.forget(program));
  readonly #calls = new Calls(this.programs);
  readonly #rounds = new Rounds(() => this.#giveOut());
  /** The numbers by which hosts know the calls. */
  readonly #works = new Map<Call, number>();
  readonly #out = new GivenOut();
  readonly #stopping = new Set<Call>();
  readonly #recalled = new Set<Call>();
  #state: 'open' | 'closed' | 'terminated' = 'open';
  #broken: { error: unknown } | undefined;
  #isOpen = false;
  #lastChunk = 0;
  #lastWork = 0;
  readonly #end = new Ending('elsewhere');
  #hasLeft = false;
  readonly #answers: Answers;

  constructor(place: Place, hiring: Hiring) {
    this.#hiring = hiring;
    this.#hosts = new HostsKnown(place);
    this.#answers = new Answers((host, items) => this.#hosts.count(host, items));
    this.#line = new PoolLine(place, (event) => this.#hear(event));
    this.#line.opened.then(
      () => {
        this.#isOpen = true;
        this.assign();
      },
      (error) => this.#break(error),
    );
    this.#sent = new ProgramsSent((word, args) => this.#line.say(word, args));
    this.#sent.send(hiring.beginning, 'the initializer');
  }

  get state(): 'open' | 'closed' | 'terminated' {
    return this.#state;
  }

  get size(): number {
    return Math.max(1, this.#slots);
  }

  /** There are none here: they belong to other programs. */
  get processes(): readonly Process[] {
    return [];
  }

  get stats(): PoolStats {
    const { begun } = this.#out;
    const about = { processes: this.#slots, busy: begun.length, calls: this.#calls.size };
    return { ...about, ...this.#answers.counts, hosts: this.#hosts.stats(begun) };
  }

  add(call: Call, then: () => void): void {
    call.onEnd = () => {
      then();
      this.#ended(call);
    };
    this.#calls.add(call);
    this.#works.set(call, ++this.#lastWork);
    this.#line.keepsLoop(true);
    if (call.hasEnded) call.onEnd();
    else if (this.#broken !== undefined) call.fail(this.#broken.error);
    else this.#begin(call);
  }

  #begin(call: Call): void {
    const { noneFits } = this.#hosts;
    try {
      if (noneFits !== undefined) throw new RoomError(noneFits);
      this.#sent.send(call.target.program, call.target.name);
    } catch (error) {
      call.fail(error);
      return;
    }
    this.#hosts.tellIfNobody(() => this.#isOpen && this.#calls.size > 0);
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
    this.#calls.keepAll();
    this.assign();
  }

  terminate(error: unknown = new PoolClosedError('get', 'terminate')): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    for (const call of this.#calls) this.stop(call, error);
    void this.#leave();
  }

  async left(options: JoinOptions): Promise<void> {
    if (!this.#hasLeft) await this.#end.wait('Pool.join()', options);
  }

  assign(): void {
    if (this.#state === 'terminated' || this.#broken !== undefined || !this.#isOpen) return;
    if (this.#rounds.run()) this.#leaveIfDone();
  }

  get #slots(): number {
    return Math.min(this.#hosts.slots, this.#hiring.processes ?? Number.POSITIVE_INFINITY);
  }

  #giveOut(): void {
    const slots = this.#slots;
    const most = this.#hiring.processes === undefined ? AHEAD * slots : slots;
    while (this.#out.size < most) {
      const chunk = this.#calls.next({
        most: this.#hiring.maxTasksPerChild ?? Number.POSITIVE_INFINITY,
        takers: { processes: slots, idle: Math.max(0, slots - this.#out.size) },
        mustBeQuick: false,
      });
      if (chunk === undefined) return;
      this.#give(chunk);
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
      pool: this.#line.id,
      chunk: ++this.#lastChunk,
      work: this.#works.get(call) ?? 0,
    });
    this.#out.add(head.chunk, chunk);
    this.#line.say('give', { head, items: encoded.bytes }, [encoded.bytes.buffer]);
  }

  /** Some of them may travel, if not all together. */
  #notGiven(chunk: Chunk, error: unknown): void {
    const { call, items } = chunk;
    this.#rounds.ask();
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
      case 'began':
        this.#out.began(event.chunk, event.host);
        break;
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
      case 'ended':
        this.#break(new RoomError(this.#hosts.unreachable));
        break;
      default:
        event satisfies never;
    }
  }

  #hostsChanged(hosts: readonly HostEntry[]): void {
    this.#hosts.set(hosts);
    for (const sentence of this.#hosts.unfit()) process.stderr.write(`${sentence}\n`);
    const { noneFits } = this.#hosts;
    if (noneFits !== undefined) for (const call of this.#calls) call.fail(new RoomError(noneFits));
    this.assign();
  }

  #answered(head: AnswerHead, body: Uint8Array): void {
    const chunk = this.#out.take(head.chunk);
    if (chunk === undefined) return;
    const broken = this.#answers.take(chunk, head, body);
    if (broken !== undefined) this.#break(broken.error);
    this.#after(chunk.call);
  }

  #recalledChunk(id: number): void {
    const chunk = this.#out.take(id);
    if (chunk === undefined) return;
    chunk.call.giveBack([chunk], true);
    this.#after(chunk.call);
  }

  #failed(id: number, error: (what: string) => Error): void {
    const chunk = this.#out.take(id);
    if (chunk === undefined) return;
    this.#answers.fail(chunk, error(chunk.call.what));
    this.#after(chunk.call);
  }

  #after(call: Call): void {
    if (call.wantsNoMore && !call.hasEnded && !this.#recalled.has(call)) {
      this.#recalled.add(call);
      this.#line.say('recall', { work: this.#works.get(call) ?? 0 });
    }
    this.#calls.forgetIfDone(call);
    this.assign();
  }

  #ended(call: Call): void {
    const isHard = this.#stopping.has(call);
    this.#calls.delete(call);
    this.#recalled.delete(call);
    const dropped = this.#out.dropAll(call);
    for (let count = 0; count < dropped; count++) call.giveBack([], true);
    if (isHard || dropped > 0) this.#line.say('drop', { work: this.#works.get(call) ?? 0, isHard });
    this.#works.delete(call);
    this.#calls.forgetIfDone(call);
    if (this.#calls.size === 0) this.#line.keepsLoop(false);
    this.#leaveIfDone();
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const call of this.#calls) this.stop(call, this.#broken.error);
  }

  #leaveIfDone(): void {
    if (this.#state !== 'closed' || this.#calls.size > 0) return;
    this.#state = 'terminated';
    void this.#leave();
  }

  async #leave(): Promise<void> {
    await this.#line.leave();
    this.#hiring.beginning.release();
    this.#hasLeft = true;
    this.#end.tell();
  }
}
