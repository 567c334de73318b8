// Queue, as a program under control sees it.
import type { QueueWaitOptions, Queue as RealQueue } from '../../channel/queue';
import { InvalidArgumentError, QueueClosedError, QueueEmptyError, QueueFullError } from '../../errors';
import { type Handle, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { also, showAs } from '../../system/show-as';
import { type Readiness, waitable } from '../../waiting/waitable';
import { received } from '../garble';
import { letItem, openItem } from '../items';
import { contents, UNBOUNDED } from '../machines/queue';
import type { Source } from '../machines/wait-any';
import { GAVE_UP, type Plain, perform } from '../operations';
import type { Public } from './public';
import { type At, type Shape, Thing } from './thing';
import { sourceOf, type Waited } from './wait-any';
import { letTheRestBeTried, type Waiting, wait, waitingFor } from './waiting';

export class Queue<T = unknown>
  extends Thing
  implements Public<RealQueue<T>, 'listen' | 'next'>, AsyncIterable<T>, Waited
{
  readonly #limit: number;
  /** What this process waits for here. */
  readonly #waits = new Set<() => void>();
  #isClosed = false;

  constructor(maxsize = 0, made: NameOption | At = {}, type = 'queue') {
    if (!Number.isInteger(maxsize)) throw new InvalidArgumentError('maxsize', 'a whole number', maxsize);
    const countsWork = type === 'joinable-queue';
    const className = countsWork ? 'JoinableQueue' : 'Queue';
    super(
      { type, machine: 'queue', initial: contents(maxsize, countsWork), className } satisfies Shape,
      made,
    );
    this.#limit = maxsize > 0 ? maxsize : UNBOUNDED;
  }

  async put(item: T, options?: QueueWaitOptions): Promise<void> {
    this.#checkOpen('put');
    const waiting = this.#waiting('put', options);
    this.#checkPut(await wait('put', this.thing, [letItem(item, true)], waiting), waiting);
  }

  putSync(item: T, options?: QueueWaitOptions): void {
    this.#checkOpen('putSync');
    const waiting = waitingFor('', options, 'queueWait');
    const { timeoutMs } = waiting;
    this.#checkPut(perform('put', this.thing, [letItem(item, true)], { timeoutMs }), waiting);
  }

  putNowait(item: T): void {
    this.putSync(item, { block: false });
  }

  async get(options?: QueueWaitOptions): Promise<T> {
    this.#checkOpen('get');
    const waiting = this.#waiting('get', options);
    return this.#open(await wait('get', this.thing, [], waiting), waiting);
  }

  getSync(options?: QueueWaitOptions): T {
    this.#checkOpen('getSync');
    const waiting = waitingFor('', options, 'queueWait');
    const { timeoutMs } = waiting;
    return this.#open(perform('get', this.thing, [], { timeoutMs }), waiting);
  }

  getNowait(): T {
    return this.getSync({ block: false });
  }

  qsize(): number {
    return this.do('qsize') as number;
  }

  empty(): boolean {
    return this.qsize() === 0;
  }

  full(): boolean {
    return this.qsize() >= this.#limit;
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#waits.size > 0) letTheRestBeTried();
    this.#isClosed = true;
    for (const close of [...this.#waits]) close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (!this.#isClosed) {
      let item: T;
      try {
        item = await this.get();
      } catch (error) {
        if (error instanceof QueueClosedError) return;
        throw error;
      }
      yield item;
    }
  }

  /** @internal */
  [waitable](): Readiness {
    return { isReady: () => this.#isClosed || !this.empty() };
  }

  [sourceOf](): Source {
    return this.#isClosed ? ['always'] : ['queue', this.thing];
  }

  /** @internal */
  override [toHandle](): Handle {
    return { ...super[toHandle](), maxsize: this.#limit === UNBOUNDED ? 0 : this.#limit };
  }

  static {
    showAs(
      Queue.prototype,
      (queue: Queue) => `<${queue.constructor.name} of ${queue.qsize()}${also(queue.#isClosed, 'closed')}>`,
    );
  }

  #waiting(method: string, options: QueueWaitOptions | undefined): Waiting {
    const endings = { all: this.#waits, error: () => new QueueClosedError(method) };
    return { ...waitingFor(`Queue.${method}()`, options, 'queueWait'), endings };
  }

  #open(result: Plain, { timeoutMs }: Waiting): T {
    if (result === GAVE_UP) throw new QueueEmptyError(timeoutMs || undefined);
    return received(openItem(result as string, true) as T);
  }

  #checkPut(result: Plain, { timeoutMs }: Waiting): void {
    if (result === GAVE_UP) throw new QueueFullError(this.#limit, timeoutMs || undefined);
  }

  #checkOpen(method: string): void {
    if (this.#isClosed) throw new QueueClosedError(method);
  }
}
