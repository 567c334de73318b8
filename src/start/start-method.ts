// A way to begin a child. process-method.ts and thread-method.ts implement it; nothing else knows how.
import type { StartMethodName } from '../identity/identity';
import type { Handle } from '../objects/handle';
import type { ChildTask } from './child-task';

export interface Start {
  task: ChildTask;
  /** What the task refers to in shared memory; kept for the child until it holds them itself. */
  shared: readonly Handle[];
}

export interface Child {
  readonly slot: number;
  readonly pid: number;
  /** The exit code as soon as it has ended, also while the event loop stands still. */
  exitcode(): number | undefined;
  /** Whether it is gone: one that was told to end may run for a moment yet. Left out where that cannot be. */
  isGone?(): boolean;
  /** Sleeps until it has ended, or a short while. */
  waitSync(timeoutMs: number): void;
  interrupt(): void;
  terminate(): void;
  kill(): void;
  /** Whether the parent's event loop goes on while this child runs. */
  keepLoop(going: boolean): void;
}

export interface StartMethod {
  readonly name: StartMethodName;
  /** What is returned runs already; `ended` is told once, from the event loop. */
  start(start: Start, ended: (exitcode: number) => void): Child;
}
