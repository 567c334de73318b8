// Runs a student's function and notes what really happened: which processes were made and started, who
// printed what, how each ended. Judges nothing.

import { AsyncLocalStorage } from 'node:async_hooks';
import { Queue } from '../channel/queue';
import { checkCount, checkFunction } from '../given';
import { unseenAs } from '../objects/shared-object';
import { type ObservedProcess, observeProcesses, type ProcessObserver } from '../process/observer';
import { counted } from '../system/counted';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import { broughtBy } from './brought';
import { hearPrinting } from './hear-printing';
import { linesIn } from './lines-in';
import { type Heard, runWatched } from './watched-child';

/** A process that was made during a watched run. */
export interface WatchedProcess {
  /** Its name, such as 'Process-1'. */
  readonly name: string;
  /** The number that the operating system gave it; null when it was never started. */
  readonly pid: number | null;
  /** Whether start() was called. */
  readonly started: boolean;
  /** The student's function; null when the process was never started. */
  readonly target: ((...args: never[]) => unknown) | null;
  /** What the target was given; empty when the process was never started. */
  readonly args: readonly unknown[];
  /**
   * The texts, numbers and other primitives that it got at its start, and the arrays of them: among its
   * arguments, among the variables that its target closes over, and within objects there. Empty when the
   * process was never started.
   */
  readonly brought: readonly unknown[];
  /** What it printed, by lines, without empty ones. */
  readonly lines: readonly string[];
  /** null: it was never started, or had to be stopped because it did not end. */
  readonly exitcode: number | null;
}

/** Something that the parent did, in its own order; `process` is a place in `Run.processes`. */
export type Moment =
  | {
      /** A process was made, or start() was called. */
      readonly type: 'created' | 'started';
      /** Which one. */
      readonly process: number;
    }
  | {
      /** The parent itself printed. */
      readonly type: 'printed';
      /** A piece of text; a line may come in several. */
      readonly text: string;
    };

/** What really happened while a function ran. */
export interface Run {
  /**
   * The processes that the function itself made, not what its children made; in the order of their creation.
   */
  readonly processes: readonly WatchedProcess[];
  /** What the parent did, one thing after the other. */
  readonly parentMoments: readonly Moment[];
  /** What all of them printed, by lines, as it came; without empty ones. */
  readonly lines: readonly string[];
  /** What the student's function threw, if it threw. */
  readonly threw: {
    /** The error. */
    readonly error: unknown;
  } | null;
  /** Whether the student's function itself came to its end. */
  readonly returned: boolean;
}

interface Notes {
  process: ObservedProcess;
  pid: number | null;
  target: ((...args: never[]) => unknown) | null;
  args: readonly unknown[];
  brought: readonly unknown[];
  printed: string;
  exitcode: number | null;
}

const PATIENCE_MS = 10_000;
/** A loop without end would fill the machine, and no check waits for so many. */
const MOST_PROCESSES = 100;
const endless = (count: number) =>
  `this function has made ${counted(count, 'process', 'processes')} and goes on. Does its loop come to an end?`;
/** The parent has this in the place of a child's number. */
const PARENT = -1;

const runs = new AsyncLocalStorage<symbol>();

/**
 * Runs a function with real processes, and tells what happened: which processes were made and started, what
 * each printed, how each ended. It judges nothing: a check of one's own does, and only by what is certain in
 * every run.
 *
 * @param action The function. What it prints appears as always. One that makes more than 100 processes, or
 * goes on making them when its time is over, is stopped by a RangeError.
 * @param patienceMs Milliseconds for all children together; those that have not ended by then are killed.
 *
 * @example
 * const { processes } = await watch(() => {
 *   new Process({ target: () => {}, name: 'Ada' }).start();
 * });
 * console.log(processes.map(({ name, started, exitcode }) => `${name} ${started} ${exitcode}`));
 * // → [ 'Ada true 0' ]
 */
export async function watch(action: () => unknown, patienceMs = PATIENCE_MS): Promise<Run> {
  return await watchRun(action, patienceMs, false);
}

/** Does what watch() does, but nothing of what is printed appears. */
export async function watchQuietly(action: () => unknown, patienceMs: number): Promise<Run> {
  return await watchRun(action, patienceMs, true);
}

async function watchRun(action: () => unknown, patienceMs: number, isQuiet: boolean): Promise<Run> {
  checkFunction('action', action);
  checkCount('patienceMs', patienceMs, 1);
  const run = Symbol('run');
  // Cells that still work in the background make processes and print too; they are not part of this run.
  const isOurs = () => runs.getStore() === run;
  const deadline = performance.now() + patienceMs;
  const notes: Notes[] = [];
  const moments: Moment[] = [];
  const heard = new Queue<Heard>(0, unseenAs('what is printed'));

  const stopHearing = hearPrinting((text) => {
    if (!isOurs()) return false;
    moments.push({ type: 'printed', text });
    heard.putNowait({ child: PARENT, text });
    return isQuiet;
  });
  const stopObserving = observeProcesses(observerFor({ isOurs, deadline, isQuiet, notes, moments, heard }));

  try {
    const ending = await runs.run(run, () => endOf(action, patienceMs));
    await endAll(notes, deadline);
    const lines = sortOut(heard, notes);
    return { processes: notes.map(watched), parentMoments: moments, lines, ...ending };
  } finally {
    stopObserving();
    stopHearing();
    heard.close();
  }
}

interface Watching {
  /** Whether what happens now belongs to the run. */
  isOurs(): boolean;
  readonly deadline: number;
  readonly isQuiet: boolean;
  readonly notes: Notes[];
  readonly moments: Moment[];
  readonly heard: Queue<Heard>;
}

/** Notes each process that is made, and lets each that is started tell what it prints. */
function observerFor({ isOurs, deadline, isQuiet, notes, moments, heard }: Watching): ProcessObserver {
  return {
    created(process) {
      if (!isOurs()) return;
      if (notes.length === MOST_PROCESSES || performance.now() > deadline)
        throw new RangeError(endless(notes.length));
      moments.push({ type: 'created', process: notes.length });
      notes.push({ process, pid: null, target: null, args: [], brought: [], printed: '', exitcode: null });
    },
    starting(process, task) {
      const at = notes.findIndex((note) => note.process === process);
      const note = notes[at];
      if (!isOurs() || note === undefined) return task;
      moments.push({ type: 'started', process: at });
      note.target = task.target;
      note.args = task.args;
      note.brought = broughtBy(task.target, task.args);
      return { target: runWatched, args: [at, heard, isQuiet, task.target, task.args] };
    },
  };
}

/** Gives each child what it printed; returns the lines of all. */
function sortOut(heard: Queue<Heard>, notes: readonly Notes[]): string[] {
  let printed = '';
  for (const { child, text } of drain(heard)) {
    printed += text;
    const note = notes[child];
    if (note) note.printed += text;
  }
  return linesIn(printed);
}

async function endOf(action: () => unknown, patienceMs: number): Promise<Pick<Run, 'threw' | 'returned'>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    const returned = await Promise.race([Promise.resolve(action()).then(() => true), tooLong]);
    return { threw: null, returned };
  } catch (error) {
    return { threw: { error }, returned: false };
  } finally {
    clearTimeout(timer);
  }
}

async function endAll(notes: readonly Notes[], deadline: number): Promise<void> {
  for (const note of notes) {
    const { pid } = note.process;
    if (note.target === null || pid === undefined) continue;
    note.pid = pid;
    // What the student has joined is not joined again: it would stand in a timeline.
    if (note.process.exitcode === null)
      await note.process.join({ timeout: Math.max(1, deadline - performance.now()) });
    note.exitcode = note.process.exitcode;
    if (!note.process.isAlive()) continue;
    note.process.kill();
    await note.process.join();
  }
}

function* drain(heard: Queue<Heard>): Generator<Heard> {
  while (!heard.empty()) yield heard.getNowait();
}

function watched({ process, pid, target, args, brought, printed, exitcode }: Notes): WatchedProcess {
  const lines = linesIn(printed);
  return { name: process.name, pid, started: pid !== null, target, args, brought, lines, exitcode };
}
