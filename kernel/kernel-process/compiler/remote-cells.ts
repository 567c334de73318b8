// The cells of a notebook, compiled by a process of their own: the kernel answers whatever else it is asked
// meanwhile. A compiler that dies is replaced, and told the cells again that had gone well.

import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { AsyncCells, CellOptions, Cells, CellsOptions, Conversion } from '../../conversations/cells';
import { type Answer, type Ask, descriptors, type Method } from '../../conversations/compiler';
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
import { imageOf, isUsable, type Making, makeImage, removeImage } from './image';
import { interruptPending } from './interruption';
import { type Pending, pendingOf } from './pending';
import { spawnCompiler } from './spawn-compiler';

/** Making an image needs a processor for seconds: not while somebody waits for a first result. */
const MAKE_IMAGE_AFTER_MS = 5000;

/** Whoever asks no more for so long is reading, or waits for a cell. */
const REHEARSE_AFTER_MS = 250;

/** What a compiler does for its first cell, and for no other, it does while nobody waits. */
const FIRST_CELL: Ask = { method: 'convert', args: ['', { cell: '' }] };

export interface RemoteCellsOptions extends CellsOptions {
  log?(sentence: string): void;
  /** Told what must end with the kernel. */
  guard?(name: 'compiler' | 'maker', pid: number | undefined): void;
}

export class RemoteCells implements AsyncCells {
  readonly #directory: string;
  readonly #log: (sentence: string) => void;
  readonly #guard: NonNullable<RemoteCellsOptions['guard']>;
  readonly #image = imageOf();
  #process: ChildProcess | undefined;
  #trustsImage = true;
  #isReady = false;
  #isClosed = false;
  /** In the order in which they are answered. */
  #pending: Pending[] = [];
  /** What a new process must know: the cells that went well, in their order. */
  #told: Ask[] = [];
  #makeLater: NodeJS.Timeout | undefined;
  #making: Making | undefined;
  #rehearseTimer: NodeJS.Timeout | undefined;
  #isRehearsed = false;

  constructor({ directory, log = () => {}, guard = () => {} }: RemoteCellsOptions) {
    this.#directory = directory;
    this.#log = log;
    this.#guard = guard;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  prepare(): void {
    if (!this.#process && !this.#isClosed) this.#start();
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
    return this.#process ? this.#call('typeOf', [name]) : undefined;
  }

  forget(): void {
    this.#told = [];
    if (this.#process) this.#call('forget', []).catch(() => {}); // the next compiler knows nothing
  }

  interrupt(): void {
    interruptPending({
      pending: () => this.#pending.filter(({ ask }) => ask.method !== 'rehearse' && ask !== FIRST_CELL),
      takeBack: () => this.#send(pendingOf({ method: 'takeBack', args: [] }, { isTold: true })),
      replace: () => this.#replace(),
    });
  }

  /** At once, without a turn of the event loop, whatever the compiler does. */
  kill(): void {
    this.#isClosed = true;
    clearTimeout(this.#makeLater);
    clearTimeout(this.#rehearseTimer);
    this.#making?.stop();
    this.#process?.kill('SIGKILL');
  }

  async close(): Promise<void> {
    const child = this.#process;
    const closed = child && new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    this.kill();
    await closed;
    await this.#making?.done;
  }

  async #call<M extends Method>(method: M, args: Parameters<Cells[M]>): Promise<ReturnType<Cells[M]>> {
    return (await this.#ask({ method, args } as Ask)) as ReturnType<Cells[M]>;
  }

  #ask(ask: Ask): Promise<unknown> {
    return this.#asked(ask).answer;
  }

  #asked(ask: Ask): Pending {
    const pending = pendingOf(ask);
    if (this.#isClosed) pending.reject(new EndingError());
    else this.#send(pending);
    return pending;
  }

  #send(pending: Pending): void {
    this.prepare();
    this.#pending.push(pending);
    const asks = this.#process?.stdio?.[descriptors.asks] as Writable | undefined;
    asks?.write(encodeMessage(pending.ask));
  }

  #start(): void {
    const hasImage = this.#trustsImage && isUsable(this.#image);
    this.#isReady = false;
    let child: ChildProcess;
    try {
      child = spawnCompiler(this.#directory, hasImage ? this.#image : undefined);
    } catch (error) {
      setImmediate(() => this.#ended(undefined, unstarted(error as Error)));
      return;
    }
    this.#process = child;
    this.#guard('compiler', child.pid);
    const decoder = new MessageDecoder<Answer>();
    // There are none if no descriptor is left.
    const streams: ChildProcess['stdio'] | undefined = child.stdio;
    for (const stream of streams ?? []) stream?.on('error', () => {}); // told by its end
    child.stderr?.on('data', (chunk: Buffer) => this.#log(`The compiler says: ${String(chunk).trimEnd()}`));
    (streams?.[descriptors.answers] as Readable | undefined)?.on('data', (chunk: Buffer) => {
      for (const message of decoder.push(chunk)) if (this.#process === child) this.#take(message, hasImage);
    });
    child.once('close', (code, signal) =>
      this.#ended(child, { hasImage, how: signal ?? `exit code ${code}`, wasKilled: isKill(signal) }),
    );
    child.once('error', (error) => this.#ended(child, unstarted(error)));
    for (const ask of this.#told) this.#send(pendingOf(ask, { isTold: true }));
  }

  #take(message: Answer, hasImage: boolean): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      // If it fails, that is told by what is asked next.
      if (this.#pending.length === 0) this.#ask(FIRST_CELL).catch(() => {});
      this.#rehearseLater();
      if (!hasImage) this.#makeLater ??= setTimeout(() => this.#makeImage(), MAKE_IMAGE_AFTER_MS).unref();
      return;
    }
    const asked = this.#pending.shift();
    if (asked?.ask.method !== 'rehearse') this.#rehearseLater();
    if (message.type === 'returned') asked?.resolve(message.value);
    else asked?.reject(message.error);
  }

  /** It ended by itself, or somebody else ended it. */
  #ended(child: ChildProcess | undefined, { hasImage, how, wasKilled = false, error }: CompilerEnd): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    this.#guard('compiler', undefined);
    if (this.#isClosed) {
      for (const { reject } of this.#takePending()) reject(new EndingError());
      return;
    }
    this.#log(`The TypeScript compiler ended (${how}).`);
    const waiting = this.#takePending();
    if (!this.#isReady && hasImage && !wasKilled) {
      this.#distrustImage();
    } else {
      // The first of them ended it; or nothing can start at all. One that has just been asked may find it
      // dead: each has two tries.
      const tried = this.#isReady ? waiting.slice(0, 1) : waiting;
      for (const pending of tried) pending.tries += 1;
    }
    for (const pending of waiting.filter(({ isInterrupted }) => isInterrupted))
      pending.reject(new InterruptedError());
    const isOver = ({ ask, tries, isInterrupted }: Pending) =>
      isInterrupted || tries > 1 || ask.method === 'rehearse';
    for (const pending of waiting.filter(isOver)) pending.reject(error ?? new CompilerEndedError(how));
    for (const pending of waiting.filter((each) => !isOver(each))) this.#send(pending);
  }

  /** By one that knows the cells that went well, and is asked what still waits. */
  #replace(): void {
    const child = this.#process;
    const waiting = this.#takePending();
    this.#process = undefined;
    child?.kill('SIGKILL');
    if (this.#isClosed) return;
    this.prepare();
    for (const pending of waiting) {
      if (pending.isInterrupted || pending.ask.method === 'rehearse') pending.reject(new InterruptedError());
      else this.#send(pending);
    }
  }

  #takePending(): Pending[] {
    const waiting = this.#pending.filter(({ isTold }) => !isTold);
    this.#pending = [];
    return waiting;
  }

  #distrustImage(): void {
    this.#trustsImage = false;
    try {
      removeImage(this.#image);
    } catch (error) {
      this.#log(
        `An image of the compiler that does not start cannot be removed: ${(error as Error).message}`,
      );
    }
  }

  /** What is asked meanwhile waits for one step. */
  #rehearseLater(): void {
    clearTimeout(this.#rehearseTimer);
    if (!this.#isRehearsed)
      this.#rehearseTimer = setTimeout(() => this.#rehearse(), REHEARSE_AFTER_MS).unref();
  }

  async #rehearse(): Promise<void> {
    try {
      while (this.#process && this.#pending.length === 0) {
        if (await this.#ask({ method: 'rehearse', args: [] })) continue;
        this.#isRehearsed = true;
        return;
      }
    } catch {
      this.#isRehearsed = true; // It ended, or the kernel does.
    }
  }

  #makeImage(): void {
    this.#making = makeImage(this.#image, (pid) => this.#guard('maker', pid));
  }
}
