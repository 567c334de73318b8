// The cells of a notebook, as the kernel sees them: TypeScript in, programs, diagnostics and completions out.
//
// The compiler is loaded with the first question, so that creating this costs nothing.

import type { CommandLines } from './answers/command-lines';
import type { Completeness } from './answers/completeness';
import type { Completions } from './answers/completion';
import type { CellDiagnostic } from './answers/diagnostics';
import type { Inspection } from './answers/inspection';
import type { CellProgram } from '../conversations/cell-program';

export interface CellsOptions {
  /** The notebook's directory, absolute: modules are found from there. */
  readonly directory: string;
}

export interface CellOptions {
  /** A number becomes `Cell 3` in stack traces; a text stands as it is. */
  readonly cell: number | string;
}

export type Conversion =
  /** Warnings have no number of TypeScript's. */
  | { readonly ok: true; readonly program: CellProgram; readonly warnings: readonly CellDiagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly CellDiagnostic[] };

/** Positions are offsets in UTF-16 units. */
export interface Cells {
  /** What the cell declares is in scope for the next one from then on, however running it ends. */
  convert(code: string, options: CellOptions): Conversion;
  complete(code: string, cursor: number): Completions;
  inspect(code: string, cursor: number, detail?: 0 | 1): Inspection | undefined;
  isComplete(code: string): Completeness;
  /** The commands at the top of a cell, `!npm install x`, and the cell without them. */
  commandLines(code: string): CommandLines;
  /**
   * For a debugger: JavaScript in which the notebook's bindings are `exports.NAME`, except those that a variable of the place
   * hides. Throws an `ExpressionError` for what is no TypeScript, or cannot be evaluated there.
   */
  expression(code: string, hidden: ReadonlySet<string>): string;
  /** A debugger has given the notebook a variable: later cells may use it. */
  declare(name: string): void;
  /** The type of a binding as TypeScript writes it. */
  typeOf(name: string): string | undefined;
  /** Does what the last conversion left to do, as any other call would first: to be called while nobody waits. */
  finish(): void;
  /** For a session that begins anew: nothing has been declared. */
  forget(): void;
  close(): void;
}

export interface LazyCells extends Cells {
  /** Loads the compiler (about half a second), so that the first cell need not wait for it. */
  prepare(): void;
}

/** Cells that need not be compiled in this process. */
export type AsyncCells = {
  [Method in Exclude<keyof LazyCells, 'finish'>]: (
    ...args: Parameters<LazyCells[Method]>
  ) => ReturnType<LazyCells[Method]> | Promise<ReturnType<LazyCells[Method]>>;
} & {
  /** Who waits now was interrupted: what has no answer soon is given up, and what is converted is not declared. */
  interrupt(): void;
};

export function createCells({ directory }: CellsOptions): LazyCells {
  let notebook: Cells | undefined;
  const loaded = (): Cells => {
    if (!notebook) {
      const { Notebook } = require('./notebook') as typeof import('./notebook');
      notebook = new Notebook(directory);
    }
    return notebook;
  };
  return {
    prepare: () => void loaded(),
    convert: (code, options) => loaded().convert(code, options),
    complete: (code, cursor) => loaded().complete(code, cursor),
    inspect: (code, cursor, detail) => loaded().inspect(code, cursor, detail),
    isComplete: (code) => loaded().isComplete(code),
    // Most cells need no compiler to know that they have none.
    commandLines: (code) => (code.includes('!') ? loaded().commandLines(code) : { commands: [], rest: code }),
    expression: (code, hidden) => loaded().expression(code, hidden),
    declare: (name) => loaded().declare(name),
    typeOf: (name) => notebook?.typeOf(name),
    finish: () => notebook?.finish(),
    forget: () => notebook?.forget(),
    close: () => notebook?.close(),
  };
}
