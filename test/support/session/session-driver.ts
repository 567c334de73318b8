// The kernel's side of a session, for tests: starts the real entry on real descriptors and collects what it says.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { after, before } from 'node:test';
import { deserialize } from 'node:v8';
import MagicString from 'magic-string';
import type { CellProgram } from '../../../kernel/conversations/cell-program';
import { encodeMessage } from '../../../kernel/conversations/message-stream';
import {
  type Answer,
  descriptors,
  type FromSession,
  type Outcome,
  type ToSession,
} from '../../../kernel/conversations/session';
import { FrameDecoder } from '../../../src/host';
import { nothingLeft } from '../processes/nothing-left';
import { stopwatch } from '../processes/stopwatch';

export interface Heard {
  tag: string;
  kind: 'stdout' | 'stderr' | 'report';
  text: string;
  report?: FromSession;
}

export interface CellOptions {
  isAsync?: boolean;
  resultName?: string;
  silent?: boolean;
  allowStdin?: boolean;
  /** Called once the cell has been sent. */
  meanwhile?(tag: string): unknown;
}

export interface Ended {
  outcome: Outcome;
  tag: string;
  stdout: string;
  stderr: string;
  reports: FromSession[];
  tookMs: number;
}

const ENTRY = join(__dirname, '../../../kernel/session-process/entry.js');

export interface SessionOptions {
  cwd?: string;
  node?: string;
  /** It begins with start(), and not at once. */
  isLater?: boolean;
}

export class SessionDriver {
  child!: ChildProcess;
  /** Everything the session and its children wrote, in order. */
  readonly heard: Heard[] = [];
  raw = '';
  #cells = 0;
  #changed: (() => void)[] = [];

  readonly #options: SessionOptions;

  constructor(options: SessionOptions = {}) {
    this.#options = options;
    if (options.isLater !== true) this.start();
  }

  start(): void {
    const { node = process.execPath, cwd = process.cwd() } = this.#options;
    this.child = spawn(node, [ENTRY], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    const frames = new FrameDecoder();
    (this.child.stdio[descriptors.frames] as Readable).on('data', (chunk: Buffer) => {
      for (const { kind, tag, payload } of frames.push(chunk)) {
        if (kind === 'report') {
          this.heard.push({ tag, kind, text: '', report: deserialize(payload) as FromSession });
        } else this.heard.push({ tag, kind, text: payload.toString() });
      }
      this.#tell();
    });
    for (const raw of [this.child.stdout, this.child.stderr]) {
      raw?.on('data', (chunk: Buffer) => {
        this.raw += chunk;
        this.#tell();
      });
    }
    for (const stream of this.child.stdio) stream?.on('error', () => {});
    this.child.on('exit', () => this.#tell());
  }

  /** Evaluates JavaScript as if a cell had been converted to it, and waits for its end. */
  async evaluate(javascript: string, options: CellOptions = {}): Promise<Ended> {
    const number = ++this.#cells;
    const tag = `tag-${number}`;
    const took = stopwatch(this.child.pid);
    this.send({
      type: 'evaluate',
      tag,
      program: program(`Cell ${number}`, javascript, options),
      silent: options.silent ?? false,
      allowStdin: options.allowStdin ?? true,
    });
    await options.meanwhile?.(tag);
    const outcome = await this.report(tag, isOutcome);
    return { ...this.of(tag), outcome: outcome as Outcome, tag, tookMs: took() };
  }

  /** What has come so far under a tag. */
  of(tag: string): { stdout: string; stderr: string; reports: FromSession[] } {
    const mine = this.heard.filter((each) => each.tag === tag);
    const text = (kind: Heard['kind']) => mine.map((each) => (each.kind === kind ? each.text : '')).join('');
    return {
      stdout: text('stdout'),
      stderr: text('stderr'),
      reports: mine.flatMap(({ report }) => (report ? [report] : [])),
    };
  }

  send(message: ToSession): void {
    this.#write(descriptors.commands, message);
  }

  answer(answer: Answer): void {
    this.#write(descriptors.answers, answer);
  }

  /** `evaluations`: how many it is meant for at most. */
  interrupt(evaluations = this.#cells): void {
    this.#write(descriptors.signals, { type: 'interrupt', evaluations });
  }

  report(tag: string, wanted: (report: FromSession) => boolean): Promise<FromSession> {
    return this.until(() => this.of(tag).reports.find(wanted));
  }

  async until<T>(look: () => T | undefined | false, timeoutMs = 20_000): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = look();
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`The session ended: ${this.child.exitCode ?? this.child.signalCode}. ${this.raw}`);
      }
      if (Date.now() > deadline) {
        throw new Error(`Nothing came of ${look}. Heard: ${JSON.stringify(this.heard)} ${this.raw}`);
      }
      await new Promise<void>((resolve) => {
        this.#changed.push(resolve);
        setTimeout(resolve, 200);
      });
    }
  }

  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.send({ type: 'shutdown' });
    const late = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    await exited;
    clearTimeout(late);
    return this.child.exitCode;
  }

  #write(descriptor: number, message: object): void {
    (this.child.stdio[descriptor] as Writable).write(encodeMessage(message));
  }

  #tell(): void {
    for (const each of this.#changed.splice(0)) each();
  }
}

/** One session for all tests of a describe(): started before them and stopped behind them, and then nothing is left of it. */
export function sharedSession(): SessionDriver {
  const session = new SessionDriver({ isLater: true });
  before(async () => {
    session.start();
    await session.report('', ({ type }) => type === 'ready');
  });
  after(async () => {
    await session.stop();
    await nothingLeft();
  });
  return session;
}

/** A session to be used by one test, stopped whatever happens. */
export async function withSession<T>(use: (session: SessionDriver) => Promise<T>, cwd?: string): Promise<T> {
  const session = new SessionDriver({
    ...(cwd !== undefined && { cwd }),
    ...(process.env.SESSION_NODE !== undefined && { node: process.env.SESSION_NODE }),
  });
  try {
    await session.report('', ({ type }) => type === 'ready');
    return await use(session);
  } finally {
    await session.stop();
  }
}

export function program(url: string, javascript: string, options: CellOptions = {}): CellProgram {
  const map = new MagicString(javascript).generateMap({
    source: url,
    file: url,
    hires: true,
    includeContent: true,
  });
  return {
    url,
    javascript,
    sourceMap: JSON.parse(map.toString()) as CellProgram['sourceMap'],
    isAsync: options.isAsync ?? false,
    ...(options.resultName !== undefined && { resultName: options.resultName }),
    declares: [],
    uses: [],
    modules: [],
  };
}

function isOutcome({ type }: FromSession): boolean {
  return type === 'returned' || type === 'threw' || type === 'interrupted';
}
