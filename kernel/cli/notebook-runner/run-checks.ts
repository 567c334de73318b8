// Runs all cells of a notebook that others wrote, whatever fails in it, and marks its checks.
import { stripVTControlCharacters } from 'node:util';
import type { Kernel } from '@jupyterlab/services';
import { type Cell, hasTag, type Notebook, runnableCells } from './notebook-file';
import { NotebookRun } from './notebook-run';
import { raisedIn } from './raised';
import type { RunOptions } from './run-notebook';
import { calledBy, sessionEndIn } from './session-end';
import { TooLate } from './trouble';
import { isCheck, type Mark, markOf } from './verdicts';

interface Marked {
  /** The mark of each check, in their order. */
  marks: Map<Cell, Mark>;
  /** What happened to other cells and may have changed what the checks saw, in sentences. */
  notes: string[];
}

/** After so many cells that do not end, the rest is not run. */
const MOST_TIME_OUTS = 3;
const INTERRUPT_ENDS_WITHIN_MS = 10_000;

/** Changes the outputs in `notebook`. */
export async function runChecks(
  kernel: Kernel.IKernelConnection,
  notebook: Notebook,
  options: RunOptions,
): Promise<Marked> {
  const cells = runnableCells(notebook);
  const marks = new Map<Cell, Mark>();
  const notes: string[] = [];
  const tell = (cell: Cell, mark: Mark, note = mark.sentence): void => {
    if (isCheck(cell)) marks.set(cell, mark);
    else notes.push(note);
  };
  const run = new NotebookRun(kernel, options.signal);
  let lost: string | undefined;
  let timeOuts = 0;
  await run.begin().catch((error: Error) => {
    lost = error.message;
  });
  for (const [index, cell] of cells.entries()) {
    if (lost !== undefined) {
      if (isCheck(cell)) marks.set(cell, { verdict: 'not run', sentence: lost });
      continue;
    }
    options.onCell(index + 1, cells.length);
    const name = calledBy(index + 1, cell);
    try {
      await run.run(cell, options.timeoutMs);
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof TooLate) {
        tell(cell, { verdict: 'time-out', sentence: message }, message.replace(/^The cell/, name));
        const gone = await goOn(run);
        timeOuts += 1;
        if (gone !== undefined) lost = `Not judged: ${name} did not end. ${gone}`;
        else if (timeOuts >= MOST_TIME_OUTS) lost = `Not judged: ${timeOuts} cells before it did not end.`;
      } else {
        const sentence = `${message.replace(/\.$/, '')} while ${name} ran.`;
        tell(cell, { verdict: 'error', sentence });
        lost = `Not judged: ${sentence}`;
      }
      continue;
    }
    // An end between two cells is told in the older one.
    const end = sessionEndIn(cells.slice(0, index + 1));
    if (end === undefined) {
      if (isCheck(cell)) marks.set(cell, markOf(cell));
      else notes.push(...errorsOf(cell, name));
      continue;
    }
    lost = `Not judged, because the session had ended. ${end}`;
    const isOwn = sessionEndIn([cell]) !== undefined;
    if (isCheck(cell))
      marks.set(cell, isOwn ? { verdict: 'error', sentence: end } : { verdict: 'not run', sentence: lost });
    notes.push(end);
  }
  if (lost === undefined) await run.lastOutputs();
  return { marks, notes };
}

function errorsOf(cell: Cell, name: string): string[] {
  const raised = hasTag(cell, 'raises-exception') ? undefined : raisedIn(cell);
  return raised === undefined
    ? []
    : [`${name} ended with an error: ${stripVTControlCharacters(raised.reason)}`];
}

/** Returns undefined when the kernel can run the next cell. */
async function goOn(run: NotebookRun): Promise<string | undefined> {
  try {
    await run.interrupt(INTERRUPT_ENDS_WITHIN_MS);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
