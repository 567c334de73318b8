// Evaluates cells and says how each ended. Bookkeeping hangs on no promise of the student's alone: an interrupt may end a cell whose
// promises never settle.

import { constants, Script } from 'node:vm';
import type { CellProgram } from '../cells/program';
import { beginCell, type Cell, KeyboardInterrupt, runIn } from './cell';
import type { MimeBundle, ToSession } from './conversation';
import type { ImportMetaOfFile } from './import-meta';
import { hasStoppedProgram } from './interrupt';
import { interruptible, interruptibleIterable } from './interruptible';
import { bundleOf } from './mime-bundle';
import { refreshModules } from './notebook-require';
import { tell } from './output';
import { showError } from './show-error';
import { rememberSource } from './stack-frames';

type Evaluation = Extract<ToSession, { type: 'evaluate' }>;
type CellFunction = (...parameters: unknown[]) => unknown;

export interface Notebook {
  /** The bindings of all cells, read and written as `exports.name`. */
  exports: { [name: string]: unknown };
  require: NodeJS.Require;
  importMeta: ImportMetaOfFile;
}

const PARAMETERS = 'exports, require, __interruptible, __interruptibleIterable, __importMeta';

export function evaluate({ tag, program, silent, allowStdin }: Evaluation, notebook: Notebook): void {
  const cell = beginCell({ tag, url: program.url, silent, allowStdin });
  try {
    runIn(cell, () => run(cell, program, notebook));
  } catch (error) {
    finishThrown(cell, error);
  }
}

/** For a cell that was interrupted on its way here. */
export function endBeforeBegin({ tag, program, silent, allowStdin }: Evaluation): void {
  finishInterrupted(beginCell({ tag, url: program.url, silent, allowStdin }), new KeyboardInterrupt());
}

function run(cell: Cell, program: CellProgram, notebook: Notebook): void {
  rememberSource(program);
  refreshModules(program.modules);
  const { exports, require, importMeta } = notebook;
  const body = compile(program);
  const result = body(exports, require, interruptible, interruptibleIterable, importMeta);
  if (program.isAsync) {
    (result as Promise<unknown>).then(
      () => finishReturned(cell, program, exports),
      (error: unknown) => finishThrown(cell, error),
    );
  } else {
    finishReturned(cell, program, exports);
  }
}

function compile({ isAsync, javascript, url }: CellProgram): CellFunction {
  // The wrapper has its own line, so that the body keeps its columns.
  const script = new Script(`(${isAsync ? 'async ' : ''}function (${PARAMETERS}) {\n${javascript}\n})`, {
    filename: url,
    lineOffset: -1,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as CellFunction;
}

function finishReturned(cell: Cell, program: CellProgram, exports: Notebook['exports']): void {
  const name = program.resultName;
  const value = name === undefined ? undefined : exports[name];
  if (name !== undefined) delete exports[name];
  try {
    const bundle = cell.silent || value === undefined ? undefined : bundleOf(value);
    if (!(bundle instanceof Promise) && cell.displaying.size === 0) {
      finish(cell, bundle);
      return;
    }
    Promise.all([bundle, ...cell.displaying]).then(
      ([made]) => finish(cell, made as MimeBundle | undefined),
      (error: unknown) => finishThrown(cell, error),
    );
  } catch (error) {
    finishThrown(cell, error);
  }
}

function finish(cell: Cell, bundle: MimeBundle | undefined): void {
  if (cell.ended) return;
  cell.ended = true;
  tell({ type: 'returned', ...(bundle && { bundle }) }, cell);
}

function finishThrown(cell: Cell, error: unknown): void {
  if (cell.ended) return;
  const interruption = interruptionIn(error);
  if (interruption) {
    finishInterrupted(cell, interruption);
    return;
  }
  const shown = showError(error);
  cell.ended = true;
  tell({ type: 'threw', ...shown }, cell);
}

/** Of a cell that may still be on the stack, or whose promises will never settle. */
export function finishInterrupted(cell: Cell, error: KeyboardInterrupt): void {
  if (cell.ended) return;
  const shown = showError(error);
  cell.ended = true;
  tell({ type: 'interrupted', ...shown }, cell);
}

/** Also when the library's waits, or a program that was stopped, made another error of it. */
export function interruptionIn(error: unknown): KeyboardInterrupt | undefined {
  if (error instanceof KeyboardInterrupt) return error;
  if (!(error instanceof Error)) return undefined;
  const isAbortedWait = error.name === 'AbortError' && error.cause instanceof KeyboardInterrupt;
  const isStoppedProgram = 'status' in error && hasStoppedProgram();
  return isAbortedWait || isStoppedProgram ? new KeyboardInterrupt(error) : undefined;
}
