// The kernel process: joins the sockets, the handlers, the compiler and the session. It never runs a
// student's code.

import type { AsyncCells } from '../conversations/cells';
import { FloodLog } from './flood-log';
import type { Watch } from './guard';
import { completeHandler } from './handlers/complete';
import { DebugAdapter } from './handlers/debug';
import { Executor } from './handlers/execute';
import { historyHandler } from './handlers/history';
import { inspectHandler } from './handlers/inspect';
import { interruptHandler } from './handlers/interrupt';
import { isCompleteHandler } from './handlers/is-complete';
import { kernelInfoHandler } from './handlers/kernel-info';
import { shutdownHandler } from './handlers/shutdown';
import { usageHandler } from './handlers/usage';
import { History } from './history/history';
import { historyFile } from './history/store';
import type { Leaving } from './leaving';
import { CellOutputs } from './output/cell-outputs';
import { Comms } from './output/comms';
import { forLog } from './output/fault';
import { Publisher } from './output/publisher';
import { Questions } from './output/questions';
import type { Handlers } from './protocol/handlers';
import { questions as questionShapes } from './protocol/messages';
import type { Message, Seal } from './protocol/wire';
import { Dispatcher } from './queue/dispatcher';
import { Subshells } from './queue/subshells';
import { whenOrphaned } from './supervisor/orphaned';
import { killGroup } from './supervisor/process-group';
import { sessionProgram } from './supervisor/session-program';
import { Supervisor } from './supervisor/supervisor';
import { readConnectionFile, sealOf } from './transport/connection-file';
import { Post } from './transport/post';
import type { AskingChannel, Transport } from './transport/transport';
import { ZeromqTransport } from './transport/zeromq';

/** Output beyond this waits in the processes that write it, until front ends have read. */
const UNPUBLISHED_BYTES = 4 * 1024 * 1024;

/** How long messages that a front end does not take may hold up a kernel that is told to end. */
const HURRIED_LINGER_MS = 200;

interface KernelParts {
  transport: Transport;
  seal: Seal;
  cells: AsyncCells;
  /** The file of what was run, or ':memory:'. */
  history: string;
  /** What Node runs as the session. */
  sessionProgram: readonly string[];
  log(sentence: string): void;
  /** Is told what must end with the kernel. */
  guard?: Watch;
}

/** Everything but the choice of parts, which the tests make differently. */
export class Kernel {
  readonly #post: Post;
  readonly #publisher: Publisher;
  readonly #questions: Questions;
  readonly #supervisor: Supervisor;
  readonly #executor: Executor;
  readonly #dispatcher: Dispatcher;
  readonly #cells: AsyncCells;
  readonly #history: History;
  readonly #debug: DebugAdapter;
  readonly #dropped: FloodLog;
  readonly #log: (sentence: string) => void;
  readonly #left: Promise<void>;
  #leave: () => void = () => undefined;
  #isHurried = false;

  constructor({ transport, seal, cells, history: historyName, sessionProgram, log, guard }: KernelParts) {
    this.#log = log;
    this.#dropped = new FloodLog(log);
    this.#cells = cells;
    this.#left = new Promise((resolve) => {
      this.#leave = resolve;
    });
    this.#post = new Post(transport, seal, {
      message: (channel, message) => this.#take(channel, message),
      dropped: this.#dropped.tell,
    });
    this.#publisher = new Publisher(this.#post);
    this.#questions = new Questions(this.#post, (answer) => this.#supervisor.answer(answer));
    const outputs = new CellOutputs(this.#publisher, this.#questions);
    const comms = new Comms({
      publisher: this.#publisher,
      outputs,
      tellSession: (tag, event) => this.#supervisor.tellComm(tag, event),
    });
    this.#supervisor = this.#newSupervisor(sessionProgram, { outputs, comms, guard });
    this.#history = new History(historyName, log);
    this.#debug = new DebugAdapter(this.#publisher, cells, (socket) => this.#supervisor.inspect(socket));
    this.#executor = new Executor({
      debug: this.#debug,
      publisher: this.#publisher,
      outputs,
      questions: this.#questions,
      cells,
      supervisor: this.#supervisor,
      history: this.#history,
    });
    const subshells = new Subshells();
    this.#dispatcher = new Dispatcher({
      post: this.#post,
      publisher: this.#publisher,
      handlers: this.#handlers(subshells, comms, transport),
      comms,
      subshells,
      countOf: (request) => this.#executor.countOf(request),
      log,
      dropped: this.#dropped.tell,
    });
  }

  get sessionPid(): number | undefined {
    return this.#supervisor.sessionPid;
  }

  /** Serves until a shutdown_request or `stop()`; then nothing of it is left. */
  async run(): Promise<void> {
    await this.#post.open();
    this.#publisher.status(undefined, 'starting');
    this.#supervisor.start();
    await this.#left;
    const steps = [
      () => this.#stopSession(),
      () => this.#publisher.releaseAll(),
      () => this.#cells.close(),
      () => this.#history.close(),
      () => this.#post.close(this.#isHurried ? HURRIED_LINGER_MS : undefined),
      () => this.#dropped.close(),
    ];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        // What comes after it must be ended all the same.
        this.#log(`A fault as the kernel ends: ${forLog(error)}`);
      }
    }
  }

  interrupt(): void {
    this.#executor.interrupt();
  }

  /** Stops the kernel, in little time: the one who told it to does not wait for long. */
  stop(): void {
    this.#isHurried = true;
    this.#leave();
  }

  /** Kills the session at once, whatever it does. */
  killSession(): void {
    const pid = this.#supervisor.sessionPid;
    if (pid !== undefined) killGroup(pid);
  }

  #newSupervisor(
    program: readonly string[],
    { outputs, comms, guard }: { outputs: CellOutputs; comms: Comms; guard: Watch | undefined },
  ): Supervisor {
    return new Supervisor(program, () => this.#congestion(), {
      text: (tag, name, text) => outputs.text(tag, name, text),
      report: (tag, report) => outputs.report(tag, report),
      comm: (tag, event) => {
        try {
          comms.said(tag, event);
        } catch (error) {
          // It may hold what JSON cannot say; what the session tells behind it must be heard all the same.
          outputs.text(tag, 'stderr', `A message to a widget cannot be sent: ${(error as Error).message}\n`);
        }
      },
      rawText: (name, text) => {
        if (!outputs.rawText(name, text)) this.#log(`The session says: ${text.trimEnd()}`);
      },
      sessionLost: (ending) => outputs.error(ending),
      log: this.#log,
      sessionPid: (pid) => guard?.('session', pid, { group: true }),
      isHeld: () => this.#debug.isSessionStopped,
      forgot: () => {
        this.#cells.forget();
        comms.closeAll();
      },
    });
  }

  #handlers(subshells: Subshells, comms: Comms, transport: Transport): Handlers {
    return {
      ...subshells.handlers,
      kernel_info_request: kernelInfoHandler,
      execute_request: (ask, request) => this.#executor.execute(ask, request),
      complete_request: completeHandler(this.#cells, (path) => this.#supervisor.keysOf(path)),
      inspect_request: inspectHandler(this.#cells),
      is_complete_request: isCompleteHandler(this.#cells),
      history_request: historyHandler(this.#history),
      comm_info_request: comms.info,
      usage_request: usageHandler(),
      connect_request: () => ({ status: 'ok', ...transport.ports }),
      debug_request: (ask, request) => this.#debug.answer(ask, request),
      interrupt_request: interruptHandler(() => this.#executor.interrupt()),
      shutdown_request: shutdownHandler(
        this.#publisher,
        () => this.#stopSession(),
        () => this.#leave(),
      ),
    };
  }

  /** A session that a debugger has stopped could not leave. */
  async #stopSession(): Promise<void> {
    await this.#debug.close();
    await this.#supervisor.stop();
  }

  #take(channel: AskingChannel, message: Message): void {
    if (channel !== 'stdin') {
      this.#dispatcher.take(channel, message);
      return;
    }
    try {
      if (message.header.msg_type !== 'input_reply') throw new Error('only input_reply is expected here');
      this.#questions.answered(questionShapes.input_reply(message.content, 'content').value, message);
    } catch (error) {
      this.#dropped.tell(`A message on stdin was dropped: ${(error as Error).message}`);
    }
  }

  #congestion(): Promise<void> | undefined {
    if (this.#post.unpublishedBytes < UNPUBLISHED_BYTES) return undefined;
    return this.#post.whenUnpublishedBelow(UNPUBLISHED_BYTES / 2);
  }
}

interface RunParts {
  cells: AsyncCells;
  log(sentence: string): void;
  leaving: Leaving;
  guard: Watch;
}

/** What `parlab kernel CONNECTION_FILE` does. */
export async function runKernel(
  connectionFile: string,
  { cells, log, leaving, guard }: RunParts,
): Promise<void> {
  const connection = readConnectionFile(connectionFile);
  const kernel = new Kernel({
    transport: new ZeromqTransport(connection),
    seal: sealOf(connection),
    cells,
    history: historyFile(),
    sessionProgram,
    log,
    guard,
  });
  process.on('SIGINT', () => kernel.interrupt());
  leaving.atLast(() => kernel.killSession());
  leaving.whenTold(() => kernel.stop());
  whenOrphaned(leaving.leave);
  await kernel.run();
}
