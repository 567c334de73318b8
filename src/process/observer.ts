// Lets a watcher, such as a check of the tutorial, see processes being made and started. Knows nothing of
// what it looks for.

/** What a process is about to run. */
export interface Task {
  readonly target: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

/** What a watcher sees of a process, and how it waits for it or ends it. */
export interface ObservedProcess {
  /** As in Python's `Process.name`. */
  readonly name: string;
  /** The system's number of the process, once it is started. */
  readonly pid: number | undefined;
  /** null while it runs. */
  readonly exitcode: number | null;
  /** Whether it was started and has not ended. */
  isAlive(): boolean;
  /** Waits until it has ended, or for `timeout` milliseconds. */
  join(options?: { timeout?: number }): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): void;
}

/** What is told of processes that are made and started. */
export interface ProcessObserver {
  /** The constructor of a Process calls it. */
  created(process: ObservedProcess): void;
  /**
   * Is called at `start()`, before anything of the process exists: what it returns is run in place of the
   * task.
   */
  starting(process: ObservedProcess, task: Task): Task;
}

const observers = new Set<ProcessObserver>();

/** The returned function ends the observation. */
export function observeProcesses(observer: ProcessObserver): () => void {
  observers.add(observer);
  return () => void observers.delete(observer);
}

export function tellCreated(process: ObservedProcess): void {
  for (const observer of observers) observer.created(process);
}

export function tellStarting(process: ObservedProcess, task: Task): Task {
  let run = task;
  for (const observer of observers) run = observer.starting(process, run);
  return run;
}
