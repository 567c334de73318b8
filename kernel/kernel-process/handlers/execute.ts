// Runs cells: converts, evaluates, shows the result. Turns sees to the order of those that wait for each
// other.

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { errorTitle } from 'parlab/host/error-title';
import type { AsyncCells } from '../../conversations/cells';
import type { ShownError } from '../../conversations/session';
import { UnmadeNames } from '../../conversations/unmade-names';
import type { History } from '../history/history';
import type { Cell, CellOutputs } from '../output/cell-outputs';
import { Refusal } from '../output/fault';
import type { Publisher } from '../output/publisher';
import type { Questions } from '../output/questions';
import { showDiagnostics, showWarnings } from '../output/show-diagnostics';
import type { Ask, Publication, Reply } from '../protocol/messages';
import type { Dictionary } from '../protocol/shape';
import type { Message } from '../protocol/wire';
import type { CellOutcome, Supervisor } from '../supervisor/supervisor';
import { runCommands } from './command-program';
import type { DebugAdapter } from './debug';
import { pageAbout, type Question, questionIn } from './help';

type ExecuteReply = Reply<'execute_request'>;
type Execute = Ask<'execute_request'>;

interface ExecutorParts {
  publisher: Publisher;
  outputs: CellOutputs;
  questions: Questions;
  cells: AsyncCells;
  supervisor: Supervisor;
  history: History;
  debug: DebugAdapter;
}

/** A cell that has been ended where it was stopped tells so within this, or something else of it goes on. */
const SETTLE_MS = 300;

const TOO_EARLY = 'The cell was interrupted before it began.';

const NOT_BEGUN: CellOutcome & { type: 'interrupted' } = {
  type: 'interrupted',
  name: 'KeyboardInterrupt',
  message: TOO_EARLY,
  traceback: [errorTitle('KeyboardInterrupt', TOO_EARLY)],
};

export class Executor {
  readonly #parts: ExecutorParts;
  #count = 0;
  /** The number of each cell that has begun. */
  readonly #counts = new WeakMap<Message, number>();
  #tags = 0;
  readonly #unmade = new UnmadeNames();
  /** The cells that are being converted, evaluated or shown: one of each subshell. */
  readonly #current = new Set<{ interrupted: boolean }>();

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  async execute(ask: Execute, request: Message): Promise<ExecuteReply> {
    const { publisher, history } = this.#parts;
    const counted = !ask.silent && ask.store_history;
    if (counted) this.#count += 1;
    const count = this.#count;
    this.#counts.set(request, count);
    if (!ask.silent)
      publisher.publish(request.header, 'execute_input', { code: ask.code, execution_count: count });
    const remember = (output: string | null): void => {
      if (counted) history.add({ line: count, input: ask.code, output });
    };
    const question = questionIn(ask.code);
    if (question) {
      remember(null);
      const payload = await this.#explain(question, request, ask.silent);
      return { status: 'ok', execution_count: count, payload, user_expressions: {} };
    }
    const label = ask.silent ? 'silent cell' : count;
    const cell: Cell = { request, silent: ask.silent, payload: [] };
    const outcome = await this.#run(ask.code, label, cell, ask.allow_stdin);
    if (outcome.type !== 'returned') {
      remember(null);
      return this.#fail(outcome, request, ask.silent);
    }
    const output = outcome.bundle?.['text/plain'];
    remember(typeof output === 'string' ? output : null);
    if (outcome.bundle && !ask.silent) {
      const result: Publication<'execute_result'> = {
        execution_count: count,
        data: outcome.bundle,
        metadata: outcome.metadata ?? {},
      };
      this.#publishResult(result, request);
    }
    const expressions = await this.#evaluateAll(ask.user_expressions, request);
    return { status: 'ok', execution_count: count, payload: cell.payload, user_expressions: expressions };
  }

  /** Returns the count of a cell; of one that did not begin, that of the last one that did. */
  countOf(request: Message): number {
    return this.#counts.get(request) ?? this.#count;
  }

  /** Ends what runs, whatever it waits for: an answer, the compiler, or the session. */
  interrupt(): void {
    for (const current of this.#current) current.interrupted = true;
    this.#parts.cells.interrupt();
    if (this.#parts.debug.isSessionStopped) void this.#interruptStopped();
    else this.#parts.supervisor.interrupt();
    this.#parts.questions.interrupted();
  }

  async #run(code: string, label: number | string, cell: Cell, allowStdin: boolean): Promise<CellOutcome> {
    const { outputs, questions, supervisor } = this.#parts;
    const tag = String(++this.#tags);
    const current = { interrupted: false };
    this.#current.add(current);
    outputs.begin(tag, cell);
    questions.cellBegan(tag);
    try {
      const refused = () => (current.interrupted ? NOT_BEGUN : undefined);
      const { commands, rest } = await this.#parts.cells.commandLines(code);
      const failed = await runCommands(commands, { tag, name: cellName(label) }, supervisor, refused);
      if (failed) return failed;
      const unmade = this.#unmade.all;
      const converted = refused()
        ? undefined
        : await this.#parts.cells.convert(rest, { cell: label, unmade });
      // An interrupt that came meanwhile is heard now.
      await nextTurn();
      if (!converted || current.interrupted) return NOT_BEGUN;
      if (!converted.ok) {
        this.#unmade.failed(converted, cellName(label));
        return { type: 'threw', ...showDiagnostics(converted.diagnostics, cellName(label)) };
      }
      if (!cell.silent) {
        const warnings = showWarnings(converted.warnings, cellName(label));
        this.#parts.publisher.text(cell.request.header, 'stderr', warnings);
      }
      await this.#parts.debug.beforeCell(converted.program);
      const { program } = converted;
      this.#unmade.begun(program);
      const { cellId } = cell.request.metadata;
      return await supervisor.evaluate({
        tag,
        program,
        unmade,
        ...(typeof cellId === 'string' && { cellId }),
        silent: cell.silent,
        allowStdin,
      });
    } catch (error) {
      // The compiler gave up what it was asked.
      if (current.interrupted) return NOT_BEGUN;
      throw error;
    } finally {
      this.#current.delete(current);
      questions.cellEnded(tag);
    }
  }

  /** What a debugger has stopped ends there: not one more line of it may run. */
  async #interruptStopped(): Promise<void> {
    const running = [...this.#current];
    await this.#parts.debug.endStopped();
    await sleep(SETTLE_MS, undefined, { ref: false });
    if (running.some((each) => this.#current.has(each))) this.#parts.supervisor.interrupt();
  }

  async #explain(question: Question, request: Message, silent: boolean): Promise<Dictionary[]> {
    const page = await pageAbout(question, this.#parts.cells);
    if (page) return [page];
    if (!silent)
      this.#parts.publisher.text(request.header, 'stdout', `Nothing is known of ${question.name}.\n`);
    return [];
  }

  #fail(error: ShownError, request: Message, silent: boolean): ExecuteReply {
    const shown = { ename: error.name, evalue: error.message, traceback: error.traceback };
    if (!silent) this.#parts.publisher.publish(request.header, 'error', shown);
    return { status: 'error', ...shown, execution_count: this.countOf(request) };
  }

  #publishResult(result: Publication<'execute_result'>, request: Message): void {
    try {
      this.#parts.publisher.publish(request.header, 'execute_result', result);
    } catch (error) {
      const said = (error as Error).message.split('\n')[0];
      throw new Refusal(
        'NotShown',
        `The cell ran, but what it gave cannot be shown: ${said}. Front ends take only what JSON can say: texts, numbers, true, false, null, and lists and plain objects of these.`,
      );
    }
  }

  async #evaluateAll(expressions: Dictionary, request: Message): Promise<Dictionary> {
    const results: Dictionary = {};
    for (const [name, expression] of Object.entries(expressions)) {
      const cell: Cell = { request, silent: false, payload: [] };
      const outcome = await this.#run(`(${String(expression)}\n)`, `expression ${name}`, cell, false);
      results[name] =
        outcome.type === 'returned'
          ? { status: 'ok', data: outcome.bundle ?? {}, metadata: outcome.metadata ?? {} }
          : { status: 'error', ename: outcome.name, evalue: outcome.message, traceback: outcome.traceback };
    }
    return results;
  }
}

function cellName(label: number | string): string {
  return typeof label === 'number' ? `Cell ${label}` : label;
}
