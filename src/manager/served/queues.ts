// Queue and JoinableQueue in the server of a manager.
import { inspect } from 'node:util';
import { InvalidArgumentError, QueueEmptyError, QueueFullError, TooManyDoneError } from '../../errors';
import { currentCaller } from '../caller';
import { timedOut, Waiters } from './waiters';

interface Blocking {
  timeout?: number;
  block?: boolean;
}

export class ServedQueue<T = unknown> {
  readonly #items: T[] = [];
  readonly #maxsize: number;
  readonly #room = new Waiters();
  readonly #filled = new Waiters();

  constructor(maxsize = 0) {
    if (!Number.isInteger(maxsize)) throw new InvalidArgumentError('maxsize', 'a whole number', maxsize);
    this.#maxsize = maxsize > 0 ? maxsize : Number.POSITIVE_INFINITY;
  }

  async put(item: T, options: Blocking = {}): Promise<void> {
    const { signal } = currentCaller();
    const timeout = timeoutOf(options);
    const placed = await this.#room.wait(() => this.#place(item), { what: 'Queue.put()', timeout, signal });
    if (placed === timedOut) throw new QueueFullError(this.#maxsize, timeout || undefined);
  }

  putNowait(item: T): Promise<void> {
    return this.put(item, { block: false });
  }

  async get(options: Blocking = {}): Promise<T> {
    const { signal } = currentCaller();
    const timeout = timeoutOf(options);
    const taken = await this.#filled.wait(() => this.#take(), { what: 'Queue.get()', timeout, signal });
    if (taken === timedOut) throw new QueueEmptyError(timeout || undefined);
    return taken.item;
  }

  getNowait(): Promise<T> {
    return this.get({ block: false });
  }

  qsize(): number {
    return this.#items.length;
  }

  empty(): boolean {
    return this.#items.length === 0;
  }

  full(): boolean {
    return this.#items.length >= this.#maxsize;
  }

  [inspect.custom](): string {
    return `of ${this.#items.length}`;
  }

  #place(item: T): true | undefined {
    if (this.full()) return undefined;
    this.#items.push(item);
    this._placed();
    this.#filled.look();
    return true;
  }

  /** JoinableQueue counts here what was put. */
  protected _placed(): void {}

  #take(): { item: T } | undefined {
    if (this.empty()) return undefined;
    const item = this.#items.shift() as T;
    this.#room.look();
    return { item };
  }
}

export class ServedJoinableQueue<T = unknown> extends ServedQueue<T> {
  readonly #finished = new Waiters();
  #unfinished = 0;

  taskDone(): void {
    if (this.#unfinished === 0) throw new TooManyDoneError();
    this.#unfinished--;
    this.#finished.look();
  }

  async join({ timeout }: { timeout?: number } = {}): Promise<boolean> {
    const wait = { what: 'JoinableQueue.join()', timeout, signal: currentCaller().signal };
    return (await this.#finished.wait(() => this.#unfinished === 0 || undefined, wait)) !== timedOut;
  }

  protected override _placed(): void {
    this.#unfinished++;
  }
}

function timeoutOf({ block, timeout }: Blocking): number | undefined {
  return block === false ? 0 : timeout;
}
