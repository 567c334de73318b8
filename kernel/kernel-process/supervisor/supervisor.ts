// Keeps a session running: starts it, sends it cells, and when it ends says why and starts the next. Knows
// nothing of Jupyter.

import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Answer,
  CommEvent,
  FromSession,
  Outcome,
  ShownError,
  ToSession,
} from '../../conversations/session';
import { isStopped } from '../../system-processes';
import { describeEnding, noSession } from './ending';
import { Looks } from './looks';
import { type Congestion, type Ending, SessionProcess, type StreamName } from './session-process';
import { NO_ANSWER, Silence } from './silence';

export type Evaluation = Omit<Extract<ToSession, { type: 'evaluate' }>, 'type'>;

/** The session itself ended while the cell ran. */
export type CellOutcome = Outcome | ({ type: 'died' } & ShownError);

/** A report that concerns a cell but does not end it. */
export type CellReport = Exclude<
  FromSession,
  | Outcome
  | {
      type:
        | 'ready'
        | 'exited'
        | 'heard'
        | 'seen'
        | 'comm'
        | 'interrupting'
        | 'listening'
        | 'noted'
        | 'gaveUp';
    }
>;

interface SupervisorEvents {
  text(tag: string, name: StreamName, text: string): void;
  report(tag: string, report: CellReport): void;
  comm(tag: string, event: CommEvent): void;
  rawText(name: StreamName, text: string): void;
  /** The session ended between two cells; the next is on its way, without any variable of this one. */
  sessionLost(ending: ShownError): void;
  /** Variables and declarations of earlier cells are gone. */
  forgot(): void;
  /** A sentence of the session's for the log. */
  log(sentence: string): void;
  /** Is told the number of the session that now runs, or of none: it leads a group. */
  sessionPid(pid: number | undefined): void;
  /** Whether a debugger has stopped the session: then it may take as long as it likes. */
  isHeld(): boolean;
}

const SHUTDOWN_MS = 2000;
const STDERR_KEPT = 4000;
/** While a cell has no outcome: has the session heard of it, and is it there? */
const CHECK_EVERY_MS = 2000;
/** A thread that nothing blocks hears of an interrupt: one that it has not heard of by then it never will. */
const INTERRUPT_HEARD_MS = 2000;
/** The session itself gives up sooner, wherever it can. */
const INTERRUPT_MS = 8000;

export class Supervisor {
  readonly #program: readonly string[];
  readonly #congestion: Congestion;
  readonly #on: SupervisorEvents;
  #session: SessionProcess | undefined;
  #ready = false;
  #used = false;
  #exitedWith: number | undefined;
  #gaveUp: string | undefined;
  #silence = new Silence();
  /** Interrupts that the session has not heard of. */
  #unheardInterrupts = 0;
  #stderr = '';
  /** The cells that run, by their tags: one cell, or one of each subshell. */
  readonly #running = new Map<string, (outcome: CellOutcome) => void>();
  /** The tags of all cells that this session was told of. */
  readonly #told = new Set<string>();
  /** Comm messages that the session has not dealt with, by their tags. */
  readonly #unheard = new Map<string, () => void>();
  readonly #looks = new Looks();
  #stopping = false;

  /** `program`: what Node runs as the session, with its arguments. */
  constructor(program: readonly string[], congestion: Congestion, on: SupervisorEvents) {
    this.#program = program;
    this.#congestion = congestion;
    this.#on = on;
  }

  get sessionPid(): number | undefined {
    return this.#session?.pid;
  }

  start(): void {
    if (this.#session || this.#stopping) return;
    this.#ready = false;
    this.#used = false;
    this.#exitedWith = undefined;
    this.#gaveUp = undefined;
    this.#silence = new Silence();
    this.#unheardInterrupts = 0;
    this.#told.clear();
    this.#stderr = '';
    this.#session = new SessionProcess(this.#program, this.#congestion, {
      text: (tag, name, text) => {
        this.#silence.wrote();
        this.#on.text(tag, name, text);
      },
      report: (tag, report) => this.#take(tag, report),
      rawText: (name, text) => {
        if (name === 'stderr') this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
        this.#on.rawText(name, text);
      },
      ended: (ending) => this.#sessionEnded(ending),
    });
    this.#on.sessionPid(this.#session.pid);
  }

  /** Resolves with how the cell ended, also when the session does not survive it. */
  async evaluate(evaluation: Evaluation): Promise<CellOutcome> {
    // Its end is not yet told, and is no fault of this cell.
    if (this.#session?.isGone) await this.#session.finished;
    this.start();
    const session = this.#session;
    if (!session) return { type: 'died', ...noSession() };
    this.#used = true;
    const ended = new Promise<CellOutcome>((resolve) => this.#running.set(evaluation.tag, resolve));
    this.#told.add(evaluation.tag);
    session.tell({ type: 'evaluate', ...evaluation });
    const checks = setInterval(() => this.#check(evaluation.tag), CHECK_EVERY_MS);
    try {
      return await ended;
    } finally {
      clearInterval(checks);
    }
  }

  /**
   * Interrupts, also when no cell runs: the session then stops what earlier cells left running in the
   * background.
   */
  interrupt(): void {
    const session = this.#session;
    if (!session) return;
    session.interrupt();
    const targets = [...this.#running.values()];
    this.#unheardInterrupts += 1;
    if (targets.length === 0) return;
    this.#endUnless(session, targets, INTERRUPT_HEARD_MS, () => this.#unheardInterrupts === 0);
    this.#endUnless(session, targets, INTERRUPT_MS, () => false);
  }

  /** Resolves when the session has dealt with it, or has ended. */
  tellComm(tag: string, event: CommEvent): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#session || this.#session.isGone) return resolve();
      this.#unheard.set(tag, resolve);
      this.#session.tell({ type: 'comm', tag, event });
    });
  }

  keysOf(path: readonly string[]): Promise<readonly string[]> {
    return this.#looks.ask(path, (message) => this.#session?.tell(message));
  }

  /** Connects the session's inspector to this socket, soon. Gives the session's pid. */
  inspect(socket: string): number | undefined {
    this.start();
    this.#session?.inspect(socket);
    return this.#session?.pid;
  }

  answer(answer: Answer): void {
    this.#session?.answer(answer);
  }

  /** Ends the session, kindly first. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const session = this.#session;
    if (!session) return;
    if (this.#running.size > 0)
      session.kill(); // a running cell would not read the request
    else session.tell({ type: 'shutdown' });
    const patience = new AbortController();
    const late = sleep(SHUTDOWN_MS, undefined, { signal: patience.signal }).then(
      () => session.kill(),
      () => undefined,
    );
    await session.exited;
    patience.abort();
    await late;
  }

  #check(tag: string): void {
    if (!this.#session || this.#session.isPaused || this.#on.isHeld()) return;
    // One that is not let run answers late, and is there.
    if (isStopped(this.#session.pid ?? 0) === false) this.#silence.answered();
    if (this.#silence.isToBeTold()) this.#on.text(tag, 'stderr', NO_ANSWER);
    this.#session.check();
  }

  /** A cell that still runs then was not interrupted. */
  #endUnless(session: SessionProcess, targets: unknown[], ms: number, isWell: () => boolean): void {
    setTimeout(() => {
      const left = targets.filter((target) => [...this.#running.values()].some((each) => each === target));
      if (this.#session !== session || left.length === 0 || isWell()) return;
      if (session.isPaused || this.#on.isHeld()) this.#endUnless(session, left, ms, isWell);
      else this.#end(session, 'The session did not answer to an interrupt, so it was ended.');
    }, ms).unref();
  }

  #end(session: SessionProcess, reason: string): void {
    this.#gaveUp ??= reason;
    session.kill();
  }

  #take(tag: string, report: FromSession): void {
    switch (report.type) {
      case 'ready':
        this.#ready = true;
        return;
      case 'exited':
        this.#exitedWith = report.exitcode;
        return;
      case 'returned':
      case 'threw':
      case 'interrupted':
        void this.#settle(tag, report);
        return;
      case 'heard':
        this.#unheard.get(tag)?.();
        this.#unheard.delete(tag);
        return;
      case 'seen':
        this.#looks.seen(tag, report.keys);
        return;
      case 'comm':
        this.#on.comm(tag, report.event);
        return;
      case 'listening':
        this.#silence.answered();
        return;
      case 'interrupting':
        this.#unheardInterrupts = 0;
        return;
      case 'noted':
        this.#on.log(report.sentence);
        return;
      case 'gaveUp':
        if (this.#session && !this.#on.isHeld()) this.#end(this.#session, report.reason);
        return;
      case 'displayed':
      case 'cleared':
      case 'asked':
      case 'suggested':
      case 'failed':
        this.#on.report(tag, report);
        return;
      default:
        report satisfies never;
    }
  }

  async #settle(tag: string, outcome: Outcome): Promise<void> {
    const settle = this.#running.get(tag);
    if (!settle) {
      // The cell that it meant would wait for ever.
      if (this.#session && !this.#told.has(tag))
        this.#end(this.#session, 'The session spoke of a cell that nobody had run, so it was ended.');
      return;
    }
    await this.#session?.settleRaw();
    if (this.#running.get(tag) !== settle) return; // the session died in the meantime
    this.#running.delete(tag);
    settle(outcome);
  }

  #sessionEnded(ended: Ending): void {
    const ending = describeEnding(ended, {
      exitedWith: this.#exitedWith,
      gaveUp: this.#gaveUp,
      stderr: this.#stderr,
      used: this.#used,
    });
    const running = [...this.#running.values()];
    const [wasReady, wasUsed] = [this.#ready, this.#used];
    this.#session = undefined;
    this.#on.sessionPid(undefined);
    this.#running.clear();
    for (const resolve of this.#unheard.values()) resolve();
    this.#unheard.clear();
    if (wasUsed) this.#on.forgot();
    for (const settle of running) settle({ type: 'died', ...ending });
    // A session that ended without a cell's doing would soon end again: the next cell tries anew.
    if (wasReady && wasUsed) this.start();
    if (running.length > 0) return;
    if (!this.#stopping && wasUsed) this.#on.sessionLost(ending);
  }
}
