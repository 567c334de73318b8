// What the kernel asks of the cells of a notebook, and what it is answered: TypeScript in; programs,
// diagnostics and completions out.

import type { CellProgram } from './cell-program';
import type { Memory } from './memory';
import type { Unmade } from './session';

export interface CellsOptions {
  /** The notebook's directory, absolute: modules are found from there. */
  readonly directory: string;
}

export interface CellOptions {
  /** A number becomes `Cell 3` in stack traces; a text stands as it is. */
  readonly cell: number | string;
  /** What earlier cells would have bound, had they compiled: who uses such a name hears of it. */
  readonly unmade?: readonly Unmade[];
}

export type Conversion =
  /** Warnings have no number of TypeScript's. */
  | { readonly ok: true; readonly program: CellProgram; readonly warnings: readonly CellDiagnostic[] }
  /** `declares`: the names that the cell would bind. */
  | {
      readonly ok: false;
      readonly diagnostics: readonly CellDiagnostic[];
      readonly declares: readonly string[];
    };

/** Positions are offsets in UTF-16 units. */
export interface Cells {
  /** What the cell declares is in scope for the next one from then on, however running it ends. */
  convert(code: string, options: CellOptions): Conversion;
  /**
   * The last conversion, which was interrupted, declares nothing after all. Nothing happens if it was
   * refused, or if something else has been declared since.
   */
  takeBack(): void;
  complete(code: string, cursor: number): Completions;
  inspect(code: string, cursor: number, detail?: 0 | 1): Inspection | undefined;
  isComplete(code: string): Completeness;
  /** The commands at the top of a cell, `!npm install x`, and the cell without them. */
  commandLines(code: string): CommandLines;
  /**
   * For a debugger: JavaScript in which the notebook's bindings are `exports.NAME`, except those that a
   * variable of the place hides. Throws an `ExpressionError` for what is no TypeScript, or cannot be
   * evaluated there.
   */
  expression(code: string, hidden: ReadonlySet<string>): string;
  /** A debugger has given the notebook a variable: later cells may use it. */
  declare(name: string): void;
  /** The type of a binding as TypeScript writes it. */
  typeOf(name: string): string | undefined;
  /**
   * Does what the last conversion left to do, as any other call would first: to be called while no request
   * waits.
   */
  finish(): void;
  /** Forgets the cells for a session that begins anew: nothing has been declared. */
  forget(): void;
  /** What another compiler needs to go on here. */
  remember(): Memory;
  /** Goes on where that one was; what this one knew is forgotten. */
  recall(memory: Memory): void;
  close(): void;
}

export interface LazyCells extends Cells {
  /** Loads the compiler (about half a second), so that the first cell need not wait for it. */
  prepare(): void;
}

/** Cells that need not be compiled in this process. */
export type AsyncCells = {
  [Method in Exclude<keyof LazyCells, 'finish' | 'takeBack' | 'remember' | 'recall'>]: (
    ...args: Parameters<LazyCells[Method]>
  ) => ReturnType<LazyCells[Method]> | Promise<ReturnType<LazyCells[Method]>>;
} & {
  /**
   * Says that the requests which wait now were interrupted: what has no answer soon is given up, and what is
   * converted is not declared.
   */
  interrupt(): void;
};

export interface CommandLines {
  /** The commands, without their `!`. */
  readonly commands: readonly string[];
  /** The cell with those lines emptied, so that every other line keeps its number. */
  readonly rest: string;
}

export type Completeness =
  | { readonly status: 'complete' | 'invalid' }
  /** `indent`: what the next line begins with. */
  | { readonly status: 'incomplete'; readonly indent: string };

export interface Completion {
  readonly text: string;
  /** TypeScript's word for what it is: `function`, `const`, `class`, `property`, `module`, `keyword` … */
  readonly kind: string;
  /** Its type, such as `(name: string) => void`. Absent where there is none, and behind the first so many. */
  readonly signature?: string;
}

export interface Completions {
  /** The stretch that a completion replaces, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly completions: readonly Completion[];
}

export interface CellDiagnostic {
  /** The line, from 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly message: string;
  /** TypeScript's number of the message: 2322 of `TS2322`; 0 for a warning of ours. */
  readonly code: number;
  /** The local module that it is about, relative to the notebook. Absent if it is the cell. */
  readonly file?: string;
  /** The line, with its number, and carets below the place. */
  readonly excerpt: string;
}

export interface Inspection {
  readonly text: string;
  readonly markdown: string;
}
