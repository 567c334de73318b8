// Which task of this thread is running: code that awaited an acquire(), and whatever it calls or awaits from
// there on. Nothing is followed, and nothing costs anything, before the first awaited acquisition of an
// RLock.
import { promiseHooks } from 'node:v8';

/** Code outside of every task: what blocks the thread needs no other name. */
export const THREAD = 0;
export type Task = number;

let running: Task = THREAD;
let lastTask: Task = THREAD;
let isFollowing = false;

// A promise knows the task that its reactions run in. The mark is only put where there is a task.
const taskOf: unique symbol = Symbol('parlab.task');
// An acquire() whose awaiter becomes the task: the code that called it runs on unmarked.
const begins: unique symbol = Symbol('parlab.begins');
interface Followed {
  [taskOf]?: Task;
  [begins]?: Task;
}

export function currentTask(): Task {
  return running;
}

export function newTask(): Task {
  follow();
  lastTask = (lastTask % (2 ** 31 - 1)) + 1;
  return lastTask;
}

/** Runs the work of a timer, which goes off in a task all the same, outside of it. */
export function outsideOfTasks(work: () => void): void {
  const task = running;
  running = THREAD;
  try {
    work();
  } finally {
    running = task;
  }
}

/** Lets what awaits `promise` go on as `task`. */
export function continueAs<T>(task: Task, promise: Promise<T>): Promise<T> {
  (promise as Followed)[begins] = task;
  return promise;
}

/** A host calls it that lets its programs await `wrapper` in place of `promise`. */
export function continueAlike(wrapper: object, promise: unknown): void {
  if (!isFollowing || typeof promise !== 'object' || promise === null) return;
  const task = (promise as Followed)[begins];
  if (task !== undefined) (wrapper as Followed)[begins] = task;
}

function follow(): void {
  if (isFollowing) return;
  isFollowing = true;
  promiseHooks.createHook({
    init(promise: Promise<unknown> & Followed, parent: (Promise<unknown> & Followed) | undefined) {
      const task = parent?.[begins] ?? running;
      if (task !== THREAD) promise[taskOf] = task;
    },
    before(promise: Promise<unknown> & Followed) {
      running = promise[taskOf] ?? THREAD;
    },
    after() {
      running = THREAD;
    },
  });
}
