// The cells of a notebook, compiled by a process of their own: the kernel answers whatever else it is asked meanwhile. A
// compiler that dies is replaced, and told the cells again that had gone well.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { AsyncCells, CellOptions, Cells, CellsOptions, Conversion } from '../cells/cells';
import { encodeMessage, MessageDecoder } from '../session/message-stream';
import { type Answer, type Ask, descriptors, type Method } from './conversation';
import { HEAP_OPTIONS, IMAGE_OPTIONS, imageOf, isUsable, type Making, makeImage, removeImage } from './image';

/** Making an image needs a processor for seconds: not while somebody waits for a first result. */
const MAKE_IMAGE_AFTER_MS = 5000;

/** Whoever asks no more for so long is reading, or waits for a cell. */
const REHEARSE_AFTER_MS = 250;

/** What a compiler does for its first cell, and for no other, it does while nobody waits. */
const FIRST_CELL: Ask = { method: 'convert', args: ['', { cell: '' }] };

interface Pending {
  readonly ask: Ask;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class RemoteCells implements AsyncCells {
  readonly #directory: string;
  readonly #image = imageOf();
  #process: ChildProcess | undefined;
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

  constructor({ directory }: CellsOptions) {
    this.#directory = directory;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  prepare(): void {
    if (!this.#process && !this.#isClosed) this.#start();
  }

  async convert(code: string, options: CellOptions): Promise<Conversion> {
    const ask: Ask = { method: 'convert', args: [code, options] };
    const conversion = (await this.#ask(ask)) as Conversion;
    if (conversion.ok) this.#told.push(ask);
    return conversion;
  }

  complete(...args: Parameters<Cells['complete']>) {
    return this.#call('complete', args);
  }

  inspect(...args: Parameters<Cells['inspect']>) {
    return this.#call('inspect', args);
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
    if (this.#process) this.#call('forget', []).catch(() => {});
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#makeLater);
    clearTimeout(this.#rehearseTimer);
    this.#making?.stop();
    const child = this.#process;
    if (child?.kill('SIGKILL')) await once(child, 'close');
    await this.#making?.done;
  }

  async #call<M extends Method>(method: M, args: Parameters<Cells[M]>): Promise<ReturnType<Cells[M]>> {
    return (await this.#ask({ method, args } as Ask)) as ReturnType<Cells[M]>;
  }

  #ask(ask: Ask): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new Error('The kernel is ending.'));
      this.prepare();
      this.#send({ ask, resolve, reject });
    });
  }

  #send(pending: Pending): void {
    this.#pending.push(pending);
    const asks = this.#process?.stdio[descriptors.asks] as Writable | undefined;
    asks?.write(encodeMessage(pending.ask));
  }

  #start(): void {
    const hasImage = isUsable(this.#image);
    const program = hasImage
      ? [...IMAGE_OPTIONS, '--snapshot-blob', this.#image.file]
      : [...HEAP_OPTIONS, join(__dirname, 'entry.js')];
    const child = spawn(process.execPath, [...program, this.#directory], {
      stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
      env: {
        ...process.env,
        // Else each thread of V8's keeps what it has freed: 10 MiB.
        MALLOC_ARENA_MAX: '1',
        // Read by each Node that starts, in 20 to 40 ms; the compiler talks to nobody.
        NODE_EXTRA_CA_CERTS: undefined,
        // An image starts only with the options of V8 that it was made with.
        ...(hasImage && { NODE_OPTIONS: '' }),
      },
    });
    this.#process = child;
    this.#isReady = false;
    const decoder = new MessageDecoder<Answer>();
    for (const stream of child.stdio) stream?.on('error', () => {}); // told by its end
    (child.stdio[descriptors.answers] as Readable).on('data', (chunk: Buffer) => {
      for (const message of decoder.push(chunk)) this.#take(message, hasImage);
    });
    child.once('close', (code, signal) => this.#ended(child, hasImage, signal ?? `exit code ${code}`));
    child.once('error', (error) => this.#ended(child, hasImage, error.message));
    for (const ask of this.#told) this.#send({ ask, resolve: () => {}, reject: () => {} });
  }

  #take(message: Answer, hasImage: boolean): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      if (this.#pending.length === 0) this.#ask(FIRST_CELL).catch(() => {}); // It is told by what is asked next.
      this.#rehearseLater();
      if (!hasImage) this.#makeLater ??= setTimeout(() => this.#makeImage(), MAKE_IMAGE_AFTER_MS).unref();
      return;
    }
    const asked = this.#pending.shift();
    if (asked?.ask.method !== 'rehearse') this.#rehearseLater();
    if (message.type === 'returned') asked?.resolve(message.value);
    else asked?.reject(message.error);
  }

  #ended(child: ChildProcess, hadImage: boolean, how: string): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    const waiting = this.#pending.filter(({ ask }) => !this.#told.includes(ask));
    this.#pending = [];
    if (!this.#isReady && hadImage) {
      removeImage(this.#image);
    } else {
      // The first of them ended it; or nothing can start at all.
      const failed = this.#isReady ? waiting.splice(0, 1) : waiting.splice(0);
      for (const { reject } of failed) reject(new Error(`The TypeScript compiler ended (${how}).`));
    }
    for (const pending of waiting) {
      if (this.#isClosed) pending.reject(new Error('The kernel is ending.'));
      else {
        this.prepare();
        this.#send(pending);
      }
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
    this.#making = makeImage(this.#image);
  }
}
