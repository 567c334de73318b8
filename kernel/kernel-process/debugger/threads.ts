// The processes that are being debugged: the session, which is thread 1, and the children that started since.

import type { Hello } from 'parlab/inspector/inspector-relay';
import type { CellFiles } from './cell-files';
import { DebuggedThread, type ThreadEvents } from './debugged-thread';
import { DebuggerError } from './debugger-error';
import type { InspectorConnection } from './inspector-connection';

const SESSION_THREAD = 1;

export class Threads {
  readonly #cells: CellFiles;
  readonly #on: ThreadEvents;
  readonly #all = new Map<number, DebuggedThread>();
  #last = SESSION_THREAD;
  /** The one that stopped last is the one a front end shows. */
  #shown: DebuggedThread | undefined;

  constructor(cells: CellFiles, on: ThreadEvents) {
    this.#cells = cells;
    this.#on = {
      ...on,
      stopped: (thread) => {
        this.#shown = thread;
        on.stopped(thread);
      },
      exited: (thread) => {
        // A new session may have taken its number already.
        if (this.#all.get(thread.id) === thread) this.#all.delete(thread.id);
        on.exited(thread);
      },
    };
  }

  add(connection: InspectorConnection, hello: Hello, isSession: boolean): DebuggedThread {
    const id = isSession ? SESSION_THREAD : ++this.#last;
    const thread = new DebuggedThread({ id, hello, isSession, connection, cells: this.#cells, on: this.#on });
    this.#all.set(id, thread);
    return thread;
  }

  get all(): DebuggedThread[] {
    return [...this.#all.values()].sort((one, other) => one.id - other.id);
  }

  get stopped(): DebuggedThread[] {
    return this.all.filter(({ stop }) => stop?.reason);
  }

  get session(): DebuggedThread | undefined {
    return this.#all.get(SESSION_THREAD);
  }

  withId(id: number): DebuggedThread {
    const thread = this.#all.get(id);
    if (!thread) throw new DebuggerError(`There is no process with the number ${id}: it may have ended.`);
    return thread;
  }

  /** JupyterLab names thread 1 when it means the one that it shows. */
  stoppedWithId(id: number): DebuggedThread {
    const named = this.#all.get(id);
    if (named?.stop) return named;
    const meant = this.#shown?.stop ? this.#shown : this.stopped[0];
    if (!meant) throw new DebuggerError('Nothing is stopped.');
    return meant;
  }
}
