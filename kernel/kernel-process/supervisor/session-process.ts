// One session process, seen from the kernel: its descriptors, what it reports, what it is told, and how it
// ended.

import { type ChildProcess, spawn } from 'node:child_process';
import { getDefaultHighWaterMark, type Readable, setDefaultHighWaterMark, type Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { deserialize } from 'node:v8';
// It is not all of src/host: the kernel process starts sooner without the library's processes and memory.
import { type Frame, FrameDecoder } from 'parlab/host/frames';
import { nearestFolder } from 'parlab/system/current-folder';
import { encodeMessage } from '../../conversations/message-stream';
import {
  type Answer,
  descriptors,
  type FromSession,
  type Signal,
  type ToSession,
} from '../../conversations/session';
import { Characters, type Text } from './characters';
import { endGroup, hasGroups } from './process-group';
import { RejectionNotes } from './rejection-notes';
import { Trickle } from './trickle';

export type StreamName = 'stdout' | 'stderr';

/** How a process ended, as Node tells it. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Ending extends Exit {
  /**
   * It was ended because its frames could no longer be read, or because one of its descriptors was closed.
   */
  broken: 'garbled' | 'closed' | undefined;
}

interface SessionProcessEvents {
  text(tag: string, name: StreamName, text: string): void;
  report(tag: string, report: FromSession): void;
  /** Raw bytes on descriptor 1 or 2: a subprocess that inherited it, or the runtime itself as it crashes. */
  rawText(name: StreamName, text: string): void;
  /** Is called after everything that it wrote has been delivered. */
  ended(ending: Ending): void;
}

/** Waits until the front ends have read enough; undefined while there is nothing to wait for. */
export type Congestion = () => Promise<void> | undefined;

/** What is left to grow while a loop prints. */
const PAUSE_MS = 1;

/** Descendants may hold the frames pipe open a little longer than the session lives. */
const LAST_WORDS_MS = 300;

/** An end is told soon after the descriptors are closed by it. */
const CLOSED_MS = 1000;

export class SessionProcess {
  readonly #child: ChildProcess;
  readonly #on: SessionProcessEvents;
  readonly #congestion: Congestion;
  readonly #frames = new FrameDecoder();
  readonly #characters = new Characters();
  readonly #exited: Promise<Exit>;
  readonly #finished: Promise<void>;
  #broken: Ending['broken'];
  #rawBytes = 0;
  #evaluations = 0;
  #pauses = 0;

  constructor(program: readonly string[], congestion: Congestion, on: SessionProcessEvents) {
    this.#on = on;
    this.#congestion = congestion;
    this.#child = spawnUnbuffered(program);
    this.#exited = this.#end();
    // Without a descriptor left there are no streams, and its end comes soon.
    const streams: (Readable | Writable | null | undefined)[] = this.#child.stdio ?? [];
    for (const stream of streams) stream?.on('error', ignoreBrokenPipe);
    for (const fd of Object.values(descriptors)) streams[fd]?.once('close', () => this.#lostDescriptor());
    if (this.#child.stdout) this.#readRaw('stdout', this.#child.stdout);
    if (this.#child.stderr) this.#readRaw('stderr', this.#child.stderr);
    const frames = streams[descriptors.frames] as Readable | undefined;
    this.#finished = this.#watch(frames ? this.#readFrames(frames) : Promise.resolve());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  tell(message: ToSession): void {
    if (message.type === 'evaluate') this.#evaluations += 1;
    this.#write(descriptors.commands, message);
  }

  answer(answer: Answer): void {
    this.#write(descriptors.answers, answer);
  }

  interrupt(): void {
    this.#signal({ type: 'interrupt', evaluations: this.#evaluations });
  }

  /** Whether the main thread has heard of all that it was told: if it is deaf, that is reported. */
  check(): void {
    this.#signal({ type: 'check', evaluations: this.#evaluations });
  }

  /** Whether what it writes waits for slow front ends: then it may itself have to wait. */
  get isPaused(): boolean {
    return this.#pauses > 0;
  }

  /** Connects the main thread's inspector to this socket, soon. */
  inspect(socket: string): void {
    this.#signal({ type: 'inspect', socket });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Resolves when the process is gone, with the programs that it had started. */
  get exited(): Promise<Exit> {
    return this.#exited;
  }

  /** Whether the process is gone, though what it wrote last may still be on its way. */
  get isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Resolves after `ended` was told. */
  get finished(): Promise<void> {
    return this.#finished;
  }

  /** Raw output travels beside the frames: wait until the part that was written before now has arrived. */
  async settleRaw(): Promise<void> {
    for (let turn = 0, seen = -1; turn < 50 && seen !== this.#rawBytes; turn++) {
      seen = this.#rawBytes;
      await this.#congestion();
      await nextTurn();
      await nextTurn(); // a turn that has begun may be past reading; the next reads all there is
    }
  }

  #signal(signal: Signal): void {
    this.#write(descriptors.signals, signal);
  }

  #write(descriptor: number, message: object): void {
    const stream = this.#child.stdio?.[descriptor] as Writable | null | undefined;
    if (stream?.writable) stream.write(encodeMessage(message));
  }

  async #end(): Promise<Exit> {
    const exit = await new Promise<Exit>((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
      this.#child.once('error', () => resolve({ code: null, signal: null })); // it could not be started
    });
    await endGroup(this.pid);
    return exit;
  }

  async #watch(framesEnded: Promise<unknown>): Promise<void> {
    const exit = await this.#exited;
    do {
      await Promise.race([framesEnded, sleep(LAST_WORDS_MS)]);
    } while (this.#pauses > 0);
    await this.settleRaw();
    for (const frame of this.#frames.end()) this.#print(this.#characters.take(frame));
    this.#print(this.#characters.endAll());
    for (const stream of this.#child.stdio ?? []) stream?.destroy();
    this.#on.ended({ ...exit, broken: this.#broken });
  }

  #readFrames(stream: Readable): Promise<unknown> {
    const trickle = new Trickle();
    stream.on('data', (chunk: Buffer) => {
      if (this.#broken) return;
      for (const frame of this.#decoded(chunk)) this.#pass(frame);
      const isTrickle = trickle.shouldPause(chunk.length, performance.now());
      this.#pauseUntil(stream, this.#congestion() ?? (isTrickle ? sleep(PAUSE_MS) : undefined));
    });
    return new Promise((resolve) => stream.once('close', resolve));
  }

  /** Descriptor 3 belongs to the kernel, but nothing keeps a student's code from writing to it. */
  #decoded(chunk: Buffer): Frame[] {
    try {
      return this.#frames.push(chunk);
    } catch {
      this.#break('garbled');
      return [];
    }
  }

  #pass(frame: Frame): void {
    const { kind, tag, writer, payload } = frame;
    if (kind !== 'report') {
      this.#print(this.#characters.take(frame));
      return;
    }
    let report: FromSession;
    try {
      report = deserialize(payload) as FromSession;
    } catch {
      this.#break('garbled');
      return;
    }
    if (isOutcome(report)) this.#print(this.#characters.end(tag, writer.pid));
    this.#on.report(tag, report);
  }

  #print(texts: readonly Text[]): void {
    for (const { tag, name, text } of texts) this.#on.text(tag, name, text);
  }

  #break(how: 'garbled' | 'closed'): void {
    this.#broken = how;
    this.kill();
  }

  /**
   * Is called when a descriptor is lost by the session's end, or by a cell that has closed it: then the
   * session lives on, and nothing hears of it.
   */
  #lostDescriptor(): void {
    setTimeout(() => {
      if (!this.isGone) this.#break('closed');
    }, CLOSED_MS).unref();
  }

  #readRaw(name: StreamName, stream: Readable): void {
    const characters = new StringDecoder();
    const notes = new RejectionNotes();
    const show = (text: string) => {
      if (text !== '') this.#on.rawText(name, text);
    };
    stream.on('data', (chunk: Buffer) => {
      this.#rawBytes += chunk.length;
      show(notes.take(characters.write(chunk)));
      this.#pauseUntil(stream, this.#congestion());
    });
    stream.once('end', () => show(notes.end()));
  }

  /** The writers' pipe fills up and they wait: an endless loop of console.log costs no memory here. */
  #pauseUntil(stream: Readable, end: Promise<void> | undefined): void {
    if (!end) return;
    this.#pauses += 1;
    stream.pause();
    void end.then(() => {
      this.#pauses -= 1;
      stream.resume();
    });
  }
}

function isOutcome({ type }: FromSession): boolean {
  return type === 'returned' || type === 'threw' || type === 'interrupted';
}

/** A paused stream would go on reading until its buffer is full. */
function spawnUnbuffered(program: readonly string[]): ChildProcess {
  const usualBytes = getDefaultHighWaterMark(false);
  setDefaultHighWaterMark(false, 1);
  try {
    return spawn(process.execPath, program, {
      cwd: nearestFolder(),
      // It leads the group of all that it starts.
      detached: hasGroups,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
  } finally {
    setDefaultHighWaterMark(false, usualBytes);
  }
}

/** A session that dies while it is written to is reported by its exit. */
function ignoreBrokenPipe(): void {}
