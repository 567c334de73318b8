// Runs all cells of a notebook that others wrote, whatever fails in it, and marks its checks.
import type { Kernel } from '@jupyterlab/services';
import { type Cell, type Notebook, runnableCells } from './notebook-file';
import { NotebookRun } from './notebook-run';
import type { RunOptions } from './run-notebook';
import { TooLate } from './trouble';
import { isCheck, type Mark, markOf } from './verdicts';

/** After so many cells that do not end, the rest is not run. */
const MOST_TIME_OUTS = 3;
const INTERRUPT_ENDS_WITHIN_MS = 10_000;

/** The mark of each check, in their order. Changes the outputs in `notebook`. */
export async function runChecks(
  kernel: Kernel.IKernelConnection,
  notebook: Notebook,
  options: RunOptions,
): Promise<Map<Cell, Mark>> {
  const cells = runnableCells(notebook);
  const marks = new Map<Cell, Mark>();
  const mark = (cell: Cell, given: Mark): void => {
    if (isCheck(cell)) marks.set(cell, given);
  };
  const run = new NotebookRun(kernel, options.signal);
  let lost: string | undefined;
  let timeOuts = 0;
  await run.begin().catch((error: Error) => {
    lost = error.message;
  });
  for (const [index, cell] of cells.entries()) {
    if (lost !== undefined) {
      mark(cell, { verdict: 'not run', sentence: lost });
      continue;
    }
    options.onCell(index + 1, cells.length);
    try {
      await run.run(cell, options.timeoutMs);
      mark(cell, markOf(cell));
    } catch (error) {
      const { message } = error as Error;
      mark(cell, { verdict: error instanceof TooLate ? 'time-out' : 'error', sentence: message });
      lost = error instanceof TooLate ? await goOn(run) : message;
      timeOuts += 1;
      if (timeOuts >= MOST_TIME_OUTS) lost ??= `${timeOuts} cells before it did not end.`;
    }
  }
  if (lost === undefined) await run.lastOutputs();
  return marks;
}

/** Undefined when the kernel can run the next cell. */
async function goOn(run: NotebookRun): Promise<string | undefined> {
  try {
    await run.interrupt(INTERRUPT_ENDS_WITHIN_MS);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
