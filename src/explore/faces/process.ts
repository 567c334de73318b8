// Process, as a program under control sees it.

import { inspect } from 'node:util';
import { capture } from '../../capture/capture';
import type { Captured } from '../../capture/captured';
import {
  AlreadyStartedError,
  DaemonChildError,
  InvalidArgumentError,
  NotParentError,
  NotSerializableError,
  NotStartedError,
  ProcessClosedError,
  StillRunningError,
} from '../../errors';
import { checkOptionsOf } from '../../given';
import { defaultName } from '../../identity/identity';
import { type Base, type Handle, type Rebased, type Shareable, toBase, toHandle } from '../../objects/handle';
import type { JoinOptions } from '../../process/ending';
import type { Process as RealProcess } from '../../process/process';
import type { ProcessOptions } from '../../process/process-options';
import { SentProcess } from '../../process/sent-process';
import { type Readiness, type Waitable, waitable } from '../../waiting/waitable';
import { endsIn } from '../items';
import type { Source } from '../machines/wait-any';
import { perform, runner } from '../operations';
import { childPath, pidOf } from '../paths';
import { hasConnections } from './connection';
import type { Public } from './public';
import { refusal } from './refusal';
import { authkey } from './secrets';
import { sourceOf, type Waited } from './wait-any';
import { wait, waitingFor } from './waiting';

/** Tells the constructor that it makes the running process's own object, of which its parent has another. */
export const itself: unique symbol = Symbol('parlab.itself');

/** Exported by name, so that it reaches the child as module and name. */
export function callRun(child: Process): unknown {
  return child.run();
}

type Phase = 'created' | 'started' | 'closed';

const SIGINT = 2;
const SIGKILL = 9;
const SIGTERM = 15;

export class Process<A extends unknown[] = never[]>
  implements Public<RealProcess<A>>, Shareable, Waited, Rebased
{
  readonly #task: { target: (...args: never[]) => unknown; args: unknown[] };
  readonly #path: string;
  readonly #isItself: boolean;
  #name: string;
  #daemon: boolean;
  #authkey = authkey();
  #isTravelling = false;
  #phase: Phase = 'created';

  constructor(options: ProcessOptions<A> = {} as ProcessOptions<A>, self?: typeof itself) {
    const { local, path } = runner();
    checkOptionsOf('process', options);
    const { target = () => {}, args = [], name, daemon = local.daemon } = options;
    if (typeof target !== 'function') throw new InvalidArgumentError('target', 'a function', target);
    if (!Array.isArray(args)) throw new InvalidArgumentError('args', 'an array, such as [value]', args);
    this.#task = { target, args };
    this.#isItself = self === itself;
    this.#path = this.#isItself ? path : childPath(path, ++local.children);
    this.#name = name ?? defaultName(new.target.name, this.#path.split('.').map(Number));
    this.#daemon = daemon;
    if (!this.#isItself) local.known.set(processKey(this.#path), this);
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  get daemon(): boolean {
    return this.#daemon;
  }

  set daemon(daemon: boolean) {
    if (this.#phase !== 'created') throw new AlreadyStartedError(this.#name);
    this.#daemon = daemon;
  }

  get pid(): number | undefined {
    return this.#phase === 'created' && !this.#isItself ? undefined : pidOf(this.#path);
  }

  get ident(): number | undefined {
    return this.pid;
  }

  get authkey(): Uint8Array {
    return this.#authkey;
  }

  set authkey(authkey: Uint8Array) {
    this.#authkey = Uint8Array.from(authkey);
  }

  /** The place where it stands in the tree of processes. */
  get path(): string {
    return this.#path;
  }

  get sentinel(): Waitable {
    this.#started('sentinel');
    const end: Waitable & Waited = {
      [waitable]: () => ({ isReady: () => this.#hasEnded() }),
      [sourceOf]: () => ['end', this.#path],
    };
    return end;
  }

  get exitcode(): number | null {
    this.#checkOpen('exitcode');
    return this.#phase === 'created' ? null : (perform('status', -1, [this.#path]) as number | null);
  }

  run(): unknown {
    return this.#task.target(...(this.#task.args as never[]));
  }

  start(): void {
    if (this.#isItself) throw new NotParentError(this.#name, 'start');
    const { local } = runner();
    if (this.#phase === 'closed') throw new ProcessClosedError(this.#name, 'start');
    if (this.#phase !== 'created') throw new AlreadyStartedError(this.#name);
    if (local.daemon) throw new DaemonChildError(local.name);
    let captured: Captured | undefined;
    // A process that could give an end of a pipe to a child must see each time whether it does.
    if (hasConnections()) {
      captured = this.#captured();
      for (const [pipe, side] of endsIn(captured)) perform('hold', pipe, [side, this.#path]);
    }
    this.#phase = 'started';
    const args = [this.#path, this.#name, this.#daemon];
    try {
      perform('start', -1, args, { capture: () => captured ?? this.#captured() });
    } catch (error) {
      // Its target or an argument cannot travel.
      if (error instanceof NotSerializableError) this.#phase = 'created';
      throw error;
    }
  }

  async join(options: JoinOptions = {}): Promise<void> {
    this.#started('join');
    await wait('join', -1, [this.#path], waitingFor(`${this.#name}.join()`, options));
  }

  joinSync(options: Omit<JoinOptions, 'signal'> = {}): void {
    this.#started('joinSync');
    const { timeoutMs } = waitingFor('', options);
    perform('join', -1, [this.#path], { timeoutMs });
  }

  isAlive(): boolean {
    this.#checkOpen('isAlive');
    if (this.#isItself) return true;
    return this.#phase === 'started' && !this.#hasEnded();
  }

  /** Does what isAlive() does, for a process that may be closed. */
  isActive(): boolean {
    return this.#phase === 'started' && !this.#hasEnded();
  }

  interrupt(): void {
    this.#signal('interrupt', SIGINT);
  }

  terminate(): void {
    this.#signal('terminate', SIGTERM);
  }

  kill(): void {
    this.#signal('kill', SIGKILL);
  }

  close(): void {
    if (this.#phase === 'closed') return;
    if (this.#phase === 'started' && !this.#hasEnded()) throw new StillRunningError(this.#name);
    this.#phase = 'closed';
  }

  /** @internal */
  [waitable](): Readiness {
    this.#started('wait');
    return { isReady: () => this.#hasEnded() };
  }

  [sourceOf](): Source {
    this.#started('wait');
    return ['end', this.#path];
  }

  /** @internal */
  [toBase](): Base | undefined {
    if (!this.#isTravelling) return undefined;
    return { kind: 'explored-process', maker: Process, parts: { ...this.#task } };
  }

  /** @internal */
  [toHandle](): Handle {
    const { pid = 0 } = this;
    return { kind: 'explored-process', path: this.#path, name: this.#name, pid, daemon: this.#daemon };
  }

  /** @internal */
  [inspect.custom](): string {
    if (this.#phase !== 'started') return `${this.#name} (${this.#phase})`;
    const exitcode = this.exitcode;
    const word = exitcode === null ? 'running' : `ended with exit code ${exitcode}`;
    return `${this.#name} (pid ${this.pid}, ${word})`;
  }

  #captured(): Captured {
    const runsTarget = this.run === Process.prototype.run;
    const { target, args } = runsTarget ? this.#task : { target: callRun, args: [this] };
    this.#isTravelling = true;
    try {
      return capture({ target, args }, { givesIds: false });
    } finally {
      this.#isTravelling = false;
    }
  }

  #signal(method: string, signal: number): void {
    this.#started(method);
    perform('kill', -1, [this.#path, -signal]);
  }

  #hasEnded(): boolean {
    return perform('status', -1, [this.#path]) !== null;
  }

  #checkOpen(method: string): void {
    if (this.#phase === 'closed') throw new ProcessClosedError(this.#name, method);
  }

  #started(method: string): void {
    this.#checkOpen(method);
    if (this.#isItself) throw new NotParentError(this.#name, method);
    if (this.#phase === 'created') throw new NotStartedError(this.#name, method);
  }
}

function processKey(path: string): string {
  return `process ${path}`;
}

/** The running process's own object of a subclass whose run() it runs. */
export function makeItself({ target, args }: Record<string, unknown>): object {
  const { name, daemon } = runner().local;
  const options = { target: target as () => unknown, args: args as [], name, daemon };
  return new Process(options, itself);
}

/** One that was made before explore() was called, by a process that takes no part. */
class OutsideProcess extends SentProcess {
  override start(): never {
    throw refusal('a Process that was made outside of the program', 'make it inside');
  }
}

export function receiveRealProcess(handle: Handle): object {
  return new OutsideProcess(handle);
}

/** A Process object that came along: to whoever made it its own again. */
export function receiveProcess(handle: Handle): object {
  return runner().local.known.get(processKey(String(handle.path))) ?? new SentProcess(handle);
}
