// The library's classes as a program under control sees them: the same methods, each one operation or a few.
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { type Composite, controlledViews, type Handle, type Parts, type Shareable, toHandle, toParts } from '../objects/handle';
import { letItem, openItem } from './items';
import { GAVE_UP, newThing, type Operation, perform, type Plain, request, runner, thingAt } from './operations';

interface WaitOptions {
  timeout?: number;
  block?: boolean;
  onOwnerDied?: string;
}

function timeoutOf(options: WaitOptions | undefined): { timeoutMs: number | undefined } {
  return { timeoutMs: options?.block === false ? 0 : options?.timeout };
}

/** A thing that processes share; made from the handle of one that exists, or anew. */
abstract class Thing implements Shareable {
  readonly index: number;
  readonly #type: string;

  constructor(type: string, index: number) {
    this.#type = type;
    this.index = index;
  }

  [toHandle](): Handle {
    return { kind: 'explored', type: this.#type, index: this.index };
  }

  protected do(kind: string, args: Plain[] = [], options?: WaitOptions): Plain {
    return perform(kind, this.index, args, timeoutOf(options));
  }

  protected ask(kind: string, args: Plain[] = [], options?: WaitOptions): Promise<Plain> {
    return request(kind, this.index, args, timeoutOf(options));
  }
}

/** An index stands for a thing that exists. */
export class At {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

interface Named {
  name?: string;
}

function indexOf(made: Named | At | undefined, machine: string, initial: unknown, kind: string): number {
  return made instanceof At ? made.index : newThing(machine, initial, kind, made?.name);
}

abstract class LockLike extends Thing {
  async acquire(options?: WaitOptions) {
    return this.#held(await this.ask('acquire', [options?.onOwnerDied], options));
  }
  acquireSync(options?: WaitOptions) {
    return this.#held(this.do('acquire', [options?.onOwnerDied], options));
  }
  release(): void {
    runner().local.held.delete(this.index);
    this.do('release');
  }
  locked() {
    return this.do('locked') as boolean;
  }
  async with<T>(body: () => T | PromiseLike<T>, options?: WaitOptions): Promise<T> {
    await this.acquire(options);
    try {
      return await body();
    } finally {
      this.release();
    }
  }
  #held(result: Plain) {
    if (result === GAVE_UP) return false;
    const { held, } = runner().local;
    const number = ++acquisitions;
    held.set(this.index, number);
    const release = () => {
      if (runner().local.held.get(this.index) === number) this.release();
    };
    return { release, [Symbol.dispose]: release };
  }
}
let acquisitions = 0;

export class Lock extends LockLike {
  constructor(made?: Named | At) {
    super('lock', indexOf(made, 'lock', null, 'Lock'));
  }
}

export class RLock extends LockLike {
  constructor(made?: Named | At) {
    super('rlock', indexOf(made, 'rlock', [null, 0], 'RLock'));
  }
}

const MOST = 2 ** 31 - 1;

export class Semaphore extends Thing {
  constructor(value: number | At = 1, options?: Named, limit = MOST, type = 'semaphore') {
    super(type, indexOf(value instanceof At ? value : options, 'semaphore', [value, limit], 'Semaphore'));
  }
  async acquire(options?: WaitOptions) {
    return (await this.ask('acquire', [], options)) === GAVE_UP ? false : this.#held();
  }
  acquireSync(options?: WaitOptions) {
    return this.do('acquire', [], options) === GAVE_UP ? false : this.#held();
  }
  release(count = 1): void {
    this.do('release', [count]);
  }
  getValue() {
    return this.do('getValue') as number;
  }
  locked() {
    return this.getValue() === 0;
  }
  async with<T>(body: () => T | PromiseLike<T>): Promise<T> {
    await this.acquire();
    try {
      return await body();
    } finally {
      this.release();
    }
  }
  #held() {
    let isReleased = false;
    const release = () => {
      if (!isReleased) this.release();
      isReleased = true;
    };
    return { release, [Symbol.dispose]: release };
  }
}

export class BoundedSemaphore extends Semaphore {
  constructor(value: number | At = 1, options?: Named) {
    super(value, options, value instanceof At ? MOST : value, 'bounded-semaphore');
  }
}

export class Event extends Thing {
  constructor(made?: Named | At) {
    super('event', indexOf(made, 'event', 0, 'Event'));
  }
  isSet() {
    return this.do('isSet') as boolean;
  }
  set(): void {
    this.do('set');
  }
  clear(): void {
    this.do('clear');
  }
  async wait(options?: WaitOptions) {
    const seen = await this.ask('look');
    return seen === true || (await this.ask('changed', [seen], options)) !== GAVE_UP;
  }
  waitSync(options?: WaitOptions) {
    const seen = this.do('look');
    return seen === true || this.do('changed', [seen], options) !== GAVE_UP;
  }
}

export class Barrier extends Thing {
  constructor(parties: number | At, options?: Named) {
    super('barrier', indexOf(parties instanceof At ? parties : options, 'barrier', [parties, 0, 0], 'Barrier'));
  }
  async wait() {
    const [place, generation] = (await this.ask('arrive')) as [number, number];
    await this.ask('pass', [generation]);
    return place;
  }
  waitSync() {
    const [place, generation] = this.do('arrive') as [number, number];
    this.do('pass', [generation]);
    return place;
  }
}

/** A composite, not a handle: its lock travels with it. */
export class Condition implements Composite {
  readonly #lock: Lock | RLock;
  readonly #index: number;
  constructor(lock: Lock | RLock = new RLock(), made?: Named | At) {
    this.#index = indexOf(made, 'condition', [0, 0], 'Condition');
    this.#lock = lock;
  }
  acquire(options?: WaitOptions) {
    return this.#lock.acquire(options);
  }
  acquireSync(options?: WaitOptions) {
    return this.#lock.acquireSync(options);
  }
  release(): void {
    this.#lock.release();
  }
  with<T>(body: () => T | PromiseLike<T>): Promise<T> {
    return this.#lock.with(body);
  }
  async wait(options?: WaitOptions) {
    perform('enter', this.#index);
    this.#lock.release();
    const result = await request('wake', this.#index, [], timeoutOf(options));
    if (result === GAVE_UP) perform('leave', this.#index);
    await this.#lock.acquire();
    return result !== GAVE_UP;
  }
  waitSync(options?: WaitOptions) {
    perform('enter', this.#index);
    this.#lock.release();
    const result = perform('wake', this.#index, [], timeoutOf(options));
    if (result === GAVE_UP) perform('leave', this.#index);
    this.#lock.acquireSync();
    return result !== GAVE_UP;
  }
  async waitFor<T>(predicate: () => T | PromiseLike<T>): Promise<T> {
    for (;;) {
      const result = await predicate();
      if (result) return result;
      await this.wait();
    }
  }
  waitForSync<T>(predicate: () => T): T {
    for (;;) {
      const result = predicate();
      if (result) return result;
      this.waitSync();
    }
  }
  notify(count = 1): void {
    perform('notify', this.#index, [count]);
  }
  notifyAll(): void {
    this.notify(MOST);
  }
  [toParts](): Parts {
    return { kind: 'condition', parts: [this.#lock, this.#index] };
  }
}

export class Queue<T = unknown> extends Thing implements AsyncIterable<T> {
  constructor(maxsize: number | At = 0, options?: Named, type = 'queue') {
    const made = maxsize instanceof At ? maxsize : options;
    super(type, indexOf(made, 'queue', [typeof maxsize === 'number' && maxsize > 0 ? maxsize : MOST, 0], type === 'queue' ? 'Queue' : 'JoinableQueue'));
  }
  async put(item: T, options?: WaitOptions) {
    this.#checkPut(await this.ask('put', [letItem(item)], options), options);
  }
  putSync(item: T, options?: WaitOptions) {
    this.#checkPut(this.do('put', [letItem(item)], options), options);
  }
  putNowait(item: T) {
    this.putSync(item, { block: false });
  }
  async get(options?: WaitOptions): Promise<T> {
    return this.#opened(await this.ask('get', [], options), options);
  }
  getSync(options?: WaitOptions): T {
    return this.#opened(this.do('get', [], options), options);
  }
  getNowait(): T {
    return this.getSync({ block: false });
  }
  qsize() {
    return this.do('qsize') as number;
  }
  empty() {
    return this.qsize() === 0;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) yield await this.get();
  }
  close(): void {}
  #opened(result: Plain, options: WaitOptions | undefined): T {
    if (result === GAVE_UP) throw new (errors().QueueEmptyError)(options?.timeout);
    return openItem(result as string) as T;
  }
  #checkPut(result: Plain, options: WaitOptions | undefined): void {
    if (result === GAVE_UP) throw new (errors().QueueFullError)(0, options?.timeout);
  }
}

export class JoinableQueue<T = unknown> extends Queue<T> {
  constructor(maxsize: number | At = 0, options?: Named) {
    super(maxsize, options, 'joinable-queue');
  }
  taskDone(): void {
    this.do('taskDone');
  }
  async join(options?: WaitOptions) {
    return (await this.ask('joined', [], options)) !== GAVE_UP;
  }
  joinSync(options?: WaitOptions) {
    return this.do('joined', [], options) !== GAVE_UP;
  }
}

function errors() {
  return require('../errors') as typeof import('../errors');
}

// Numbers in shared memory: a Proxy in place of a typed array, so that each reading and each writing is an operation.

type Cells = { [index: number]: number | bigint } & ArrayLike<number | bigint>;
type CellsClass = new (length: number) => Cells;

export interface View {
  index: number;
  kind: string;
  from: number;
  length: number;
}
const views = new WeakMap<object, View>();

export function isView(value: unknown): value is Cells {
  return typeof value === 'object' && value !== null && views.has(value);
}

export function makeView(view: View): object {
  const { index, kind, from, length } = view;
  const Class = (globalThis as unknown as Record<string, CellsClass>)[kind] as CellsClass;
  const target = new Class(0);
  const scratch = new Class(1) as { [index: number]: number | bigint };
  const at = (key: string | symbol) => (typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : undefined);
  const proxy: object = new Proxy(target, {
    get(_target, key, receiver) {
      const place = at(key);
      if (place !== undefined) return place < length ? openCell(perform('read', index, [from + place]), kind) : undefined;
      if (key === 'length') return length;
      if (key === toHandle) return () => ({ kind: 'explored-view', index, type: kind, from, length });
      if (key === 'buffer') throw new Error('explore() cannot follow the buffer below a shared array: use the array itself.');
      if (key === 'subarray') {
        return (begin = 0, end = length) => makeView({ index, kind, from: from + begin, length: Math.max(0, end - begin) });
      }
      if (key === 'set') {
        return (source: ArrayLike<number>, offset = 0) => {
          for (let i = 0; i < source.length; i++) receiver[offset + i] = source[i];
        };
      }
      if (key === Symbol.iterator) return () => Array.prototype.values.call(proxy);
      const generic: unknown = Reflect.get(Array.prototype, key);
      if (typeof generic === 'function' && key !== 'constructor') return generic.bind(proxy);
      return Reflect.get(target, key);
    },
    set(_target, key, value) {
      const place = at(key);
      if (place === undefined) return Reflect.set(target, key, value);
      scratch[0] = value;
      if (place < length) perform('write', index, [from + place, letCell(scratch[0] as number | bigint)]);
      return true;
    },
    has: (_target, key) => key === toHandle || (at(key) ?? length) < length || Reflect.has(target, key),
  });
  views.set(proxy, view);
  controlledViews.add(proxy);
  return proxy;
}

/** Atomics.add(): one operation. */
export function addTo(array: object, place: number, much: number): Plain {
  const { index, from } = views.get(array) as View;
  return perform('add', index, [from + place, much]);
}

function letCell(value: number | bigint): Plain {
  if (typeof value === 'bigint') return String(value);
  return Number.isFinite(value) ? value : String(value);
}

export function openCell(cell: Plain, kind: string): number | bigint {
  return kind.startsWith('Big') ? BigInt(String(cell)) : Number(cell);
}

export function cellsOf(array: ArrayLike<number | bigint>): Plain[] {
  return Array.from(array, letCell);
}

const kinds: Record<string, string> = {
  int8: 'Int8Array', uint8: 'Uint8Array', int16: 'Int16Array', uint16: 'Uint16Array', int32: 'Int32Array', uint32: 'Uint32Array',
  float32: 'Float32Array', float64: 'Float64Array', bigint64: 'BigInt64Array', biguint64: 'BigUint64Array',
  i: 'Int32Array', d: 'Float64Array', f: 'Float32Array', c: 'Uint8Array', b: 'Int8Array', B: 'Uint8Array', l: 'BigInt64Array',
};

function newView(type: string, initial: number | Iterable<number | bigint>, name: string): object {
  const kind = kinds[type];
  if (kind === undefined) throw new (errors().InvalidArgumentError)('type', 'a kind of number', type);
  const Class = (globalThis as unknown as Record<string, { from(items: unknown): Cells }>)[kind] as { from(items: unknown): Cells };
  const zero = kind.startsWith('Big') ? 0n : 0;
  const items = typeof initial === 'number' ? new Array(initial).fill(zero) : [...initial];
  const cells = cellsOf(Class.from(items));
  return makeView({ index: newThing('memory', cells, name), kind, from: 0, length: cells.length });
}

export const RawArray = function RawArray(type: string, initial: number | Iterable<number>): object {
  return newView(type, initial, 'RawArray');
} as unknown as new (type: string, initial: number | Iterable<number>) => Cells;

export class RawValue implements Composite {
  readonly #array: Cells;
  constructor(type: string | Cells, initial?: number | bigint) {
    this.#array = (typeof type === 'string' ? newView(type, initial === undefined ? 1 : [initial], 'Value') : type) as Cells;
  }
  get value() {
    return this.#array[0] as number | bigint;
  }
  set value(value) {
    this.#array[0] = value;
  }
  [toParts](): Parts {
    return { kind: 'raw-value', parts: [this.#array] };
  }
}

export class Value implements Composite {
  readonly #raw: RawValue;
  readonly #lock: Lock;
  constructor(type: string | RawValue, initial?: number | bigint, { lock = new Lock() }: { lock?: Lock } = {}) {
    this.#raw = type instanceof RawValue ? type : new RawValue(type, initial);
    this.#lock = lock;
  }
  get value() {
    return this.#raw.value;
  }
  set value(value) {
    this.#raw.value = value;
  }
  getLock() {
    return this.#lock;
  }
  getObj() {
    return this.#raw;
  }
  acquire(options?: WaitOptions) {
    return this.#lock.acquire(options);
  }
  acquireSync(options?: WaitOptions) {
    return this.#lock.acquireSync(options);
  }
  release() {
    this.#lock.release();
  }
  with<R>(body: () => R | PromiseLike<R>) {
    return this.#lock.with(body);
  }
  [toParts](): Parts {
    return { kind: 'value', parts: [this.#raw, this.#lock] };
  }
}

interface Guarded extends Cells {
  getLock(): Lock;
}

export function guard(view: object, lock: Lock): object {
  const methods: Record<string | symbol, unknown> = {
    getLock: () => lock,
    getObj: () => view,
    acquire: (options?: WaitOptions) => lock.acquire(options),
    acquireSync: (options?: WaitOptions) => lock.acquireSync(options),
    release: () => lock.release(),
    guard: (body: () => unknown) => lock.with(body),
    [toHandle]: undefined,
    [toParts]: () => ({ kind: 'shared-array', parts: [view, lock] }),
  };
  const proxy = new Proxy(view, {
    get: (target, key) => (key in methods ? methods[key] : Reflect.get(target, key)),
    has: (target, key) => key !== toHandle && (key in methods || Reflect.has(target, key)),
  });
  views.set(proxy, views.get(view) as View);
  controlledViews.add(proxy);
  return proxy;
}

export const SharedArray = function SharedArray(
  type: string,
  initial: number | Iterable<number>,
  { lock = new Lock() }: { lock?: Lock } = {},
): object {
  return guard(newView(type, initial, 'Array'), lock);
} as unknown as new (type: string, initial: number | Iterable<number>, options?: { lock?: Lock }) => Guarded;

// Processes.

interface ProcessOptions {
  target?: (...args: never[]) => unknown;
  args?: unknown[];
  name?: string;
  daemon?: boolean;
}

export class Process {
  readonly #path: string;
  readonly #target: (...args: never[]) => unknown;
  readonly #args: unknown[];
  readonly name: string;
  daemon: boolean;
  #phase: 'created' | 'started' | 'closed' = 'created';

  constructor({ target = () => {}, args = [], name, daemon }: ProcessOptions = {}) {
    const { local, path } = runner();
    const number = ++local.children;
    this.#path = path === '' ? `${number}` : `${path}.${number}`;
    this.#target = target;
    this.#args = args;
    this.name = name ?? `Process-${this.#path.replaceAll('.', ':')}`;
    this.daemon = daemon ?? local.daemon;
    if (this.run !== Process.prototype.run) throw new Error('The prototype of explore() does not know run() of a subclass.');
  }
  run(): unknown {
    return undefined;
  }
  get pid() {
    return this.#phase === 'created' ? undefined : pid(this.#path);
  }
  get ident() {
    return this.pid;
  }
  start(): void {
    if (this.#phase !== 'created') throw new (errors().AlreadyStartedError)(this.name);
    if (runner().local.daemon) throw new (errors().DaemonChildError)(runner().local.name);
    this.#phase = 'started';
    startChild(this.#path, this.name, this.daemon, () => capture({ target: this.#target, args: this.#args }));
  }
  async join({ timeout }: { timeout?: number } = {}): Promise<void> {
    this.#started('join');
    await request('join', -1, [this.#path], { timeoutMs: timeout });
  }
  joinSync({ timeout }: { timeout?: number } = {}): void {
    this.#started('joinSync');
    perform('join', -1, [this.#path], { timeoutMs: timeout });
  }
  get exitcode() {
    if (this.#phase === 'created') return null;
    return perform('status', -1, [this.#path]) as number | null;
  }
  isAlive() {
    return this.#phase === 'started' && perform('status', -1, [this.#path]) === null;
  }
  terminate() {
    this.#started('terminate');
    perform('kill', -1, [this.#path, -15]);
  }
  kill() {
    this.#started('kill');
    perform('kill', -1, [this.#path, -9]);
  }
  close() {
    this.#phase = 'closed';
  }
  #started(method: string): void {
    if (this.#phase === 'created') throw new (errors().NotStartedError)(this.name, method);
  }
}

function startChild(path: string, name: string, daemon: boolean, program: () => Captured): void {
  const started = { kind: 'start', object: -1, args: [path, name, daemon], isSync: true, timeoutMs: undefined, where: undefined };
  const operation: Operation & { capture(): Captured } = { ...started, key: `start ${path} ${name} ${daemon}`, capture: program };
  runner().perform(operation);
}

function pid(path: string): number {
  const { pidOf } = require('./execution') as typeof import('./execution');
  return pidOf(path);
}

export function currentProcess() {
  const { name, pid, daemon } = runner().local;
  return { name, pid, ident: pid, daemon, exitcode: null, authkey: new Uint8Array(32), isAlive: () => true };
}

export function parentProcess() {
  const { parent } = runner().local;
  return parent && { ...parent, ident: parent.pid, isAlive: () => true };
}

export function thingName(index: number): string {
  return thingAt(index).name;
}
