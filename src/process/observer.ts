// Lets a watcher, such as a check of the tutorial, see processes being made and started. Knows nothing of what it looks for.

import type { Process } from './process';

/** What a process is about to run. */
export interface Task {
  readonly target: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

/** Who watches processes being made and started. */
export interface ProcessObserver {
  /** Called by the constructor. */
  created(process: Process): void;
  /** Called at `start()`, before anything of the process exists: what it returns is run in place of the task. */
  starting(process: Process, task: Task): Task;
}

const observers = new Set<ProcessObserver>();

/** The returned function ends the observation. */
export function observeProcesses(observer: ProcessObserver): () => void {
  observers.add(observer);
  return () => void observers.delete(observer);
}

export function tellCreated(process: Process): void {
  for (const observer of observers) observer.created(process);
}

export function tellStarting(process: Process, task: Task): Task {
  let run = task;
  for (const observer of observers) run = observer.starting(process, run);
  return run;
}
