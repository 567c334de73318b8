// What the handlers need of the compiler: cells to programs, completions, documentation. Positions are UTF-16 units.

import type { CellProgram } from '../cells/program';
import type { ShownError } from '../session/conversation';

export type Converted = { ok: true; program: CellProgram } | { ok: false; error: ShownError };

export interface Completions {
  /** The stretch that a match replaces. */
  start: number;
  end: number;
  matches: { text: string; type: string; signature?: string }[];
}

export interface Documentation {
  [mime: string]: string;
}

export type Completeness =
  | { status: 'complete' | 'invalid' | 'unknown' }
  | { status: 'incomplete'; indent: string };

export interface NotebookCode {
  /** `label` names the cell in stack traces: its number, or what else it is. */
  convert(code: string, label: number | string): Converted | Promise<Converted>;
  complete(code: string, cursor: number): Completions | Promise<Completions>;
  inspect(
    code: string,
    cursor: number,
    detail: 0 | 1,
  ): Documentation | undefined | Promise<Documentation | undefined>;
  isComplete(code: string): Completeness;
  /** The session was replaced: what cells declared until now is gone. */
  forget(): void;
  close(): void;
}
