// One evaluation of a cell: whose output, timers and waits belong together. Found again from any code it
// caused, however late.

import type { ChildProcess } from 'node:child_process';
import { NativeAbortController, OwnMap, OwnSet, OwnStorage, safely } from '../safeguards/pristine';

const INTERRUPTED = 'The cell was interrupted.';

/** What the awaits, waits and questions of an interrupted cell throw. Named as in Python. */
export class KeyboardInterrupt extends Error {
  override readonly name = 'KeyboardInterrupt';

  constructor(where?: { stack?: string }) {
    super(INTERRUPTED);
    this.stack = `KeyboardInterrupt: ${INTERRUPTED}${safely(() => framesOf(where?.stack), '')}`;
  }
}

function framesOf(stack: string | undefined): string {
  const frames = stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return frames.map((frame) => `\n${frame}`).join('');
}

export interface CellOptions {
  tag: string;
  url: string;
  silent: boolean;
  allowStdin: boolean;
}

/** A pending await of the cell's code, and where it stands. */
export interface Waiting {
  reject(error: Error): void;
  where: { stack?: string };
}

export class Cell {
  readonly tag: string;
  readonly url: string;
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** Awaits that an interrupt rejects. */
  readonly waiting = new OwnSet<Waiting>();
  /** Clears each timer that has not fired yet. */
  readonly timers = new OwnMap<object, () => void>();
  /** Programs that have not ended yet; what they have started may outlive them. */
  readonly programs = new OwnSet<ChildProcess>();
  hasStartedPrograms = false;
  /** Displays that are being made; the cell ends after them. */
  readonly displaying = new OwnSet<Promise<void>>();
  interruption: KeyboardInterrupt | undefined;
  /**
   * Awaits of values that were there at once, since the interruption: a loop makes thousands, a finally block
   * a few.
   */
  immediateAwaits = 0;
  /** Awaits of values that were still to come, since the interruption. */
  pendingAwaits = 0;
  /** Interrupted for so long that nothing of it may go on. */
  abandoned = false;
  ended = false;
  #controller: AbortController | undefined;

  constructor(options: CellOptions) {
    this.tag = options.tag;
    this.url = options.url;
    this.silent = options.silent;
    this.allowStdin = options.allowStdin;
  }

  /** Aborted by the next interrupt; what a finally block waits for afterwards gets a new one. */
  get signal(): AbortSignal {
    this.#controller ??= new NativeAbortController();
    return this.#controller.signal;
  }

  abort(reason: Error): void {
    const controller = this.#controller;
    this.#controller = undefined;
    controller?.abort(reason);
  }
}

const context = new OwnStorage<Cell>();
const known = new OwnSet<Cell>();
let newest: Cell | undefined;

/** Makes the cell known, and forgets those that have ended and left nothing behind. */
export function beginCell(options: CellOptions): Cell {
  known.forEach((cell) => {
    const left = cell.timers.size + cell.waiting.size + cell.programs.size;
    if (cell.ended && left === 0) known.delete(cell);
  });
  newest = new Cell(options);
  known.add(newest);
  return newest;
}

export function runIn<T>(cell: Cell, code: () => T): T {
  return context.run(cell, code);
}

/** Before Node 24 the context rests on async hooks: cut by a termination, they would make Node abort. */
const restsOnHooks = Number(process.versions.node.split('.')[0]) < 24;

/** Until it is resumed it is not known which cell is running; what each callback belongs to is kept. */
export function suspendContext(): void {
  if (restsOnHooks) context.disable();
}

export function resumeContext(): void {
  if (restsOnHooks) context.run(undefined as unknown as Cell, () => {});
}

/** The cell whose code is running, for what must not be laid at the wrong door. */
export function contextCell(): Cell | undefined {
  return context.getStore();
}

/** The cell whose code is running; where Node lost track of it, the newest one. */
export function currentCell(): Cell | undefined {
  return context.getStore() ?? newest;
}

export function runningCells(): Cell[] {
  return knownCells((cell) => !cell.ended);
}

/** Cells that have ended and may have left timers, programs or pending awaits behind. */
export function endedCells(): Cell[] {
  return knownCells((cell) => cell.ended);
}

/** The newest evaluation of the cell with this url, for errors that come without their context. */
export function cellWithUrl(url: string): Cell | undefined {
  const cells = knownCells((cell) => cell.url === url);
  return cells[cells.length - 1];
}

/** Returns the cells in the order in which they began. */
function knownCells(isWanted: (cell: Cell) => boolean): Cell[] {
  const cells: Cell[] = [];
  known.forEach((cell) => {
    if (isWanted(cell)) cells[cells.length] = cell;
  });
  return cells;
}
