// The processes under inspection: connects the session, takes in the children, and lets all of them go again.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Hello } from 'parlab/inspector/inspector-relay';
import type { CellProgram, SourceMap } from '../../conversations/cell-program';
import { ACCESS, named } from '../../conversations/debugger-expressions';
import { Breakpoints } from './breakpoints';
import { CellFiles } from './cell-files';
import type { DebuggedThread } from './debugged-thread';
import { DebuggerError } from './debugger-error';
import type { DebuggerParts } from './debugger-parts';
import type { ExceptionKind } from './exceptions';
import type { InspectorConnection } from './inspector-connection';
import { InspectorSocket } from './inspector-socket';
import { Threads } from './threads';
import type { View } from './view';

/** A session that is just starting answers within this. */
const CONNECT_MS = 10_000;
/** A process that is inside a system call does not answer; it is let go all the same. */
const LEAVE_MS = 500;

export class Inspection {
  readonly files = new CellFiles();
  readonly threads: Threads;
  readonly breakpoints: Breakpoints;
  readonly #parts: DebuggerParts;
  #socket: Promise<InspectorSocket> | undefined;
  #session: Promise<DebuggedThread> | undefined;
  #sessionPid: number | undefined;
  #greeted: ((session: DebuggedThread) => void) | undefined;
  /** Ends the wait for a session that is to connect. */
  #giveUp: ((error: DebuggerError) => void) | undefined;
  #isClosed = false;
  #attached = false;
  #exceptions: ReadonlySet<ExceptionKind> = new Set();

  constructor(view: View, parts: DebuggerParts) {
    this.#parts = parts;
    this.breakpoints = new Breakpoints(this.files, view.evaluation, (breakpoint) =>
      parts.tell('breakpoint', { reason: 'changed', breakpoint }),
    );
    this.threads = new Threads(this.files, {
      stopped: (thread) => this.#tellStopped(thread),
      continued: (thread) => {
        view.release(thread);
        parts.tell('continued', { threadId: thread.id, allThreadsContinued: false });
        // A front end that shows one stopped process at a time shows the next.
        const [other] = this.threads.stopped;
        if (other) this.#tellStopped(other);
      },
      exited: (thread) => {
        view.release(thread);
        this.breakpoints.removeThread(thread);
        if (thread.isSession) this.sessionEnded();
        if (this.#attached) parts.tell('thread', { reason: 'exited', threadId: thread.id });
      },
      loaded: (thread, file) => this.breakpoints.addModule(thread, file).catch(() => undefined),
    });
  }

  get isAttached(): boolean {
    return this.#attached;
  }

  /** Connected, though perhaps not debugged: enough to look at variables. */
  session(): Promise<DebuggedThread> {
    this.#session ??= this.#begun().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async attach(): Promise<void> {
    if (this.#attached) return;
    const connected = this.#session;
    this.#attached = true;
    try {
      const session = await this.session();
      if (connected) await this.#debug(session);
    } catch (error) {
      await this.leave();
      throw error;
    }
  }

  async addCell(program: CellProgram): Promise<void> {
    await this.session();
    await this.breakpoints.addCell(this.files.add(program.sourceMap), program.javascript);
  }

  async stopAt(exceptions: ReadonlySet<ExceptionKind>): Promise<void> {
    this.#exceptions = exceptions;
    if (this.#attached) await Promise.all(this.threads.all.map((thread) => thread.stopAt(exceptions)));
  }

  async endStopped(): Promise<void> {
    const { session } = this.threads;
    if (!session?.stop) return;
    await session.connection.post('Runtime.evaluate', { expression: named(`${ACCESS}.endStopped()`) });
    await session.connection.post('Debugger.resume', { terminateOnResume: true });
  }

  sessionEnded(): void {
    this.#session = undefined;
    this.files.forgetScripts();
  }

  /** Leaves the session, so that everything goes on as if there had been no debugger. */
  async leave(): Promise<void> {
    const socket = this.#socket;
    this.#attached = false;
    this.#socket = undefined;
    this.#session = undefined;
    this.#giveUp?.(new DebuggerError('The debugger has left.'));
    this.#exceptions = new Set();
    this.breakpoints.clear();
    await Promise.race([this.#letGo(), sleep(LEAVE_MS, undefined, { ref: false })]);
    (await socket?.catch(() => undefined))?.close();
  }

  /** What is asked from now on connects nothing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.leave();
  }

  async #letGo(): Promise<void> {
    const { session } = this.threads;
    const expression = named(`${ACCESS}.childrenConnectTo(undefined)`);
    await session?.connection.post('Runtime.evaluate', { expression }).catch(() => undefined);
    await Promise.all(this.threads.all.map((thread) => thread.disable()));
  }

  async #begun(): Promise<DebuggedThread> {
    const session = await this.#connect();
    // A session that follows another is debugged as that one was.
    if (this.#attached) await this.#debug(session);
    return session;
  }

  async #connect(): Promise<DebuggedThread> {
    if (this.#isClosed) throw new DebuggerError('The kernel is ending.');
    this.#socket ??= InspectorSocket.open((connection, hello) => this.#greet(connection, hello));
    const socket = this.#socket;
    const { path } = await socket;
    if (this.#socket !== socket) throw new DebuggerError('The debugger has left.');
    let late: NodeJS.Timeout | undefined;
    try {
      return await new Promise<DebuggedThread>((resolve, reject) => {
        this.#greeted = resolve;
        this.#giveUp = reject;
        late = setTimeout(() => reject(new DebuggerError('The session does not answer.')), CONNECT_MS);
        this.#sessionPid = this.#parts.inspect(path);
      });
    } finally {
      clearTimeout(late);
    }
  }

  #greet(connection: InspectorConnection, hello: Hello): void {
    const isSession = hello.pid === this.#sessionPid;
    const thread = this.threads.add(connection, hello, isSession);
    if (isSession) this.#greeted?.(thread);
    else void this.#begin(thread);
  }

  async #begin(child: DebuggedThread): Promise<void> {
    try {
      await child.enable(this.#exceptions);
      await this.breakpoints.addThread(child);
      this.#parts.tell('thread', { reason: 'started', threadId: child.id });
    } catch {
      // It has ended meanwhile, or it is not debugged any more.
    } finally {
      child.connection.proceed();
    }
  }

  async #debug(session: DebuggedThread): Promise<void> {
    const { connection } = session;
    const maps = await connection.post('Runtime.evaluate', {
      expression: named(`${ACCESS}.sourceMaps()`),
      returnByValue: true,
    });
    for (const map of maps.result.value as SourceMap[]) this.files.add(map);
    await session.enable(this.#exceptions);
    const { path } = (await this.#socket) as InspectorSocket;
    const expression = named(`${ACCESS}.childrenConnectTo(${JSON.stringify(path)})`);
    await connection.post('Runtime.evaluate', { expression });
    await this.breakpoints.addThread(session);
  }

  #tellStopped(thread: DebuggedThread): void {
    const { stop } = thread;
    if (!stop) return;
    const thrown = stop.exception?.thrown.description?.split('\n')[0];
    this.#parts.tell('stopped', {
      reason: stop.reason,
      threadId: thread.id,
      allThreadsStopped: false,
      ...(thrown !== undefined && { text: thrown }),
    });
  }
}
