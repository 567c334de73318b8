// Process: a child of this program that runs one function. Its life is process-state.ts, how it begins a start method's affair.
import { inspect } from 'node:util';
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { encodeCaptured } from '../capture/encode';
import {
  AlreadyStartedError,
  DaemonChildError,
  InvalidArgumentError,
  NotStartedError,
  ProcessClosedError,
  WaitAbortedError,
} from '../errors';
import { currentTag } from '../host/output';
import { type Handle, type Shareable, toHandle } from '../memory/handle';
import { currentSlot } from '../memory/slots';
import { type Readiness, type Waitable, waitable } from '../memory/waitable';
import { signalsOf } from '../memory/wake';
import { addChild, removeChild } from './children';
import { chooseMethod, type StartMethodName } from './choose-method';
import { Ending, type JoinOptions } from './ending';
import { defaultName, myIdentity, nextChildPath } from './identity';
import { checkRoom } from './live-limit';
import { moduleHome } from './module-home';
import { type Task, tellCreated, tellStarting } from './observer';
import { next, type ProcessEvent, type ProcessState } from './process-state';
import type { Child } from './start-method';
import { beginStock, refillNow } from './stock';
import { typeScriptSetup } from './typescript-setup';

export type ProcessOptions<A extends unknown[]> = {
  /** Runs in the child, with everything it closes over copied as it is at start(). */
  target?: (...args: A) => unknown;
  /** By default counted as in Python: Process-1, Process-2; the first child of Process-2 is Process-2:1. */
  name?: string;
  /** Ended together with this process instead of waited for; may not start processes. Default: as this process. */
  daemon?: boolean;
  /** 'process', or 'thread' for a worker thread of this process. */
  method?: StartMethodName;
} & ([] extends A ? { args?: A } : { args: A });

const SLICE_MS = 50;

function handlesOf({ nodes }: Captured): Handle[] {
  return nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : []));
}

export class Process<A extends unknown[] = never[]> implements Shareable, Waitable {
  readonly #task: Task;
  readonly #path: readonly number[];
  readonly #method: StartMethodName | undefined;
  readonly #ending = new Ending();
  #name: string;
  #daemon: boolean;
  #state: ProcessState = { phase: 'created' };
  #child: Child | undefined;

  constructor(options: ProcessOptions<A>) {
    const { target = () => {}, args = [], name, daemon = myIdentity().daemon, method } = options;
    if (typeof target !== 'function') throw new InvalidArgumentError('target', 'a function', target);
    if (!Array.isArray(args)) throw new InvalidArgumentError('args', 'an array, such as [value]', args);
    this.#task = { target, args };
    this.#path = nextChildPath();
    this.#name = name ?? defaultName(this.#path);
    this.#daemon = daemon;
    this.#method = method;
    if (chooseMethod(this.#name, method).name === 'process') beginStock();
    tellCreated(this);
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
    if (this.#state.phase !== 'created') throw new AlreadyStartedError(this.#name);
    this.#daemon = daemon;
  }

  /** Undefined before start(). */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Null while it has not ended; then what it exited with, 1 after an uncaught error, −signal when it was killed. */
  get exitcode(): number | null {
    this.#look('exitcode');
    return this.#state.phase === 'ended' ? this.#state.exitcode : null;
  }

  /** Everything is copied and on its way when this returns; nothing is started if something cannot be copied. */
  start(): void {
    const started = next(this.#name, this.#state, { type: 'start' });
    if (myIdentity().daemon) throw new DaemonChildError(myIdentity().name);
    checkRoom(this.#name);
    const { target, args } = tellStarting(this, this.#task);
    const captured = capture({ target, args });
    const parent = { name: myIdentity().name, pid: process.pid, slot: currentSlot() };
    const identity = {
      name: this.#name,
      path: this.#path,
      daemon: this.#daemon,
      parent,
      moduleHome: moduleHome(),
    };
    const tag = currentTag();
    const child = chooseMethod(this.#name, this.#method).start(
      {
        task: {
          identity,
          tag,
          cwd: process.cwd(),
          argv: process.argv,
          typescript: typeScriptSetup(),
          program: encodeCaptured(captured),
        },
        shared: handlesOf(captured),
      },
      (exitcode) => this.#change({ type: 'exit', exitcode }),
    );
    this.#child = child;
    this.#state = started;
    child.keepLoop(!this.#daemon);
    addChild(this, { tag, kill: () => child.kill() });
  }

  /** Waits until it has ended, or until the timeout is over. */
  async join(options: JoinOptions = {}): Promise<void> {
    const child = this.#started('join');
    if (!this.isAlive()) return;
    child.keepLoop(true);
    try {
      await this.#ending.wait(`${this.#name}.join()`, options);
    } finally {
      if (this.#daemon && !this.#ending.hasWaiters) child.keepLoop(false);
    }
  }

  /** As join(), but blocks this thread meanwhile. */
  joinSync({ timeout = Number.POSITIVE_INFINITY }: Omit<JoinOptions, 'signal'> = {}): void {
    const child = this.#started('joinSync');
    const deadline = performance.now() + timeout;
    refillNow();
    const signals = signalsOf({ signal: undefined });
    while (this.isAlive()) {
      for (const { aborted, reason } of signals) {
        if (aborted) throw new WaitAbortedError(`${this.#name}.joinSync()`, reason);
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return;
      child.waitSync(Math.min(leftMs, SLICE_MS));
    }
  }

  isAlive(): boolean {
    this.#look('isAlive');
    return this.#state.phase === 'running';
  }

  /** Ends it by SIGTERM. What it had begun stays as it is; its own children end, too. */
  terminate(): void {
    const child = this.#started('terminate');
    if (this.isAlive()) child.terminate();
  }

  /** Ends it by SIGKILL. */
  kill(): void {
    const child = this.#started('kill');
    if (this.isAlive()) child.kill();
  }

  /** Lets go of it. Refused while it runs. */
  close(): void {
    if (this.#state.phase === 'running') this.#look('close');
    this.#change({ type: 'close' });
  }

  /** For wait(): ready when it has ended. */
  [waitable](): Readiness {
    this.#started('wait');
    return { isReady: () => !this.isAlive(), ready: (signal) => this.join({ signal }) };
  }

  [toHandle](): Handle {
    return { kind: 'process', name: this.#name, pid: this.pid ?? 0, daemon: this.#daemon };
  }

  [inspect.custom](): string {
    const state = this.#state;
    const word = state.phase === 'ended' ? `ended with exit code ${state.exitcode}` : state.phase;
    return `${this.#name} (${this.pid === undefined ? '' : `pid ${this.pid}, `}${word})`;
  }

  #started(method: string): Child {
    if (this.#state.phase === 'closed') throw new ProcessClosedError(this.#name, method);
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
    removeChild(this);
    this.#ending.tell();
  }
}
