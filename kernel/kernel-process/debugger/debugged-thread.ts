// One debugged process, session or child: what it is told, where it stands. In the protocol it is a thread.

import type { Debugger, Runtime } from 'node:inspector';
import type { Hello } from 'parlab/inspector/inspector-relay';
import type { CellFiles } from './cell-files';
import { DebuggerError } from './debugger-error';
import { type ExceptionKind, exceptionKind } from './exceptions';
import type { InspectorConnection } from './inspector-connection';
import type { InspectorEvent } from './inspector-methods';
import { isBeginningOfModule } from './module-beginning';
import { foreignPatterns, Scripts } from './scripts';
import { StepGoals } from './step-goals';
import type { Frame, Stop } from './stop';
import { type Command, initialState, nextState, type ThreadEvent, type ThreadState } from './thread-state';

export interface ThreadEvents {
  stopped(thread: DebuggedThread): void;
  continued(thread: DebuggedThread): void;
  exited(thread: DebuggedThread): void;
  /** It has loaded this module of the student's, which may run when the promise is fulfilled. */
  loaded(thread: DebuggedThread, file: string): Promise<void>;
}

interface ThreadParts {
  id: number;
  hello: Hello;
  isSession: boolean;
  connection: InspectorConnection;
  cells: CellFiles;
  on: ThreadEvents;
}

/** Deep enough for a few functions that await each other. */
const ASYNC_DEPTH = 8;

const METHODS = {
  resume: 'Debugger.resume',
  stepOver: 'Debugger.stepOver',
  stepInto: 'Debugger.stepInto',
  stepOut: 'Debugger.stepOut',
  pause: 'Debugger.pause',
} as const;

export class DebuggedThread {
  readonly id: number;
  readonly name: string;
  readonly pid: number;
  /** The others are children. */
  readonly isSession: boolean;
  readonly connection: InspectorConnection;
  readonly scripts: Scripts;
  readonly #on: ThreadEvents;
  #state: ThreadState = initialState;
  #stop: Stop | undefined;
  /** The frames where it stood when it was told to go on. */
  #left: Frame[] = [];
  readonly #goals: StepGoals;
  #loading: Promise<void> | undefined;
  #wanted: ReadonlySet<ExceptionKind> = new Set();

  constructor({ id, hello, isSession, connection, cells, on }: ThreadParts) {
    this.id = id;
    this.pid = hello.pid;
    this.isSession = isSession;
    this.name = isSession ? hello.name : `${hello.name} (pid ${hello.pid})`;
    this.connection = connection;
    this.scripts = new Scripts(cells, connection);
    this.#goals = new StepGoals(connection, this.scripts);
    this.#on = on;
    connection.onEvent = (event) => this.#hear(event);
    connection.onClosed = () => this.#advance({ type: 'ended' });
  }

  /** Undefined while it runs. */
  get stop(): Stop | undefined {
    return this.#stop;
  }

  async enable(exceptions: ReadonlySet<ExceptionKind>): Promise<void> {
    await Promise.all([
      this.connection.post('Debugger.enable'),
      this.connection.post('Debugger.setBlackboxPatterns', { patterns: foreignPatterns }),
      this.connection.post('Debugger.setAsyncCallStackDepth', { maxDepth: ASYNC_DEPTH }),
      this.stopAt(exceptions),
    ]);
  }

  async stopAt(exceptions: ReadonlySet<ExceptionKind>): Promise<void> {
    this.#wanted = exceptions;
    const state = exceptions.size > 0 ? 'all' : 'none';
    await this.connection.post('Debugger.setPauseOnExceptions', { state });
  }

  ask(command: Command): void {
    this.#left = this.#stop?.frames ?? [];
    this.#advance({ type: 'asked', command });
  }

  /** A stop that is still to come is none any more, too. */
  async disable(): Promise<void> {
    if (this.#stop) this.#advance({ type: 'resumed' });
    await this.connection.post('Debugger.disable').catch(() => undefined);
  }

  frameCall(frame: Frame): Debugger.CallFrame {
    if (!frame.call)
      throw new DebuggerError('This function waits for another: its variables cannot be seen now.');
    return frame.call;
  }

  #hear(event: InspectorEvent): void {
    switch (event.method) {
      case 'Debugger.scriptParsed': {
        const file = this.scripts.add(event.params);
        if (file !== undefined) this.#loading = this.#on.loaded(this, file);
        return;
      }
      case 'Debugger.paused':
        // A process that ends meanwhile has nothing to be decided about.
        this.#decide(event.params).catch(() => undefined);
        return;
      case 'Debugger.resumed':
        this.#advance({ type: 'resumed' });
        return;
      default:
        event satisfies never; // What else it tells is not for us.
    }
  }

  async #decide(paused: Debugger.PausedEventDataType): Promise<void> {
    if (isBeginningOfModule(paused)) {
      await this.#loading;
      // Without its goals a step goes on to the next breakpoint.
      await this.#keepStep().catch(() => undefined);
      this.#advance({ type: 'loading' });
      return;
    }
    const isException = paused.reason === 'exception' || paused.reason === 'promiseRejection';
    const kind = isException ? await exceptionKind(paused, this.scripts) : undefined;
    const frames = this.#framesOf(paused);
    const { hitBreakpoints = [] } = paused;
    const hit = hitBreakpoints.length > 0 && !this.#goals.include(hitBreakpoints);
    this.#stop = {
      reason: '',
      frames,
      ...(kind && { exception: { thrown: paused.data as Runtime.RemoteObject, kind } }),
    };
    this.#advance({
      type: 'paused',
      cause: isException ? 'exception' : hit ? 'breakpoint' : 'other',
      place: this.#placeOf(paused.callFrames[0], frames),
      wanted: kind === undefined || this.#wanted.has(kind),
      onSameLine: isSameLine(frames, this.#left),
    });
    if (this.#stop) await this.#goals.clear();
  }

  /** A module that is loaded on the way of a step does not end it. */
  async #keepStep(): Promise<void> {
    if (this.#state.phase !== 'running') return;
    const { asked } = this.#state;
    if (asked === 'next' || asked === 'stepOut') await this.#goals.set(this.#left, asked === 'stepOut');
  }

  #placeOf(top: Debugger.CallFrame | undefined, [first]: Frame[]): 'student' | 'between' | 'foreign' {
    if (!top || !first?.call) return top && this.scripts.isStudents(top.location) ? 'between' : 'foreign';
    return first.call !== top && this.scripts.isStudents(top.location) ? 'between' : 'student';
  }

  #framesOf({ callFrames, asyncStackTrace }: Debugger.PausedEventDataType): Frame[] {
    const frames: Frame[] = [];
    for (const call of callFrames) {
      const at = this.scripts.written(call.location);
      if (at) frames.push({ name: call.functionName || at.name, at, call });
    }
    for (let trace = asyncStackTrace; trace; trace = trace.parent) {
      for (const { functionName, ...location } of trace.callFrames) {
        const at = this.scripts.written(location);
        if (at) frames.push({ name: `async ${functionName || at.name}`, at });
      }
    }
    return frames;
  }

  #advance(event: ThreadEvent): void {
    const { state, send, tell } = nextState(this.#state, event);
    this.#state = state;
    if (state.phase !== 'stopped') this.#stop = undefined;
    else if (this.#stop) this.#stop.reason = state.reason;
    if (send) this.connection.post(METHODS[send]).catch(() => undefined);
    if (tell) this.#on[tell](this);
  }
}

function isSameLine(now: Frame[], before: Frame[]): boolean {
  const [one, other] = [now[0]?.at, before[0]?.at];
  const isSame = one !== undefined && one.path === other?.path && one.line === other.line;
  return isSame && now.filter(({ call }) => call).length === before.filter(({ call }) => call).length;
}
