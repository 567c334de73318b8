// Evaluates cells and says how each ended. Bookkeeping hangs on no promise of the student's alone: an
// interrupt may end a cell whose promises never settle.

import { constants } from 'node:vm';
import { DeadlockError, markTrace, reviveStandardStreams } from 'parlab/host';
import type { CellProgram } from '../conversations/cell-program';
import type { MimeBundle, Outcome, ShownError, ToSession } from '../conversations/session';
import { importFrom } from '../local-modules/import';
import type { ImportMetaOfFile } from '../local-modules/import-meta';
import { beginCell, type Cell, KeyboardInterrupt, runIn } from './cell/cell';
import { print, tell } from './cell/output';
import { rememberSource } from './cell/stack-frames';
import { display } from './display/display';
import { tellLeftChildren } from './display/left-children';
import { forgetWaits } from './display/long-waits';
import { bundleOf, plainBundle } from './display/mime-bundle';
import { showError } from './display/show-error';
import { afterTests } from './environment/cell-tests';
import { beginDefinitions, endDefinitions } from './environment/definitions';
import { leaveTests } from './environment/interrupted-tests';
import { liveImport } from './environment/live-import';
import { refreshModules } from './environment/notebook-require';
import { mayHaveTests, prepareTests } from './environment/tests';
import { hasStoppedProgram } from './interrupt/interrupt';
import { interruptible, interruptibleIterable } from './interrupt/interruptible';
import { afterChildren, mustWaitForChildren } from './last-children';
import { takeAwayDescriptorNames } from './safeguards/descriptor-names';
import { giveUp, textOf } from './safeguards/give-up';
import { listenAgain } from './safeguards/own-listeners';
import { includes, NativePromise, OwnScript, runInThisContext, safely } from './safeguards/pristine';
import { putBackVital } from './safeguards/vital-built-ins';

type Evaluation = Extract<ToSession, { type: 'evaluate' }>;
const { USE_MAIN_CONTEXT_DEFAULT_LOADER } = constants;
const NativeError = Error;

type CellFunction = (...parameters: unknown[]) => unknown;

export interface Notebook {
  /** The bindings of all cells, read and written as `exports.name`. */
  exports: { [name: string]: unknown };
  require: NodeJS.Require;
  importMeta: ImportMetaOfFile;
  /** What cells written for CommonJS know as `module`. */
  module: NodeJS.Module;
}

const PARAMETERS =
  'exports, require, __import, __interruptible, __interruptibleIterable, __importMeta, __module, __liveImport';

export function evaluate(evaluation: Evaluation, notebook: Notebook): void {
  const { tag, program, unmade = [], cellId, silent, allowStdin } = evaluation;
  const cell = beginCell({ tag, url: program.url, silent, allowStdin });
  if (!silent) safely(markTrace, undefined);
  safely(() => beginDefinitions(cell, program, { unmade, cellId }), undefined);
  // What runs behind the cells may have replaced something since the last one.
  putBack(cell, 'The notebook');
  try {
    runIn(cell, () => run(cell, program, notebook));
  } catch (error) {
    finishThrown(cell, error);
  }
}

function putBack(cell: Cell, who: string): void {
  // First, for with one of these nothing can be put back.
  const taken = takeAwayDescriptorNames(who);
  const told = [taken, putBackVital(who)];
  for (let index = 0; index < told.length; index++) {
    const sentence = told[index];
    if (sentence !== undefined) safely(() => print('stderr', sentence, cell), undefined);
  }
}

/** Ends a cell that was interrupted on its way here. */
export function endBeforeBegin({ tag, program, silent, allowStdin }: Evaluation): void {
  finishInterrupted(beginCell({ tag, url: program.url, silent, allowStdin }), new KeyboardInterrupt());
}

function run(cell: Cell, program: CellProgram, notebook: Notebook): void {
  rememberSource(program);
  refreshModules(program.modules);
  const { exports, require, importMeta, module } = notebook;
  if (includes(program.javascript, 'node:test'))
    safely(() => prepareTests(notebook.module.filename), undefined);
  const body = compile(program);
  const result = body(
    exports,
    require,
    importFrom,
    interruptible,
    interruptibleIterable,
    importMeta,
    module,
    liveImport,
  );
  // Before Node itself needs it, at the end of this tick.
  putBack(cell, 'This cell');
  if (program.isAsync) void finishAwaited(cell, program, exports, result as Promise<unknown>);
  else finishReturned(cell, program, exports);
}

async function finishAwaited(
  cell: Cell,
  program: CellProgram,
  exports: Notebook['exports'],
  result: Promise<unknown>,
): Promise<void> {
  try {
    await result;
  } catch (error) {
    finishThrown(cell, error);
    return;
  }
  finishReturned(cell, program, exports);
}

function compile({ isAsync, javascript, url }: CellProgram): CellFunction {
  // The wrapper has its own line, so that the body keeps its columns.
  const script = new OwnScript(`(${isAsync ? 'async ' : ''}function (${PARAMETERS}) {\n${javascript}\n})`, {
    filename: url,
    lineOffset: -1,
    importModuleDynamically: USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return runInThisContext(script) as CellFunction;
}

function finishReturned(cell: Cell, program: CellProgram, exports: Notebook['exports']): void {
  putBack(cell, 'This cell');
  const name = program.resultName;
  const value = name === undefined ? undefined : exports[name];
  if (name !== undefined) delete exports[name];
  try {
    const bundle = cell.silent || value === undefined ? undefined : bundleOf(value);
    if (bundle instanceof NativePromise || cell.displaying.size > 0) {
      void finishDisplayed(cell, value, bundle);
    } else finish(cell, value, bundle);
  } catch (error) {
    finishThrown(cell, error); // An interrupt that met the value's own display method.
  }
}

/** Finishes after all that the cell still displays. */
async function finishDisplayed(
  cell: Cell,
  value: unknown,
  bundle: MimeBundle | undefined | Promise<MimeBundle>,
): Promise<void> {
  try {
    const made = await bundle;
    while (cell.displaying.size > 0) await firstOf(cell.displaying);
    finish(cell, value, made);
  } catch (error) {
    finishThrown(cell, error);
  }
}

function firstOf<T>(set: Set<T>): T | undefined {
  let first: T | undefined;
  set.forEach((each) => {
    first ??= each;
  });
  return first;
}

function finish(cell: Cell, value: unknown, bundle: MimeBundle | undefined): void {
  const outcome: Outcome = { type: 'returned', ...(bundle && { bundle }) };
  end(cell, outcome, () => ({ type: 'returned', bundle: plainBundle(value) }));
}

function finishThrown(cell: Cell, error: unknown): void {
  putBack(cell, 'This cell');
  const interruption = interruptionIn(error);
  if (interruption) {
    finishInterrupted(cell, interruption);
    return;
  }
  safely(() => showDeadlock(cell, error), undefined);
  end(cell, { type: 'threw', ...shown(error, UNREADABLE) }, () => ({ type: 'threw', ...UNREADABLE }));
}

/** What is thrown may be anything, also what throws when it is asked for its class. */
function showDeadlock(cell: Cell, error: unknown): void {
  if (error instanceof DeadlockError) runIn(cell, () => display(error));
}

/** Finishes a cell that may wait for what has failed behind it. */
export function finishFailed(cell: Cell, error: unknown): void {
  endNow(cell, { type: 'threw', ...shown(error, UNREADABLE) }, () => ({ type: 'threw', ...UNREADABLE }));
}

/** Finishes a cell that may still be on the stack, or whose promises will never settle. */
export function finishInterrupted(cell: Cell, error: KeyboardInterrupt): void {
  end(cell, { type: 'interrupted', ...shown(error, BARE_INTERRUPT) }, () => ({
    type: 'interrupted',
    ...BARE_INTERRUPT,
  }));
}

/**
 * A cell has ended when that was told, and not before: whatever fails here, something is told, or the session
 * ends.
 */
function end(cell: Cell, outcome: Outcome, inWords: () => Outcome): void {
  if (outcome.type === 'interrupted') {
    endNow(cell, outcome, inWords);
    if (mayHaveTests()) safely(leaveTests, undefined);
  } else if (mayHaveTests()) {
    afterTests(cell, outcome, (made) => endAfterChildren(cell, made, inWords));
  } else endAfterChildren(cell, outcome, inWords);
}

function endAfterChildren(cell: Cell, outcome: Outcome, inWords: () => Outcome): void {
  if (!mustWaitForChildren(cell)) endNow(cell, outcome, inWords);
  else afterChildren(cell, () => endNow(cell, outcome, inWords));
}

function endNow(cell: Cell, outcome: Outcome, inWords: () => Outcome): void {
  if (cell.ended) return;
  putBack(cell, 'This cell');
  listenAgain();
  safely(reviveStandardStreams, undefined);
  safely(() => forgetWaits(cell), undefined);
  safely(() => tellLeftChildren(cell), undefined);
  safely(() => endDefinitions(cell, outcome), undefined);
  try {
    tell(outcome, cell);
  } catch {
    try {
      tell(inWords(), cell);
    } catch (error) {
      giveUp(`The session could not say how the cell ended, so it was ended: ${textOf(error)}.`);
    }
  }
  cell.ended = true;
}

function shown(error: unknown, otherwise: ShownError): ShownError {
  return safely(() => showError(error), otherwise);
}

const UNREADABLE = plainError('Uncaught', 'What was thrown cannot be read.');
const BARE_INTERRUPT = plainError('KeyboardInterrupt', 'The cell was interrupted.');

function plainError(name: string, message: string): ShownError {
  return { name, message, traceback: [`${name}: ${message}`] };
}

/**
 * Finds the interruption also when the library's waits, or a program that was stopped, made another error of
 * it. It never throws.
 */
export function interruptionIn(error: unknown): KeyboardInterrupt | undefined {
  return safely(() => {
    if (error instanceof KeyboardInterrupt) return error;
    if (!(error instanceof NativeError)) return undefined;
    const isAbortedWait = error.name === 'AbortError' && error.cause instanceof KeyboardInterrupt;
    const isStoppedProgram = 'status' in error && hasStoppedProgram();
    return isAbortedWait || isStoppedProgram ? new KeyboardInterrupt(error) : undefined;
  }, undefined);
}
