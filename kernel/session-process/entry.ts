// The session process: the student's program. It evaluates the cells that the kernel sends and holds their
// variables. First of all its output is connected, so that nothing it says can go astray.

import { join } from 'node:path';
import { loadTogether, loadWaiting } from 'parlab/system/load-together';

loadTogether(module, join(__dirname, '..'));

import { Socket } from 'node:net';
import {
  becomeHostProcess,
  childrenOf,
  type LivingChild,
  livingChildren,
  quietOwnWarnings,
  rememberBuiltIns,
  setAmbientSignal,
  setPanelDisplay,
  setPictureDisplay,
  setProgressDisplay,
  setPrompt,
  traceFromStart,
} from 'parlab/host';
import { currentFolder } from 'parlab/system/current-folder';
import { MessageDecoder } from '../conversations/message-stream';
import type { NotebookGlobals } from '../conversations/notebook-globals';
import { descriptors, type ToSession } from '../conversations/session';
import { createImportMeta } from '../local-modules/import-meta';
import { reportBackgroundErrors } from './background-errors';
import { Cell, contextCell, KeyboardInterrupt, runIn, runningCells } from './cell/cell';
import { guardNativeAddons } from './cell/critical';
import { connectOutput, tell } from './cell/output';
import { trackPrograms } from './cell/programs';
import { installStackFrames } from './cell/stack-frames';
import { trackTimers } from './cell/timers';
import { serveDebugger } from './debugger-access';
import { clearOutput, display, onPendingDisplay, setNextInput } from './display/display';
import { displayPicture } from './display/live-picture';
import { tellLongWaits } from './display/long-waits';
import { keepInternalsOut } from './display/plain-internals';
import { displayProgress } from './display/progress';
import { tellDefinitions } from './environment/definitions';
import { keysOf } from './environment/keys-of';
import { notebookFile } from './environment/notebook-file';
import { createNotebookRequire, notebookModule } from './environment/notebook-require';
import { presentProcess } from './environment/student-process';
import { timeit } from './environment/timeit';
import { endBeforeBegin, evaluate, finishInterrupted, type Notebook } from './evaluate';
import { noteUncaughtCapture } from './interrupt/async-hook-stack';
import { awaitGuard } from './interrupt/await-guard';
import { endPrograms } from './interrupt/end-programs';
import { endInterruption, installInterrupt, interrupted, isInterrupting } from './interrupt/interrupt';
import { setAwaitGuard } from './interrupt/interruptible';
import { startWatcher } from './interrupt/start-watcher';
import { giveUp, textOf } from './safeguards/give-up';
import { guardDescriptors } from './safeguards/own-descriptors';
import { listenAgain } from './safeguards/own-listeners';
// The timers are not the global ones, whose calls belong to cells.
import {
  apply,
  keepMethods,
  load,
  nextTick,
  ownProcess,
  safely,
  setImmediate,
  setTimeout,
  store,
} from './safeguards/pristine';
import { takeComm } from './talk/comms';
import { alert, confirm, input, openAnswerPost, prompt } from './talk/questions';
import { askForStandardInput } from './talk/stdin';
import { warmSoon } from './warm-children';

/** A child that ignores SIGTERM is killed after this. */
const KILL_AFTER_MS = 500;

const directory = currentFolder();
/** Children that an interrupt is ending already. */
const ending = new WeakSet<object>();
/** How many evaluations have arrived. */
let evaluations = 0;
/** The same, shared with the watcher. */
const heard = new Int32Array(new SharedArrayBuffer(4));

connectOutput();
quietOwnWarnings();
traceFromStart();
becomeHostProcess();
noteUncaughtCapture();
guardDescriptors();
presentProcess();
guardNativeAddons();
installStackFrames();
trackTimers();
trackPrograms();
keepInternalsOut();
setAwaitGuard(awaitGuard);
setAmbientSignal(() => contextCell()?.signal);
setPrompt(prompt);
askForStandardInput();
setProgressDisplay(displayProgress);
setPictureDisplay(displayPicture);
tellLongWaits();
// The controls are loaded with the first panel: few notebooks have one.
setPanelDisplay((panel) => (require('./widgets/panel') as typeof import('./widgets/panel')).showPanel(panel));
onPendingDisplay((made) => waitForDisplay(made));
reportBackgroundErrors();
installInterrupt({ endChildren, endLeftChildren, finish: finishInterrupted });
startWatcher({ folder: directory, heard, openPost: openAnswerPost, stands: listenForCommands });

const { exit } = ownProcess;
const notebookRequire = createNotebookRequire(directory);
const globals: NotebookGlobals = {
  display,
  clearOutput,
  prompt,
  confirm,
  alert,
  input,
  setNextInput,
  timeit: timeit as NotebookGlobals['timeit'],
};
const notebook: Notebook = {
  exports: Object.assign(Object.create(null) as Notebook['exports'], globals),
  require: notebookRequire,
  importMeta: createImportMeta(notebookFile(directory), notebookRequire),
  module: notebookModule(notebookFile(directory), notebookRequire),
};
serveDebugger(notebook.exports);
tellDefinitions(notebook.exports);
rememberBuiltIns();
tell({ type: 'ready', pid: process.pid, nodeVersion: process.version });
// While the watcher begins, and before a cell can have replaced what these need.
loadWaiting();
warmSoon();

function listenForCommands(): void {
  const decoder = new MessageDecoder<ToSession>();
  const socket = keepMethods(new Socket({ fd: descriptors.commands, readable: true, writable: false }));
  socket.on('data', (chunk) => {
    const messages = heardIn(chunk, decoder);
    // On a turn of its own: an interrupt that cuts a cell must not cut the socket's reading.
    for (let i = 0; i < messages.length; i++) nextTick(obey, messages[i] as ToSession);
  });
  socket.on('error', () => {});
}

/** What cannot be read now could not be read later either. */
function heardIn(chunk: Buffer, decoder: MessageDecoder<ToSession>): ToSession[] {
  try {
    return decoder.push(chunk);
  } catch (error) {
    return giveUp(`The session could not read what the kernel told it, so it was ended: ${textOf(error)}.`);
  }
}

function obey(message: ToSession): void {
  switch (message.type) {
    case 'evaluate':
      if (runningCells().length === 0) endInterruption();
      // An interrupt has a pipe of its own, and may overtake the cell that it is meant for.
      store(heard, 0, ++evaluations);
      listenAgain();
      if (evaluations <= load(interrupted, 0)) endBeforeBegin(message);
      else evaluateGuarded(message);
      warmSoon();
      return;
    case 'comm':
      hearComm(message);
      return;
    case 'look': {
      const { tag, path } = message;
      const keys = safely(() => keysOf(notebook.exports, path), []);
      tell({ type: 'seen', keys }, new Cell({ tag, url: tag, silent: true, allowStdin: false }));
      return;
    }
    case 'shutdown':
      apply(exit, ownProcess, [0]);
      break;
    default:
      message satisfies never;
  }
}

/**
 * What the library answers belongs to the front end's message, what a handler prints to the cell that gave
 * the handler.
 */
function hearComm({ tag, event }: Extract<ToSession, { type: 'comm' }>): void {
  const exchange = new Cell({ tag, url: tag, silent: true, allowStdin: false });
  try {
    runIn(exchange, () => takeComm(event));
  } finally {
    tell({ type: 'heard' }, exchange);
  }
}

/**
 * A termination that came too late for its own cell must not leave this one without an end; neither must a
 * broken event loop.
 */
function evaluateGuarded(message: Extract<ToSession, { type: 'evaluate' }>): void {
  let wasCut = true;
  let isTicking = false;
  void (async () => {
    await undefined;
    isTicking = true;
  })();
  setImmediate(() => {
    // A termination may have cut what would have set it, such as a loop of process.nextTick.
    if (isInterrupting()) return;
    if (!wasCut) {
      if (!isTicking)
        giveUp('Node.js could not go on with what a cell had left of JavaScript, so the session was ended.');
      return;
    }
    const running = runningCells();
    for (let i = 0; i < running.length; i++) {
      const cell = running[i] as Cell;
      if (cell.tag === message.tag) finishInterrupted(cell, new KeyboardInterrupt());
    }
  });
  evaluate(message, notebook);
  wasCut = false;
}

function waitForDisplay(made: Promise<void>): void {
  const cell = contextCell();
  if (!cell) return;
  const waited = made.finally(() => cell.displaying.delete(waited));
  cell.displaying.add(waited);
}

function endChildren(cell: Cell): void {
  endAll(childrenOf(cell.tag));
  endPrograms(cell);
}

/**
 * While no cell runs, an interrupt is meant for what cells have left. A daemon, such as a pool's worker,
 * stays.
 */
function endLeftChildren(cells: readonly Cell[]): void {
  // This one was meant for a cell that is on its way, and that will not begin.
  if (evaluations < load(interrupted, 0)) return;
  endAll(livingChildren().filter(({ daemon }) => !daemon));
  for (let i = 0; i < cells.length; i++) endPrograms(cells[i] as Cell);
}

function endAll(found: readonly LivingChild[]): void {
  const children = found.filter((child) => !ending.has(child));
  for (const child of children) {
    ending.add(child);
    child.terminate();
  }
  setTimeout(() => {
    for (const child of children) if (child.isAlive()) child.kill();
  }, KILL_AFTER_MS);
}
