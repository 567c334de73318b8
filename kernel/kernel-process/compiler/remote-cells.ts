// The cells of a notebook, compiled by a process of their own: the kernel answers whatever else it is asked
// meanwhile. A compiler that dies is replaced, and told the cells again that had gone well; one that is not
// asked for long ends, and the next is told what it knew.

import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { AsyncCells, CellOptions, Cells, CellsOptions, Conversion } from '../../conversations/cells';
import { type Answer, type Ask, descriptors, type Method } from '../../conversations/compiler';
import { idleTime } from '../../conversations/idle-time';
import type { Memory } from '../../conversations/memory';
import { encodeMessage, MessageDecoder } from '../../conversations/message-stream';
import {
  type CompilerEnd,
  CompilerEndedError,
  EndingError,
  InterruptedError,
  isKill,
  unlessInterrupted,
  unstarted,
} from './compiler-end';
import { hasProcess, type LifeEvent, nextPhase, type Phase } from './compiler-life';
import { interruptPending } from './interruption';
import { KeptImage } from './kept-image';
import { FIRST_CELL, isForQuiet, isOwn } from './own-asks';
import { type Pending, pendingOf } from './pending';
import { Quiet } from './quiet';
import { spawnCompiler } from './spawn-compiler';

interface RemoteCellsOptions extends CellsOptions {
  log?(sentence: string): void;
  /** Is told what must end with the kernel. */
  guard?(name: 'compiler' | 'maker', pid: number | undefined): void;
}

export class RemoteCells implements AsyncCells {
  readonly #directory: string;
  readonly #log: (sentence: string) => void;
  readonly #guard: NonNullable<RemoteCellsOptions['guard']>;
  readonly #image: KeptImage;
  readonly #quiet: Quiet;
  #phase: Phase = 'unborn';
  #process: ChildProcess | undefined;
  /** Settles when the last process is gone. */
  #gone: Promise<unknown> | undefined;
  /** The questions in the order in which they are answered. */
  #pending: Pending[] = [];
  /** What a new process must know: what the last sleeper knew, and the cells that went well since. */
  #told: Ask[] = [];

  constructor({ directory, log = () => {}, guard = () => {} }: RemoteCellsOptions) {
    this.#directory = directory;
    this.#log = log;
    this.#guard = guard;
    this.#image = new KeptImage(log, (pid) => guard('maker', pid));
    const { ms, fault } = idleTime();
    if (fault) log(fault);
    this.#quiet = new Quiet({
      idleMs: ms,
      rehearse: () => this.#inQuiet('rehearse'),
      tidy: () => void this.#inQuiet('tidy')?.catch(() => {}),
      fallAsleep: () => this.#fallAsleep(),
    });
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  prepare(): void {
    const before = this.#phase;
    const after = this.#lives('asked');
    if (hasProcess(before) || !hasProcess(after)) return;
    if (before === 'asleep') this.#quiet.wake();
    this.#start();
  }

  async convert(code: string, options: CellOptions): Promise<Conversion> {
    const ask: Ask = { method: 'convert', args: [code, options] };
    const pending = this.#asked(ask);
    const conversion = (await pending.answer) as Conversion;
    if (pending.isInterrupted) {
      // It will not run, and this compiler takes it for declared.
      if (conversion.ok && !pending.isTakenBack) this.#replace();
      throw new InterruptedError();
    }
    if (conversion.ok) this.#told.push(ask);
    return conversion;
  }

  complete(code: string, cursor: number) {
    return this.#call('complete', [code, cursor]).catch(
      unlessInterrupted({ start: cursor, end: cursor, completions: [] }),
    );
  }

  inspect(...args: Parameters<Cells['inspect']>) {
    return this.#call('inspect', args).catch(unlessInterrupted(undefined));
  }

  isComplete(...args: Parameters<Cells['isComplete']>) {
    return this.#call('isComplete', args);
  }

  // Most cells need no compiler to know that they have none.
  commandLines(code: string) {
    return code.includes('!') ? this.#call('commandLines', [code]) : { commands: [], rest: code };
  }

  expression(...args: Parameters<Cells['expression']>) {
    return this.#call('expression', args);
  }

  async declare(name: string): Promise<void> {
    const ask: Ask = { method: 'declare', args: [name] };
    await this.#ask(ask);
    this.#told.push(ask);
  }

  typeOf(name: string) {
    return this.#phase === 'unborn' ? undefined : this.#call('typeOf', [name]);
  }

  forget(): void {
    this.#told = [];
    if (hasProcess(this.#phase)) this.#call('forget', []).catch(() => {}); // the next compiler knows nothing
  }

  interrupt(): void {
    interruptPending({
      pending: () => this.#pending.filter(({ ask }) => !isOwn(ask)),
      takeBack: () => this.#send(pendingOf({ method: 'takeBack', args: [] }, { isTold: true })),
      replace: () => this.#replace(),
    });
  }

  /** Kills it at once, without a turn of the event loop, whatever the compiler does. */
  kill(): void {
    this.#lives('closed');
    this.#quiet.end();
    this.#image.stop();
    this.#process?.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.kill();
    await this.#gone;
    await this.#image.stopped();
  }

  async #call<M extends Method>(method: M, args: Parameters<Cells[M]>): Promise<ReturnType<Cells[M]>> {
    return (await this.#ask({ method, args } as Ask)) as ReturnType<Cells[M]>;
  }

  #ask(ask: Ask): Promise<unknown> {
    return this.#asked(ask).answer;
  }

  #asked(ask: Ask): Pending {
    const pending = pendingOf(ask);
    if (this.#phase === 'closed') pending.reject(new EndingError());
    else this.#send(pending);
    return pending;
  }

  #send(pending: Pending): void {
    if (!pending.isTold && !isOwn(pending.ask)) this.prepare();
    this.#pending.push(pending);
    const asks = this.#process?.stdio?.[descriptors.asks] as Writable | undefined;
    asks?.write(encodeMessage(pending.ask));
  }

  #start(): void {
    const image = this.#image.usable;
    let child: ChildProcess;
    try {
      child = spawnCompiler(this.#directory, image);
    } catch (error) {
      setImmediate(() => this.#ended(undefined, unstarted(error as Error)));
      return;
    }
    this.#process = child;
    this.#gone = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    this.#guard('compiler', child.pid);
    const decoder = new MessageDecoder<Answer>();
    // There are none if no descriptor is left.
    const streams: ChildProcess['stdio'] | undefined = child.stdio;
    for (const stream of streams ?? []) stream?.on('error', () => {}); // told by its end
    child.stderr?.on('data', (chunk: Buffer) => this.#log(`The compiler says: ${String(chunk).trimEnd()}`));
    (streams?.[descriptors.answers] as Readable | undefined)?.on('data', (chunk: Buffer) => {
      for (const message of decoder.push(chunk))
        if (this.#process === child) this.#take(message, image !== undefined);
    });
    child.once('close', (code, signal) =>
      this.#ended(child, {
        image,
        how: signal ?? `exit code ${code}`,
        wasKilled: isKill(signal),
      }),
    );
    child.once('error', (error) => this.#ended(child, unstarted(error)));
    for (const ask of this.#told) this.#send(pendingOf(ask, { isTold: true }));
  }

  #take(message: Answer, hasImage: boolean): void {
    if (message.type === 'ready') {
      this.#lives('ready');
      // If it fails, that is told by what is asked next.
      if (this.#pending.length === 0) this.#ask(FIRST_CELL).catch(() => {});
      this.#quiet.begin();
      if (!hasImage) this.#image.makeSoon();
      return;
    }
    const asked = this.#pending.shift();
    if (asked && !isForQuiet(asked.ask)) this.#quiet.begin();
    if (message.type === 'returned') asked?.resolve(message.value);
    else asked?.reject(message.error);
  }

  /** It ended by itself, or was ended from outside. */
  #ended(child: ChildProcess | undefined, { image, how, wasKilled = false, error }: CompilerEnd): void {
    if (this.#process !== child) return;
    const wasReady = this.#phase !== 'thawing';
    this.#lives('ended');
    this.#process = undefined;
    this.#guard('compiler', undefined);
    if (this.#phase === 'closed') {
      for (const { reject } of this.#takePending()) reject(new EndingError());
      return;
    }
    this.#log(`The TypeScript compiler ended (${how}).`);
    const waiting = this.#takePending();
    if (!wasReady && image && !wasKilled) {
      this.#image.distrust(image);
    } else {
      // The first of them ended it; or nothing can start at all. One that has just been asked may find it
      // dead: each has two tries.
      const tried = wasReady ? waiting.slice(0, 1) : waiting;
      for (const pending of tried) pending.tries += 1;
    }
    for (const pending of waiting.filter(({ isInterrupted }) => isInterrupted))
      pending.reject(new InterruptedError());
    const isOver = ({ ask, tries, isInterrupted }: Pending) => isInterrupted || tries > 1 || isOwn(ask);
    for (const pending of waiting.filter(isOver)) pending.reject(error ?? new CompilerEndedError(how));
    for (const pending of waiting.filter((each) => !isOver(each))) this.#send(pending);
  }

  /** Replaces the compiler by one that knows the cells that went well, and is asked what still waits. */
  #replace(): void {
    const waiting = this.#takePending();
    this.#lives('ended');
    this.#endProcess();
    if (this.#phase === 'closed') return;
    this.prepare();
    for (const pending of waiting) {
      if (pending.isInterrupted || isOwn(pending.ask)) pending.reject(new InterruptedError());
      else this.#send(pending);
    }
  }

  #takePending(): Pending[] {
    const waiting = this.#pending.filter(({ isTold }) => !isTold);
    this.#pending = [];
    return waiting;
  }

  #lives(event: LifeEvent): Phase {
    this.#phase = nextPhase(this.#phase, event);
    return this.#phase;
  }

  #inQuiet(method: 'rehearse' | 'tidy'): Promise<boolean> | undefined {
    if (this.#phase !== 'awake' || this.#pending.length > 0) return undefined;
    return this.#ask({ method, args: [] }) as Promise<boolean>;
  }

  async #fallAsleep(): Promise<void> {
    if (this.#pending.some(({ ask }) => !isOwn(ask))) return; // another quiet begins with the answer
    // Without an image it would take seconds to thaw.
    if (!this.#image.usable) return this.#quiet.begin();
    if (this.#lives('idle') !== 'drowsy') return;
    try {
      const memory = (await this.#ask({ method: 'remember', args: [] })) as Memory;
      if (this.#lives('remembered') !== 'asleep') return;
      this.#told = [{ method: 'recall', args: [memory] }];
      this.#endProcess();
    } catch {
      if (this.#phase === 'drowsy') this.#lives('asked'); // it could not tell, and goes on
    }
  }

  #endProcess(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
    this.#guard('compiler', undefined);
  }
}
