// The parent's side of the explorer process: one, kept warm from the first exploration on, and replaced when
// it was ended or spoilt. It is no child of the program's: no Process stands for it, activeChildren() does
// not name it, and it keeps no event loop going.
import { capture } from '../../capture/capture';
import { Queue } from '../../channel/queue';
import { EscapeError, ExplorationError, WaitAbortedError } from '../../errors';
import { myIdentity } from '../../identity/identity';
import { unseenAs } from '../../objects/shared-object';
import { newChild } from '../../start/new-child';
import { processMethod } from '../../start/process-method';
import type { Child } from '../../start/start-method';
import { forgetAbort, onAbort } from '../../system/abort';
import { ffiStatus } from '../../system/ffi';
import { ownMemoryOf, workOf } from '../../system/process-memory';
import { clearInterval, performance, setInterval } from '../../system/timers';
import { signalsOf } from '../../waiting/wake';
import { runExplorer } from './entry';
import type { Answer, ExplorerStart, Failed, FromExplorer, Request, ToExplorer } from './messages';

/** Bytes that an explored program may fill, beside what the process has from the start. */
const MOST_MEMORY = 512 * 2 ** 20;
const LOOK_EVERY_MS = 100;
/**
 * One step that takes longer is taken for endless: a loop that cannot be counted, such as one of Node's own.
 */
const PATIENCE_MS = 60_000;
/** How long it is waited for at most: on a busy machine the process may have worked little in that time. */
const MOST_PATIENCE_MS = 10 * PATIENCE_MS;

interface Pending {
  readonly id: number;
  settle(answer: Answer): void;
  fail(error: Error): void;
  heardAt: number;
  /** What it had worked until then, where that is known. */
  workedMs: number | undefined;
}

class Explorer {
  readonly #requests = new Queue<ToExplorer>(0, unseenAs('requests'));
  readonly #answers = new Queue<FromExplorer>(0, unseenAs('answers'));
  readonly #child: Child;
  readonly #listening = this.#answers.listen({
    item: (message) => this.#hear(message),
    broken: (error) =>
      this.#end(new ExplorationError(`What explore() found could not be read: ${String(error)}.`)),
  });
  #pending: Pending | undefined;
  isGone = false;

  constructor() {
    const { available, reason } = ffiStatus();
    if (!available) {
      throw new ExplorationError(
        `explore() works in a process of its own, and processes cannot share memory here, because ${reason}.`,
      );
    }
    const start: ExplorerStart = { requests: this.#requests, answers: this.#answers };
    const identity = {
      name: 'explorer',
      path: [...myIdentity().path, 0],
      daemon: true,
      isOwn: true,
      startMethod: 'process' as const,
    };
    const started = newChild(identity, capture({ target: runExplorer, args: [start] }));
    // It is not the work of the cell that happened to need it first.
    const child = processMethod.start({ ...started, task: { ...started.task, tag: '' } }, (exitcode) =>
      this.#end(diedWith(exitcode)),
    );
    child.keepLoop(false);
    process.once('exit', this.kill);
    this.#child = child;
  }

  readonly kill = () => {
    this.isGone = true;
    process.off('exit', this.kill);
    this.#listening.stop();
    this.#child.kill();
  };

  async ask(id: number, request: Request, signals: readonly AbortSignal[]): Promise<Answer> {
    const giveUp = (signal: AbortSignal) => this.#end(new WaitAbortedError('explore()', signal.reason));
    const watching = setInterval(() => this.#look(), LOOK_EVERY_MS);
    try {
      return await new Promise<Answer>((settle, fail) => {
        this.#pending = { id, settle, fail, heardAt: performance.now(), workedMs: workOf(this.#child.pid) };
        for (const signal of signals) onAbort(signal, giveUp);
        this.#requests.putNowait({ ...request, id });
        this.#listening.begin();
      });
    } finally {
      this.#pending = undefined;
      this.#listening.stop();
      clearInterval(watching);
      for (const signal of signals) forgetAbort(signal, giveUp);
    }
  }

  #hear(message: FromExplorer): void {
    const pending = this.#pending;
    if (pending === undefined || message.id !== pending.id) return;
    pending.heardAt = performance.now();
    pending.workedMs = workOf(this.#child.pid);
    if (message.type !== 'going') pending.settle(message);
  }

  #look(): void {
    const own = ownMemoryOf(this.#child.pid) ?? 0;
    if (own > MOST_MEMORY) {
      const mebibytes = MOST_MEMORY / 2 ** 20;
      this.#end(
        new ExplorationError(
          `The program fills more than ${mebibytes} MiB of memory, so explore() ended it: let it make less.`,
        ),
      );
    } else if (this.#isEndless()) {
      const seconds = PATIENCE_MS / 1000;
      this.#end(
        new ExplorationError(
          `One step of the program takes more than ${seconds} seconds, so explore() ended it: is there a loop without end?`,
        ),
      );
    }
  }

  #isEndless(): boolean {
    const { heardAt = 0, workedMs = 0 } = this.#pending ?? {};
    const silentMs = performance.now() - heardAt;
    if (silentMs <= PATIENCE_MS) return false;
    const worked = workOf(this.#child.pid);
    return worked === undefined || worked - workedMs > PATIENCE_MS / 2 || silentMs > MOST_PATIENCE_MS;
  }

  #end(error: Error): void {
    this.kill();
    this.#pending?.fail(error);
  }
}

function diedWith(exitcode: number): ExplorationError {
  return new ExplorationError(
    `The process in which explore() runs the program ended with exit code ${exitcode}.`,
  );
}

/** Lets the process begin, so that it gets ready while it is not clear yet what it will be asked. */
export function beginExplorer(): Explorer {
  if (explorer === undefined || explorer.isGone) explorer = new Explorer();
  return explorer;
}

/** The next exploration begins with a new process. */
export function endExplorer(): void {
  explorer?.kill();
  explorer = undefined;
}

let explorer: Explorer | undefined;
let requests = 0;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Asks one request after the other. It ends with an AbortError when `signal`, or that of the cell around it,
 * is aborted.
 */
export async function ask(request: Request, signal: AbortSignal | undefined): Promise<Answer> {
  const signals = signalsOf({ signal });
  const mine = turn.then(() => answered(request, signals));
  turn = mine.catch(() => {});
  return await untilAborted(mine, signals);
}

async function answered(request: Request, signals: readonly AbortSignal[]): Promise<Answer> {
  for (const { aborted, reason } of signals) if (aborted) throw new WaitAbortedError('explore()', reason);
  const current = beginExplorer();
  const answer = await current.ask(++requests, request, signals);
  if (isSpoiltBy(answer)) current.kill();
  return answer;
}

/** Who waits for its turn can be given up as well, however long the one before goes on. */
function untilAborted<T>(work: Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = ({ reason }: AbortSignal) => reject(new WaitAbortedError('explore()', reason));
    for (const signal of signals) {
      if (signal.aborted) giveUp(signal);
      else onAbort(signal, giveUp);
    }
    const over = () => {
      for (const signal of signals) forgetAbort(signal, giveUp);
    };
    void work.then(resolve, reject).finally(over);
  });
}

/** A code that fits no order leaves nothing behind. */
function isSpoiltBy(answer: Answer): boolean {
  if (answer.type === 'failed') return answer.failure.kind !== 'order';
  return answer.type === 'explored' && answer.findings.isSpoilt;
}

export function errorOf({ kind, message }: Failed): Error {
  return kind === 'escape' ? new EscapeError(message) : new ExplorationError(message);
}
