// Runs one notebook from a clean kernel, cell after cell, and says which one did not do what it should.
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { type Cell, hasTag, type Notebook, runnableCells } from './notebook-file';
import { Outputs } from './outputs';

export interface Failure {
  /** Counts the cells that were run, as the brackets beside a cell do; 0: before the first. */
  cellNumber: number;
  cell: Cell | undefined;
  /** In words: what went wrong. */
  reason: string;
  /** The error as the kernel showed it. */
  traceback: string[];
}

export interface RunOptions {
  /** For one cell. */
  timeoutMs: number;
  signal: AbortSignal;
  onCell(number: number, count: number): void;
}

const KERNEL_STARTS_WITHIN_MS = 60_000;
// A child may still print after the last cell: its end is awaited, and its output until it pauses.
const LATE_OUTPUT_PAUSE_MS = 300;
const LATE_OUTPUT_LIMIT_MS = 5_000;
const LIBRARY = 'parlab';
const JOIN_CHILDREN = `import { activeChildren } from '${LIBRARY}';
await Promise.all(activeChildren().map((child) => child.join({ timeout: ${LATE_OUTPUT_LIMIT_MS} })));`;

/** Changes the outputs in `notebook`; undefined when everything holds. */
export async function runNotebook(
  kernel: Kernel.IKernelConnection,
  notebook: Notebook,
  options: RunOptions,
): Promise<Failure | undefined> {
  const trouble = watch(kernel, options.signal);
  try {
    await trouble.orElse(kernel.info, KERNEL_STARTS_WITHIN_MS, 'The kernel did not start within a minute.');
  } catch (error) {
    return failure(0, undefined, (error as Error).message);
  }
  const outputs = new Outputs();
  const cells = runnableCells(notebook);
  let lastOutputAt = Date.now();
  for (const [index, cell] of cells.entries()) {
    options.onCell(index + 1, cells.length);
    outputs.begin(cell);
    const future = execute(kernel, cell);
    future.onIOPub = ({ header, content }) => {
      lastOutputAt = Date.now();
      outputs.add(cell, { type: header.msg_type, content: content as Record<string, unknown> });
    };
    // The same death is told by `trouble`; here it would be an unhandled rejection.
    future.done.catch(() => {});
    try {
      const seconds = options.timeoutMs / 1000;
      await trouble.orElse(future.done, options.timeoutMs, `The cell did not end within ${seconds} seconds.`);
    } catch (error) {
      return failure(index + 1, cell, (error as Error).message);
    }
    const wrong = judge(cell, (await future.done).content);
    if (wrong) return { cellNumber: index + 1, cell, ...wrong };
  }
  await trouble.orElse(endOfChildren(kernel), LATE_OUTPUT_LIMIT_MS, '').catch(() => {});
  // What they printed last may still be on its way.
  lastOutputAt = Date.now();
  const limit = lastOutputAt + LATE_OUTPUT_LIMIT_MS;
  while (Date.now() < limit && Date.now() - lastOutputAt < LATE_OUTPUT_PAUSE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

/** Another kernel answers with an error, which is an answer, too. */
function endOfChildren(kernel: Kernel.IKernelConnection): Promise<unknown> {
  return kernel.requestExecute({
    code: JOIN_CHILDREN,
    silent: true,
    allow_stdin: false,
    stop_on_error: false,
  }).done;
}

function execute(
  kernel: Kernel.IKernelConnection,
  cell: Cell,
): Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg> {
  const code = Array.isArray(cell.source) ? cell.source.join('') : cell.source;
  // Not disposed when done: what a child prints later still comes to its cell.
  return kernel.requestExecute(
    { code, allow_stdin: false, stop_on_error: false, store_history: true },
    false,
  );
}

function judge(
  cell: Cell,
  reply: KernelMessage.IExecuteReplyMsg['content'],
): { reason: string; traceback: string[] } | undefined {
  const mustRaise = hasTag(cell, 'raises-exception');
  if (reply.status === 'error' && !mustRaise) {
    return { reason: `${reply.ename}: ${reply.evalue}`, traceback: reply.traceback ?? [] };
  }
  if (reply.status === 'ok' && mustRaise) {
    return { reason: 'It is tagged raises-exception but raised none.', traceback: [] };
  }
  if (reply.status === 'abort' || reply.status === 'aborted')
    return { reason: 'The kernel aborted it.', traceback: [] };
  return undefined;
}

function failure(cellNumber: number, cell: Cell | undefined, reason: string): Failure {
  return { cellNumber, cell, reason, traceback: [] };
}

/** Turns a kernel's death, a lost connection and the caller's signal into an end of every wait. */
function watch(kernel: Kernel.IKernelConnection, signal: AbortSignal) {
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  kernel.statusChanged.connect((_, status) => {
    if (['dead', 'autorestarting', 'restarting', 'terminating'].includes(status))
      fail(new Error('The kernel died.'));
  });
  kernel.connectionStatusChanged.connect((_, status) => {
    if (status === 'disconnected') fail(new Error('The connection to the kernel was lost.'));
  });
  const onAbort = (): void => fail(new Error('It was interrupted.'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    async orElse<T>(wait: Promise<T>, timeoutMs: number, late: string): Promise<T> {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(late)), timeoutMs);
      });
      try {
        return await Promise.race([wait, failed, timeout]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
