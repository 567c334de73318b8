// Process: a child of this program that runs one function. Its life is process-state.ts, how it begins a
// start method's affair.

import { inspect } from 'node:util';
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { BlockingWait, programGoesOn } from '../deadlock/standing-waits';
import {
  AlreadyStartedError,
  DaemonChildError,
  InvalidArgumentError,
  NotParentError,
  NotStartedError,
  ProcessClosedError,
  WaitAbortedError,
} from '../errors';
import { checkOptionsOf } from '../given';
import type { StartMethodName } from '../identity/identity';
import { defaultName, myAuthkey, myIdentity, nextChildPath } from '../identity/identity';
import { logAt } from '../identity/log';
import { SLICE_MS } from '../memory/memory';
import { tagOf } from '../memory/slots';
import { construct } from '../objects/construct';
import {
  type Base,
  type Handle,
  type Rebased,
  registerBase,
  type Shareable,
  toBase,
  toHandle,
} from '../objects/handle';
import { chooseMethod } from '../start/choose-method';
import { startWithinLimit } from '../start/live-limit';
import { newChild } from '../start/new-child';
import type { Child } from '../start/start-method';
import { beginStock, refillNow } from '../start/stock';
import { isReal } from '../system/control';
import { performance } from '../system/timers';
import { isTracing } from '../trace/area';
import { gaveUpJoin, joined, startTime, started as tellStarted, waitsForEnd } from '../trace/points';
import { type Readiness, type Waitable, waitable } from '../waiting/waitable';
import { signalsOf, timeoutOf } from '../waiting/wake';
import { addChild, removeChild } from './children';
import { Ending, type JoinOptions } from './ending';
import { type KeptLoop, keepLoopFor } from './keep-loop';
import { type Task, tellCreated, tellStarting } from './observer';
import type { ProcessOptions } from './process-options';
import { next, type ProcessEvent, type ProcessState } from './process-state';

/** Tells the constructor that it makes the running process's own object, of which its parent has another. */
const itself: unique symbol = Symbol('parlab.itself');

/** Exported by name, so that it reaches the child as module and name and not as source. */
export function callRun(child: Process): unknown {
  return child.run();
}

/**
 * Runs a function in a process of its own. The child runs `target`, with a copy of everything that `target`
 * closes over as it is at start(); or, where a subclass has a `run()` of its own, that, with `this` copied in
 * the same way. Python's `multiprocessing.Process`.
 *
 * @example
 * const greet = (name: string) => console.log(`Hello ${name}, I am ${currentProcess().name}`);
 * const child = new Process({ target: greet, args: ['Ada'], name: 'Greeter' });
 * child.start();
 * await child.join(); // → Hello Ada, I am Greeter
 * console.log(child.exitcode); // → 0
 */
export class Process<A extends unknown[] = never[]> implements Shareable, Waitable, Rebased {
  readonly #task: Task;
  readonly #path: readonly number[];
  readonly #method: StartMethodName | undefined;
  readonly #ending = new Ending();
  readonly #isItself: boolean;
  #name: string;
  #daemon: boolean;
  #authkey = myAuthkey();
  #isTravelling = false;
  #state: ProcessState = { phase: 'created' };
  #child: Child | undefined;
  /** The tag of its slot, which may be another's after its end. */
  #tag = 0;
  #keeping: KeptLoop | undefined;

  /**
   * Throws an InvalidArgumentError for a target that is no function or arguments that are no array, and a
   * StartFailedError for a start method that does not work here.
   */
  constructor(options?: ProcessOptions<A>);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(options: ProcessOptions<A> = {} as ProcessOptions<A>, self?: typeof itself) {
    checkOptionsOf('process', options);
    const { target = () => {}, args = [], name, daemon = myIdentity().daemon, method } = options;
    if (typeof target !== 'function') throw new InvalidArgumentError('target', 'a function', target);
    if (!Array.isArray(args)) throw new InvalidArgumentError('args', 'an array, such as [value]', args);
    this.#task = { target, args };
    this.#isItself = self === itself;
    this.#path = this.#isItself ? myIdentity().path : nextChildPath();
    this.#name = name ?? defaultName(new.target.name, this.#path);
    this.#daemon = daemon;
    this.#method = method;
    if (this.#isItself) {
      this.#state = { phase: 'running' };
      return;
    }
    if (chooseMethod(this.#name, method).name === 'process') beginStock();
    tellCreated(this);
  }

  /**
   * The name of the process: the one that was given, or Process-1 as in Python. It may be changed; a child
   * has the one of its start().
   */
  get name(): string {
    return this.#name;
  }

  /** Sets the name by which it is called from now on. */
  set name(name: string) {
    this.#name = name;
  }

  /**
   * Whether the child ends together with this process instead of being waited for. It may be set before
   * start().
   *
   * @throws AlreadyStartedError when it is set later.
   */
  get daemon(): boolean {
    return this.#daemon;
  }

  /** Throws an AlreadyStartedError after start(). */
  set daemon(daemon: boolean) {
    if (this.#state.phase !== 'created') throw new AlreadyStartedError(this.#name);
    this.#daemon = daemon;
  }

  /** The number by which the system knows the child; undefined before start(). */
  get pid(): number | undefined {
    return this.#isItself ? process.pid : this.#child?.pid;
  }

  /** Python's other name for the pid. */
  get ident(): number | undefined {
    return this.pid;
  }

  /**
   * The secret by which the processes of a program know each other; the child has the one that is set before
   * start().
   */
  get authkey(): Uint8Array {
    return this.#authkey;
  }

  /** Sets the secret of the child that start() makes. */
  set authkey(authkey: Uint8Array) {
    if (!(authkey instanceof Uint8Array)) throw new InvalidArgumentError('authkey', 'bytes', authkey);
    this.#authkey = Uint8Array.from(authkey);
  }

  /**
   * What wait() takes to wait for the end of the child, also after close(). Throws a NotStartedError before
   * start().
   */
  get sentinel(): Waitable {
    this.#started('sentinel');
    const isReady = () => this.#state.phase === 'closed' || !this.isAlive();
    const { ready, subject } = this.#readiness();
    const readyIfOpen: Readiness['ready'] = async (waiting) => {
      if (!isReady()) await ready?.(waiting);
    };
    return { [waitable]: () => ({ isReady, ready: readyIfOpen, subject }) };
  }

  /**
   * How the child ended: null until then, 0 if all went well, 1 after an uncaught error, −signal when it was
   * killed, or what it gave to `process.exit()`.
   *
   * @throws ProcessClosedError after close().
   * @example
   * const child = new Process({ target: () => process.exit(3) });
   * child.start();
   * await child.join();
   * console.log(child.exitcode); // → 3
   */
  get exitcode(): number | null {
    this.#look('exitcode');
    return this.#state.phase === 'ended' ? this.#state.exitcode : null;
  }

  /**
   * Called in the child: it runs the target. A subclass may run something else, and call `super.run()` for
   * the target.
   *
   * @example
   * class Greeter extends Process {
   *   to = 'nobody';
   *   override run() { console.log(`Hello ${this.to}`); }
   * }
   * const child = new Greeter();
   * child.to = 'Grace';
   * child.start();
   * await child.join(); // → Hello Grace
   */
  run(): unknown {
    return this.#task.target(...(this.#task.args as never[]));
  }

  /**
   * Starts the child, once. Everything is copied when this returns; if something cannot be copied, nothing is
   * started.
   *
   * @throws NotSerializableError for what cannot be copied; AlreadyStartedError the second time;
   * DaemonChildError in a daemon; TooManyProcessesError beyond as many as the machine's memory is good for;
   * StartFailedError if the system refuses.
   * @example
   * const child = new Process({ name: 'Ada' });
   * await child.join(); // throws NotStartedError: Ada.join() needs a started process…
   * child.start();
   * child.start(); // throws AlreadyStartedError: Ada was started before, and a process runs once…
   * await child.join();
   */
  start(): void {
    if (this.#isItself) throw new NotParentError(this.#name, 'start');
    isReal(`the process ${this.#name}`);
    const started = next(this.#name, this.#state, { type: 'start' });
    if (myIdentity().daemon) throw new DaemonChildError(myIdentity().name);
    const captured = this.#captured();
    const method = chooseMethod(this.#name, this.#method);
    const identity = {
      name: this.#name,
      path: this.#path,
      daemon: this.#daemon,
      authkey: this.#authkey,
      startMethod: method.name,
    };
    const start = newChild(identity, captured);
    const startedAt = startTime();
    const child = startWithinLimit(this.#name, () =>
      method.start(start, (exitcode) => {
        this.#change({ type: 'exit', exitcode });
        this.#ending.tell();
      }),
    );
    if (startedAt > 0) tellStarted(child, startedAt);
    this.#child = child;
    this.#tag = tagOf(child.slot);
    this.#state = started;
    if (this.#daemon) child.keepLoop(false);
    else this.#keeping = keepLoopFor(child);
    addChild(this, { tag: start.task.tag, thread: this.#tag, kill: () => child.kill() });
    logAt('DEBUG', () => `started ${this.#name} (pid ${child.pid}) by the method '${method.name}'`);
  }

  /**
   * Waits until the child has ended, or until `timeout` (milliseconds) is over: then ask isAlive().
   *
   * @throws NotStartedError before start(); WaitAbortedError when `signal` is aborted; DeadlockError if it
   * waits for us in turn.
   */
  async join(options: JoinOptions = {}): Promise<void> {
    this.#started('join');
    checkOptionsOf('wait', options);
    const isCertain = timeoutOf(options.timeout) === undefined && options.signal === undefined;
    await this.#awaitEnd(`${this.#name}.join()`, options, isCertain);
  }

  /** `isCertain`: nothing but its end ends the wait, or another one that is told as well. */
  async #awaitEnd(what: string, options: JoinOptions, isCertain: boolean): Promise<void> {
    const child = this.#started('join');
    if (!this.isAlive() && isGone(child)) return this.#tellJoined();
    this.#keeping ??= keepLoopFor(child);
    if (isTracing()) waitsForEnd(this.#tag);
    if (isCertain) this.#keeping.joinBegins(what);
    try {
      await this.#ending.wait(what, options, isCertain);
    } finally {
      this.#tellJoined();
      if (!this.#ending.hasWaiters) this.#keeping?.joinEnds();
      const keepsLoop = !this.#daemon && this.#state.phase === 'running';
      if (!keepsLoop && !this.#ending.hasWaiters) this.#letLoopEnd();
    }
  }

  /** As join(), but blocks this thread meanwhile. */
  joinSync(options: Omit<JoinOptions, 'signal'> = {}): void {
    const child = this.#started('joinSync');
    checkOptionsOf('wait', options);
    const timeoutMs = timeoutOf(options.timeout);
    const deadline = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    refillNow();
    const signals = signalsOf({ signal: undefined });
    const what = `${this.#name}.joinSync()`;
    let isTold = false;
    const standing = new BlockingWait({ what, timeoutMs, subject: { type: 'end', child: this.#tag } });
    try {
      for (;;) {
        standing.looks();
        if (!this.isAlive()) return;
        if (isTracing() && !isTold) waitsForEnd(this.#tag);
        isTold = true;
        for (const { aborted, reason } of signals) if (aborted) throw new WaitAbortedError(what, reason);
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) return;
        standing.sleeps();
        child.waitSync(Math.min(leftMs, SLICE_MS));
      }
    } finally {
      standing.ends();
      this.#tellJoined();
    }
  }

  /**
   * Whether the child was started and has not ended.
   *
   * @throws ProcessClosedError after close().
   */
  isAlive(): boolean {
    this.#look('isAlive');
    return this.#state.phase === 'running';
  }

  /**
   * Sends the child SIGINT, as Ctrl-C does: a child with a `process.on('SIGINT', …)` decides for itself, any
   * other ends with exit code -2. A thread, which no signal reaches, always ends.
   */
  interrupt(): void {
    const child = this.#started('interrupt');
    if (this.isAlive()) child.interrupt();
  }

  /**
   * Ends the child by SIGTERM. What it had begun stays as it is; its own children end, too.
   *
   * @example
   * const child = new Process({ target: () => { for (;;); } });
   * child.start();
   * child.terminate();
   * await child.join();
   * console.log(child.exitcode, child.isAlive()); // → -15 false
   */
  terminate(): void {
    const child = this.#started('terminate');
    if (this.isAlive()) child.terminate();
  }

  /** Ends the child by SIGKILL. */
  kill(): void {
    const child = this.#started('kill');
    if (this.isAlive()) child.kill();
  }

  /**
   * Releases the object of a child that has ended. Calling it again does nothing.
   *
   * @throws StillRunningError while it runs.
   * @example
   * const child = new Process({ target: () => new Promise((resolve) => setTimeout(resolve, 300)), name: 'Ada' });
   * child.start();
   * child.close(); // throws StillRunningError: Ada is still running…
   * await child.join();
   * child.close();
   * child.isAlive(); // throws ProcessClosedError: Ada.isAlive() was called after Ada.close().
   */
  close(): void {
    if (this.#state.phase === 'closed') return;
    if (this.#state.phase === 'running') this.#look('close');
    this.#change({ type: 'close' });
  }

  /** @internal */
  [waitable](): Readiness {
    this.#started('wait');
    return this.#readiness();
  }

  /** @internal */
  [toBase](): Base | undefined {
    if (!this.#isTravelling) return undefined;
    return { kind: 'process', maker: Process, parts: { ...this.#task } };
  }

  /** @internal */
  [toHandle](): Handle {
    return { kind: 'process', name: this.#name, pid: this.pid ?? 0, daemon: this.#daemon };
  }

  /** @internal */
  [inspect.custom](): string {
    const state = this.#state;
    const word = state.phase === 'ended' ? `ended with exit code ${state.exitcode}` : state.phase;
    return `${this.#name} (${this.pid === undefined ? '' : `pid ${this.pid}, `}${word})`;
  }

  #readiness(): Readiness {
    const ready: Readiness['ready'] = ({ what, signal, isOneOfSeveral = false }) =>
      this.#awaitEnd(what, { ...(signal !== undefined && { signal }) }, isOneOfSeveral);
    return { isReady: () => !this.isAlive(), ready, subject: { type: 'end', child: this.#tag } };
  }

  #captured(): Captured {
    const runsTarget = this.run === Process.prototype.run;
    const task = tellStarting(this, runsTarget ? this.#task : { target: callRun, args: [this] });
    this.#isTravelling = true;
    try {
      return capture({ target: task.target, args: task.args });
    } finally {
      this.#isTravelling = false;
    }
  }

  #tellJoined(): void {
    if (isTracing()) (this.#state.phase === 'running' ? gaveUpJoin : joined)(this.#tag);
  }

  #letLoopEnd(): void {
    this.#keeping?.end();
    this.#keeping = undefined;
  }

  #started(method: string): Child {
    if (this.#state.phase === 'closed') throw new ProcessClosedError(this.#name, method);
    if (this.#isItself) throw new NotParentError(this.#name, method);
    if (this.#child === undefined) throw new NotStartedError(this.#name, method);
    return this.#child;
  }

  /** The end may have come while the event loop stood still. */
  #look(method: string): void {
    if (this.#state.phase === 'closed') throw new ProcessClosedError(this.#name, method);
    const exitcode = this.#state.phase === 'running' ? this.#child?.exitcode() : undefined;
    if (exitcode !== undefined) this.#change({ type: 'exit', exitcode });
  }

  #change(event: ProcessEvent): void {
    const before = this.#state;
    // The event of an end that join() has seen already may come after close().
    if (before.phase === 'closed' && event.type === 'exit') return;
    this.#state = next(this.#name, before, event);
    if (event.type !== 'exit' || before.phase !== 'running') return;
    logAt('DEBUG', () => `${this.#name} ended with exitcode ${event.exitcode}`);
    this.#letLoopEnd();
    programGoesOn();
    removeChild(this);
    if (this.#child !== undefined && isGone(this.#child)) this.#ending.tell();
  }
}

function isGone(child: Child): boolean {
  return child.isGone?.() ?? true;
}

registerBase('process', ({ target, args }) => {
  const { name, daemon } = myIdentity();
  return construct(Process, { target, args, name, daemon }, itself);
});
