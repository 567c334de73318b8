// Runs one notebook from a clean kernel, cell after cell, and says which one did not do what it should.
import type { Kernel } from '@jupyterlab/services';
import { type Cell, hasTag, type Notebook, runnableCells } from './notebook-file';
import { type CellReply, NotebookRun } from './notebook-run';
import { type Raised, raisedIn } from './raised';
import { isCheck } from './verdicts';

export interface Failure extends Raised {
  /** Counts the cells that were run, as the brackets beside a cell do; 0: before the first. */
  cellNumber: number;
  cell: Cell | undefined;
}

export interface RunOptions {
  /** How long one cell may take. */
  timeoutMs: number;
  signal: AbortSignal;
  onCell(number: number, count: number): void;
}

/** Changes the outputs in `notebook`; undefined when everything holds. */
export async function runNotebook(
  kernel: Kernel.IKernelConnection,
  notebook: Notebook,
  options: RunOptions,
): Promise<Failure | undefined> {
  const run = new NotebookRun(kernel, options.signal);
  try {
    await run.begin();
  } catch (error) {
    return failure(0, undefined, (error as Error).message);
  }
  const cells = runnableCells(notebook);
  const raising = new Set<Cell>();
  for (const [index, cell] of cells.entries()) {
    options.onCell(index + 1, cells.length);
    let reply: CellReply;
    try {
      reply = await run.run(cell, options.timeoutMs);
    } catch (error) {
      return failure(index + 1, cell, (error as Error).message);
    }
    const wrong = judge(cell, reply);
    if (wrong) return { cellNumber: index + 1, cell, ...wrong };
    if (reply.status === 'error') raising.add(cell);
  }
  await run.lastOutputs();
  for (const [index, cell] of cells.entries()) {
    const wrong = judgeOutputs(cell, raising.has(cell));
    if (wrong) return { cellNumber: index + 1, cell, ...wrong };
  }
  return undefined;
}

function judge(cell: Cell, reply: CellReply): Raised | undefined {
  if (reply.status === 'error' && !hasTag(cell, 'raises-exception')) {
    return { reason: `${reply.ename}: ${reply.evalue}`, traceback: reply.traceback ?? [] };
  }
  if (reply.status === 'abort' || reply.status === 'aborted')
    return { reason: 'The kernel aborted it.', traceback: [] };
  return undefined;
}

/** Judges outputs at the end, for a child may fail after its cell. */
function judgeOutputs(cell: Cell, raised: boolean): Raised | undefined {
  const wrong = raisedIn(cell);
  const mustRaise = hasTag(cell, 'raises-exception');
  if (mustRaise && !raised && !wrong) {
    return { reason: 'It is tagged raises-exception but raised none.', traceback: [] };
  }
  // What an answer's children meet while it is checked is for the verdict to say.
  return mustRaise || isCheck(cell) ? undefined : wrong;
}

function failure(cellNumber: number, cell: Cell | undefined, reason: string): Failure {
  return { cellNumber, cell, reason, traceback: [] };
}
