// A pool's part in the thread of the line: it gives chunks to the broker, confirms what comes back, answers
// what hosts ask, and gives again what was lost, also while a cell of the program blocks.

import { deserialize } from 'node:v8';
import { JetStreamApiError } from '@nats-io/jetstream';
import type { Msg } from '@nats-io/transport-node';
import { clearInterval, performance, setInterval } from '../../system/timers';
import { forgetLarge, receiveLarge, sendLarge } from '../connection/blobs';
import { type Broker, heard } from '../connection/broker';
import { told } from '../connection/refusals';
import { forbidden, pause } from '../connection/trouble';
import { LEASE_MS } from '../lease';
import type { Desk } from '../line/service';
import { Presence } from '../presence';
import { canTalk, myVersions } from '../versions';
import { Book, type Out } from './book';
import {
  type AnswerHead,
  type BeganHead,
  HEAD,
  headOf,
  type Printed,
  type StopHead,
  withHead,
} from './conversation';
import type { PoolEvent, PoolWords } from './desk-conversation';
import { ProgramsKept } from './programs-kept';
import { ensureWork } from './work-stream';

/** Of the broker and the hosts, before something is taken for forgotten. */
const PATIENCE_MS = 3 * LEASE_MS;
const PAUSE_MS = 200;
const PUBLISH_MS = 3000;
const CONFIRMED = 'kept';
/** Before a broker that takes nothing is taken at its word. */
const MOST_REFUSALS = 50;

export class PoolDesk {
  readonly #desk: Desk;
  readonly #pool: string;
  #opened: { broker: Broker; presence: Presence } | undefined;
  readonly #book = new Book();
  readonly programs = new ProgramsKept();
  readonly #subscriptions: { unsubscribe(): void }[] = [];
  #looking: NodeJS.Timeout | undefined;
  #streamCreated = '';
  #hasLeft = false;

  /** Programs are learnt before it is open. */
  constructor(desk: Desk, pool: string) {
    this.#desk = desk;
    this.#pool = pool;
  }

  get #there(): { broker: Broker; presence: Presence } {
    if (this.#opened === undefined) throw new TypeError('The pool is not open.');
    return this.#opened;
  }

  get #broker(): Broker {
    return this.#there.broker;
  }

  get #presence(): Presence {
    return this.#there.presence;
  }

  async open(broker: Broker): Promise<void> {
    this.#opened = { broker, presence: new Presence(broker, () => this.#tellHosts()) };
    const { nc, names } = broker;
    const listen = (subject: string, then: (message: Msg) => unknown) => {
      this.#subscriptions.push(nc.subscribe(subject, { callback: heard(then) }));
    };
    listen(names.output(this.#pool), ({ data }) =>
      this.#tell({ type: 'printed', printed: deserialize(data) as Printed[] }),
    );
    listen(names.began(this.#pool), ({ headers }) => this.#began(headOf(headers?.get(HEAD))));
    listen(names.answer(this.#pool), (message) => this.#answered(message));
    listen(names.program(this.#pool), (message) => this.programs.answer(message, broker));
    // Its client connects no more where it was turned away again and again.
    void nc.closed().then(() => this.#tell({ type: 'ended' }));
    this.#streamCreated = await ensureWork(this.#broker);
    await this.#presence.watch();
    this.#looking = setInterval(() => this.#look(), LEASE_MS);
    this.#tellHosts();
  }

  give({ head, items }: PoolWords['give']): void {
    void this.#publish(this.#book.add(head, items, performance.now()));
  }

  drop({ work, isHard }: PoolWords['drop']): void {
    if (this.#opened === undefined) return;
    const outs = this.#book.ofWork(work);
    for (const out of outs) this.#forget(out);
    if (outs.length > 0 || isHard) this.#stop({ work, isHard });
    if (outs.length > 0) void this.#purge(work);
  }

  recall({ work }: PoolWords['recall']): void {
    for (const out of this.#book.ofWork(work)) {
      out.isRecalled = true;
      if (out.hosts.length === 0) this.#recall(out);
    }
    this.#stop({ work, isHard: false });
    void this.#purge(work);
  }

  async leave(): Promise<void> {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    if (this.#opened === undefined) return;
    clearInterval(this.#looking);
    this.#presence.stop();
    for (const out of this.#book.out) this.#forget(out);
    this.#stop({ isHard: true });
    this.programs.clear();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    // A broker that is away must not keep the program from its end.
    await Promise.race([this.#purge('>'), pause(PAUSE_MS)]);
  }

  /** The broker was away. One that has forgotten everything is told it again; of two the first counts. */
  async reconnected(): Promise<void> {
    while (!this.#hasLeft && !this.#broker.nc.isClosed()) {
      try {
        const created = await ensureWork(this.#broker);
        await this.#presence.watch();
        if (created !== this.#streamCreated) for (const out of this.#book.out) void this.#publish(out);
        this.#streamCreated = created;
        return this.#tellHosts();
      } catch {
        await pause(PAUSE_MS);
      }
    }
  }

  #tell(event: PoolEvent, transfer: ArrayBuffer[] = []): void {
    this.#desk.tell(this.#pool, event, transfer);
  }

  #tellHosts(): void {
    this.#tell({ type: 'hosts', hosts: this.#presence.hosts });
  }

  async #publish(out: Out): Promise<void> {
    const { nc, names, js } = this.#broker;
    const { work, chunk } = out.head;
    const msgID = `${this.#pool}.${chunk}.${out.publishings++}`;
    for (let refusals = 0; this.#book.has(out) && !this.#hasLeft; ) {
      try {
        const large = out.blob === undefined ? await sendLarge(this.#broker, out.items) : { blob: out.blob };
        if (!(large instanceof Uint8Array)) out.blob = large.blob;
        const head = out.blob === undefined ? out.head : { ...out.head, blob: out.blob };
        const body = large instanceof Uint8Array ? large : undefined;
        await js.publish(names.work(this.#pool, work), body, {
          msgID,
          timeout: PUBLISH_MS,
          headers: withHead(head),
        });
        return;
      } catch (error) {
        // The broker is away or busy: asked again by the same name, it keeps one of them. Or it has no room.
        if (nc.isClosed()) return;
        const isForbidden = forbidden(error) !== undefined;
        if (isForbidden || (error instanceof JetStreamApiError && ++refusals > MOST_REFUSALS))
          return this.#refused(out, told(error, this.#desk.place) as Error);
        await pause(PAUSE_MS);
      }
    }
  }

  #refused(out: Out, { message }: Error): void {
    if (this.#book.take(out.head) !== undefined)
      this.#tell({ type: 'refused', chunk: out.head.chunk, message: message.replace(/\.$/, '') });
  }

  #began(head: BeganHead): void {
    const what = this.#book.began(head, performance.now());
    if (what === 'unknown') return;
    if (what === 'began') {
      this.#tell({ type: 'began', chunk: head.chunk, host: head.isHandedBack ? undefined : head.host });
      return;
    }
    const hosts = this.#book.hostsOf(head.chunk).slice(0, -1);
    const out = this.#book.take(head);
    if (out === undefined) return;
    this.#stop({ work: out.head.work, isHard: true });
    this.#tell({ type: 'lost', chunk: head.chunk, hosts });
  }

  async #answered(message: Msg): Promise<void> {
    const head = headOf<AnswerHead>(message.headers?.get(HEAD));
    const out = this.#book.take(head);
    // From here on it cannot be lost but with this program, so the host need not keep it.
    message.respond(CONFIRMED);
    if (head.blob !== undefined && out === undefined)
      return void forgetLarge(this.#broker, { blob: head.blob });
    if (out === undefined) return;
    let body: Uint8Array<ArrayBuffer>;
    try {
      // The buffer of what was just read belongs to the client, which goes on reading into it.
      const { blob } = head;
      const bytes = blob === undefined ? message.data : await receiveLarge(this.#broker, { blob }, true);
      body = new Uint8Array(bytes);
    } catch {
      this.#book.putBack(out, performance.now());
      return this.#publish(out);
    }
    if (out.blob !== undefined) void forgetLarge(this.#broker, { blob: out.blob });
    this.#tell({ type: 'answered', head, body }, [body.buffer]);
  }

  #stop(head: StopHead): void {
    const { nc, names } = this.#broker;
    if (!nc.isClosed()) nc.publish(names.stop(this.#pool), undefined, { headers: withHead(head) });
  }

  async #purge(work: number | '>'): Promise<void> {
    const { jsm, names } = this.#broker;
    await jsm.streams.purge(names.workStream, { filter: names.work(this.#pool, work) }).catch(() => {});
  }

  #recall(out: Out): void {
    this.#forget(out);
    this.#tell({ type: 'recalled', chunk: out.head.chunk });
  }

  #forget(out: Out): void {
    this.#book.remove(out);
    if (out.blob !== undefined) void forgetLarge(this.#broker, { blob: out.blob });
  }

  /**
   * The broker should not forget what it was given, but its store may be wiped: who has the items sees to it.
   */
  #look(): void {
    this.#presence.prune();
    if (this.#broker.nc.isClosed()) return;
    const hosts = this.#presence.hosts.filter(({ versions }) => canTalk(myVersions(), versions));
    const hasIdle = hosts.some(({ busy, slots }) => busy < slots);
    const now = performance.now();
    for (const out of this.#book.forgotten(now, PATIENCE_MS, hasIdle, (id) => this.#presence.has(id))) {
      if (out.isRecalled) this.#recall(out);
      else {
        out.lastAt = now;
        void this.#publish(out);
      }
    }
  }
}
